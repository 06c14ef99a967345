// Clients that speak stdio only: the relay, and the application it starts.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

import {
  accessKey, binaries, call, connectStdio, environment, freePort, modern, Program, shared, startBricktray,
  temporaryFolder, until,
} from './harness.mjs';
import { mainJob } from './main-job.mjs';

const bricktray = path.join(binaries, 'bricktray');

/** A start of the program that only talks to the one that runs with this folder. */
async function tell(t, folder, word) {
  const program = new Program(t, folder, 'bricktray', [word, '--data-dir', folder]);
  const { code } = await program.closed;
  return { code, text: program.stdout + program.stderr };
}

async function quit(t, folder) {
  await tell(t, folder, '--quit');
  await until('the application to be gone', async () => (await tell(t, folder, '--status')).code !== 0);
}

/** The relay with nothing between it and the test. */
function spawnRelay(folder, args, extra = {}) {
  const child = spawn(bricktray, ['--stdio', '--data-dir', folder, ...args],
    { env: environment(folder, extra), stdio: ['pipe', 'pipe', 'pipe'] });
  const relay = { child, stdout: '', stderr: '' };
  child.stdout.on('data', (data) => { relay.stdout += data; });
  child.stderr.on('data', (data) => { relay.stderr += data; });
  relay.closed = new Promise((resolve) => { child.on('close', (code, signal) => resolve({ code, signal })); });
  relay.write = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  relay.messages = () => relay.stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line));
  return relay;
}

const initialize = {
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

test('the main job, with an application that is started for it and once anew', async (t) => {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const relay = await connectStdio(t, folder,
    ['--port', String(port), '--sample-workspace', '--allow-writes', '--allow-destructive']);
  const { client } = relay;
  const state = async (id) => (await call(client, 'get_cluster', { cluster_id: id })).facts.state;
  try {
    await mainJob(t, client);
    assert.ok(!(await call(client, 'start_cluster', { cluster_id: shared.id })).isError);
    assert.match((await tell(t, folder, '--status')).text, new RegExp(`running: http://localhost:${port}/mcp`));

    await quit(t, folder);
    const again = await Promise.all(Array.from({ length: 8 }, () => call(client, 'list_clusters', { limit: 5 })));
    for (const { facts: { total } } of again)
      assert.equal(total, 130);
    assert.equal(await state(shared.id), 'TERMINATED', 'it is not another application');
    assert.ok(!(await call(client, 'stop_cluster', { cluster_id: shared.id })).isError);

    const { pid } = relay.transport;
    await client.close();
    await until('the relay to be gone', () => {
      try {
        process.kill(pid, 0);
        return false;
      } catch {
        return true;
      }
    });
    assert.deepEqual(relay.errors, []);
    assert.equal((await tell(t, folder, '--status')).code, 0, 'the application ended with the relay');
  } catch (error) {
    error.message += `\nrelay:\n${relay.stderr}`;
    throw error;
  } finally {
    await client.close();
    await quit(t, folder);
  }
});

test('it takes the key from the running application, and answers before it goes', async (t) => {
  const application = await startBricktray(t, { args: ['--sample-workspace'] });
  const relay = spawnRelay(application.folder, []);
  relay.write(initialize);
  await until('the answer', () => relay.messages().length === 1);
  assert.equal(relay.messages()[0].result.serverInfo.name, 'bricktray');
  relay.write({ method: 'notifications/initialized' });
  relay.write({ id: 1, method: 'tools/call', params: { name: 'list_clusters', arguments: { limit: 5 } } });
  relay.child.stdin.end();
  assert.deepEqual(await Promise.race([relay.closed, delay(6_000, 'still there', { ref: false })]),
    { code: 0, signal: null });
  assert.deepEqual(relay.messages().map(({ id }) => id), [0, 1]);
  assert.equal(relay.messages()[1].result.structuredContent.total, 130);
  assert.doesNotMatch(relay.stdout + relay.stderr, new RegExp(accessKey));
});

test('the relay passes on both eras', async (t) => {
  const application = await startBricktray(t, { args: ['--sample-workspace'] });
  for (const [mode, revision] of [['legacy', '2025-11-25'], ['auto', modern.pin], [modern, modern.pin]]) {
    const { client, errors } = await connectStdio(t, application.folder, [], mode);
    assert.equal(client.getNegotiatedProtocolVersion(), revision);
    assert.equal((await call(client, 'list_clusters', { limit: 5 })).facts.total, 130);
    assert.match((await call(client, 'get_cluster', { cluster_id: 'no-such-cluster' })).text, /does not exist/);
    assert.deepEqual(errors, []);
  }
});

test('a request that is cut off gets an error, and the next one an answer', async (t) => {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const args = ['--port', String(port), '--sample-workspace'];
  const first = await startBricktray(t, { folder, port, args: ['--sample-workspace'] });
  const relay = spawnRelay(folder, args);
  try {
    relay.write(initialize);
    await until('the answer', () => relay.messages().length === 1);
    relay.write({ method: 'notifications/initialized' });
    // More than one round trip of the event loop can serve, so that some are cut off.
    for (let id = 1; id <= 30; ++id)
      relay.write({ id, method: 'tools/call', params: { name: 'list_clusters', arguments: {} } });
    await first.stop('SIGKILL');
    await until('every request to have its answer', () => relay.messages().length === 31, 30_000);
    const ids = relay.messages().map(({ id }) => id).sort((a, b) => a - b);
    assert.deepEqual(ids, Array.from({ length: 31 }, (_, id) => id));
    for (const { error } of relay.messages()) {
      if (error)
        assert.match(error.message, /may or may not have been done/);
    }
    relay.write({ id: 99, method: 'ping' });
    await until('the pong', () => relay.messages().some(({ id, result }) => id === 99 && result), 30_000);
    relay.child.stdin.end();
    assert.deepEqual(await relay.closed, { code: 0, signal: null });
  } catch (error) {
    error.message += `\nrelay:\n${relay.stdout}\n${relay.stderr}`;
    throw error;
  } finally {
    relay.child.kill();
    await quit(t, folder);
  }
});

test('a subscription goes on when the application is started anew', async (t) => {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const start = () => startBricktray(t, { folder, port, args: ['--sample-workspace', '--allow-writes'] });
  const first = await start();
  const { client, errors } = await connectStdio(t, folder, [], modern);
  const uri = `databricks://clusters/${shared.id}`;
  const heard = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => { heard.push(params.uri); });
  const subscription = await client.listen({ resourceSubscriptions: [uri] });
  let closed;
  subscription.closed.then((reason) => { closed = reason; });

  assert.deepEqual(await first.stop(), { code: 0, signal: null });
  await start();
  assert.ok(!(await call(client, 'start_cluster', { cluster_id: shared.id })).isError);
  await until('the change to be told', () => heard.length, 30_000);
  assert.equal(heard[0], uri);
  assert.equal(closed, undefined);
  assert.deepEqual(errors, []);
  await subscription.close();
  assert.equal(closed, 'local');
});

test('it does not wait for a subscription when its client goes', async (t) => {
  const application = await startBricktray(t, { args: ['--sample-workspace'] });
  const relay = spawnRelay(application.folder, []);
  const meta = {
    'io.modelcontextprotocol/protocolVersion': modern.pin,
    'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  relay.write({
    id: 1,
    method: 'subscriptions/listen',
    params: { notifications: { toolsListChanged: true }, _meta: meta },
  });
  await until('the acknowledgement', () => relay.messages().length === 1);
  assert.equal(relay.messages()[0].method, 'notifications/subscriptions/acknowledged', relay.stdout);
  relay.child.stdin.end();
  assert.deepEqual(await Promise.race([relay.closed, delay(2_000, 'still there', { ref: false })]),
    { code: 0, signal: null });
  assert.equal(relay.messages().length, 1);
});

test('it says why nothing is served', async (t) => {
  const application = await startBricktray(t, { args: ['--sample-workspace'] });
  await application.tell(t, '--stop');
  const relay = spawnRelay(application.folder, []);
  relay.write(initialize);
  await until('the answer', () => relay.messages().length === 1);
  assert.match(relay.messages()[0].error.message, /stopped/);
  assert.match(relay.stderr, /stopped/);
  relay.child.stdin.end();
  assert.deepEqual(await relay.closed, { code: 0, signal: null });
});

test('two relays start one application', async (t) => {
  const folder = await temporaryFolder(t);
  const args = ['--port', String(await freePort()), '--sample-workspace'];
  const relays = [spawnRelay(folder, args), spawnRelay(folder, args)];
  try {
    for (const relay of relays)
      relay.write(initialize);
    for (const relay of relays) {
      await until('the answer', () => relay.messages().length === 1, 30_000);
      assert.ok(relay.messages()[0].result, relay.stdout);
      relay.child.stdin.end();
      assert.deepEqual(await relay.closed, { code: 0, signal: null });
    }
  } finally {
    for (const relay of relays)
      relay.child.kill();
    await quit(t, folder);
  }
});
