// Starts the real programs and talks to them as clients do. Every test gets folders of its own and no way to the
// desktop it runs on: no display, no session bus and so no keychain.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { Client as Client2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as Stdio2 } from '@modelcontextprotocol/client/stdio';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as Stdio1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export const binaries = process.env.BRICKTRAY_BIN_DIR
  ?? fileURLToPath(new URL('../../build-tests/bin/', import.meta.url));

export const accessKey = 'e2e-access-key-5f0c9a7d2b';
export const workspaceToken = 'dapi0e2e00f1a2b3c4d5e6f708192a3b4c5d';
export const startLimit = 20_000;
/** The cluster that the main job is about. */
export const shared = { id: '0730-172948-runts698', name: 'Shared Autoscaling Americas' };

const cleanups = new WeakMap();

/** Runs after the test, the last one first: node:test runs its own hooks in the order in which they were added. */
function afterwards(t, cleanup) {
  if (!cleanups.has(t)) {
    cleanups.set(t, []);
    t.after(async () => {
      const failures = [];
      for (const step of cleanups.get(t).reverse())
        await Promise.resolve().then(step).catch((error) => failures.push(error));
      if (failures.length > 0)
        throw failures[0];
    });
  }
  cleanups.get(t).push(cleanup);
}

/** A folder that is gone after the test. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'bricktray-e2e-'));
  afterwards(t, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function canListen(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

/** A port nobody listens on, below those the system hands to outgoing connections. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await canListen(port))
      return port;
  }
}

/** Waits until the condition gives something true, and gives that. */
export async function until(what, condition, limit = 10_000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await condition();
    if (value)
      return value;
    if (Date.now() > end)
      throw new Error(`waited ${limit} ms in vain for ${what}`);
    await delay(50);
  }
}

export function environment(home, extra = {}) {
  const kept = ['PATH', 'LANG', 'LD_LIBRARY_PATH', 'ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS'];
  const own = Object.fromEntries(kept.filter((name) => name in process.env).map((name) => [name, process.env[name]]));
  return {
    ...own,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${home}/no-bus`,
    ...extra,
  };
}

/** A program under test: what it printed, how it ended. Killed with the test that started it. */
export class Program {
  stdout = '';
  stderr = '';

  constructor(t, home, name, args, extraEnvironment = {}) {
    this.child = spawn(path.join(binaries, name), args, {
      env: environment(home, extraEnvironment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.name = name;
    this.child.stdout.on('data', (data) => { this.stdout += data; });
    this.child.stderr.on('data', (data) => { this.stderr += data; });
    this.closed = new Promise((resolve) => {
      const end = (code, signal) => resolve(this.end ??= { code, signal });
      this.child.on('close', end);
      this.child.on('error', (error) => {
        this.stderr += error;
        end(-1, null);
      });
    });
    // Asked to end rather than killed, so that a sanitizer can say what it found.
    afterwards(t, async () => {
      if (this.end)
        return;
      const end = await this.stop().catch((error) => error);
      if (end instanceof Error || end.code !== 0)
        throw new Error(`${name} did not end well (${JSON.stringify(end)} ${end.message ?? ''})\n${this.stderr}`);
    });
  }

  get pid() { return this.child.pid; }

  /** Waits for the condition; fails at once with the program's own words if it ends before. */
  until(what, condition, limit = startLimit) {
    return until(what, () => {
      const value = condition();
      if (!value && this.end)
        throw new Error(`${this.name} ended (${JSON.stringify(this.end)}) before ${what}`);
      return value;
    }, limit).catch((error) => {
      throw new Error(`${error.message}\nstdout:\n${this.stdout}\nstderr:\n${this.stderr}`);
    });
  }

  /** Ends it with a signal and says how it ended. */
  async stop(signal = 'SIGTERM', limit = 10_000) {
    this.child.kill(signal);
    const end = await Promise.race([this.closed, delay(limit, undefined, { ref: false })]);
    if (!end) {
      this.child.kill('SIGKILL');
      await this.closed;
      throw new Error(`${this.name} outlived ${signal} by ${limit} ms\n${this.stderr}`);
    }
    return end;
  }
}

const readyLine = /^Bricktray is serving (http:\/\/localhost:(\d+)\/mcp) \(workspace: (.+)\)$/m;

/** Bricktray, serving headlessly unless told otherwise. */
export class Bricktray extends Program {
  constructor(t, { args, folder, port, key = accessKey, env = {}, headless = true }) {
    super(t, folder, 'bricktray',
      [...(headless ? ['--headless'] : []), '--port', String(port), '--data-dir', folder, ...args],
      { ...(key ? { BRICKTRAY_ACCESS_KEY: key } : {}), ...env });
    Object.assign(this, { port, folder, key, url: new URL(`http://localhost:${port}/mcp`) });
  }

  async ready() {
    const [, url, port, workspace] = await this.until('the line that says it serves', () => readyLine.exec(this.stdout));
    Object.assign(this, { workspace, announced: { url, port: Number(port) } });
    return this;
  }

  /** A start of the program that only talks to this running one. */
  async tell(t, ...args) {
    const program = new Program(t, this.folder, 'bricktray', [...args, '--data-dir', this.folder]);
    const end = await Promise.race([program.closed, delay(startLimit, undefined, { ref: false })]);
    if (!end)
      throw new Error(`bricktray ${args.join(' ')} does not end`);
    return { ...end, text: program.stdout + program.stderr };
  }

  async memory() {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) * 1024;
  }
}

export async function startBricktray(t, options = {}) {
  const folder = options.folder ?? await temporaryFolder(t);
  const port = options.port ?? await freePort();
  return new Bricktray(t, { args: [], ...options, folder, port }).ready();
}

/** The sample workspace on its own, with the controls of tests: a Databricks-compatible server for any client. */
export class SampleWorkspace extends Program {
  constructor(t, folder, port) {
    super(t, folder, 'sample_workspace_with_controls', ['--port', String(port), '--token', workspaceToken]);
    this.host = `http://127.0.0.1:${port}`;
    this.environment = { DATABRICKS_HOST: this.host, DATABRICKS_TOKEN: workspaceToken };
  }

  /** Makes it misbehave; see tests/sample/controls/faults.h. */
  fault(fault) {
    return this.control('faults', { method: 'POST', body: JSON.stringify(fault) });
  }

  /** What was asked of it; see tests/sample/controls/testcontrols.h. */
  async requests() {
    return (await this.control('requests')).requests;
  }

  async control(what, init = {}) {
    const answer = await fetch(`${this.host}/sample/${what}`, {
      ...init,
      headers: { Authorization: `Bearer ${workspaceToken}`, 'Content-Type': 'application/json' },
    });
    if (!answer.ok)
      throw new Error(`the sample workspace refuses ${what}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

export async function startSampleWorkspace(t) {
  const port = await freePort();
  const workspace = new SampleWorkspace(t, await temporaryFolder(t), port);
  await until('the sample workspace', async () => {
    if (workspace.end)
      throw new Error(`sample_workspace ended\n${workspace.stderr}`);
    return !await canListen(port);
  }, startLimit);
  return workspace;
}

/** fetch with at most so many POSTs under way, as browsers and editors limit it; Node's own knows no limit. */
function limitedFetch(limit) {
  let free = limit;
  const waiting = [];
  return async (url, init) => {
    if (init?.method !== 'POST')
      return fetch(url, init);
    if (free > 0)
      --free;
    else
      await new Promise((resolve) => { waiting.push(resolve); });
    try {
      return await fetch(url, init);
    } finally {
      const next = waiting.shift();
      if (next)
        next();
      else
        ++free;
    }
  };
}

/** The mode of a client of the second SDK that speaks this revision and no other. */
export const modern = { pin: '2026-07-28' };

/** The client of the first SDK; with a mode of version negotiation, that of the second. */
function newClient(name, mode) {
  const self = { name, version: '1.0.0' };
  return mode ? new Client2(self, { versionNegotiation: { mode } }) : new Client1(self);
}

/** An official client, connected as Cursor does it. */
export async function connect(t, bricktray,
  { key = bricktray.key, name = 'e2e', parallel = 8, mode, fetch: send = limitedFetch(parallel) } = {}) {
  const client = newClient(name, mode);
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const Transport = mode ? Http2 : Http1;
  afterwards(t, () => client.close());
  await client.connect(new Transport(bricktray.url, { requestInit: { headers }, fetch: send }));
  return client;
}

/** An official client behind the relay, as a stdio-only host sets it up: {client, transport, stderr, errors}. */
export async function connectStdio(t, folder, args = [], mode = undefined) {
  const Transport = mode ? Stdio2 : Stdio1;
  const transport = new Transport({
    command: path.join(binaries, 'bricktray'),
    args: ['--stdio', '--data-dir', folder, ...args],
    env: environment(folder),
    stderr: 'pipe',
  });
  const relay = { client: newClient('e2e-stdio', mode), transport, stderr: '', errors: [] };
  transport.stderr.on('data', (data) => { relay.stderr += data; });
  afterwards(t, () => relay.client.close());
  await relay.client.connect(transport);
  relay.client.onerror = (error) => { relay.errors.push(error); };
  return relay;
}

/** The rows of a table as objects: they are sent as arrays, below the names of their columns. */
function unfolded(facts) {
  const names = facts?.columns;
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string'))
    return facts;
  const isTable = (value) => Array.isArray(value) && value.every(Array.isArray);
  const rows = (table) => table.map((row) => Object.fromEntries(
    names.map((name, index) => [name, row[index]]).filter(([, cell]) => cell !== null)));
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, isTable(value) ? rows(value) : value]));
}

/** Calls a tool and gives {isError, text, facts}. The options are those of the client's requests. */
export async function call(client, name, args = {}, options = {}) {
  const withSchema = client instanceof Client1 ? [undefined] : [];
  const result = await client.callTool({ name, arguments: args }, ...withSchema, { timeout: 60_000, ...options });
  const text = result.content.filter((block) => block.type === 'text').map((block) => block.text).join('\n');
  return { isError: result.isError === true, text, facts: unfolded(result.structuredContent),
    structured: result.structuredContent };
}

/** One HTTP request with exactly these headers, on a connection of its own. */
export function request(port, { method = 'POST', path: target = '/mcp', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const message = http.request({ host: '127.0.0.1', port, method, path: target, agent: false, headers }, (answer) => {
      const { statusCode: status, headers: answered } = answer;
      const begun = performance.now();
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (data) => { text += data; });
      answer.on('end', () => resolve({ status, headers: answered, begun, text, json: parsed(text) }));
      answer.on('error', reject);
    });
    message.on('error', reject);
    message.end(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a well-behaved client sends with a POST. */
export function clientHeaders(key = accessKey) {
  return {
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': '2025-11-25',
    Authorization: `Bearer ${key}`,
  };
}

export function rpc(port, method, params = {}, id = 1) {
  return request(port, { headers: clientHeaders(), body: JSON.stringify({ jsonrpc: '2.0', id, method, params }) });
}

/** Every regular file below a folder. */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(entries.map((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory())
      return filesBelow(full);
    return entry.isFile() ? [full] : [];
  }));
  return nested.flat();
}
