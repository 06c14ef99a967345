// MCP Inspector, the client with which people look into a server, on its command line and in both eras. It needs Node
// 22.19 and gets the Node that runs this.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { environment, Program, shared, startBricktray, temporaryFolder } from './harness.mjs';

const launcher = fileURLToPath(
  new URL('./node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url));
const exitCodes = { done: 0, authRequired: 3, toolError: 5 };

/** One run of the Inspector: {code, stdout, stderr, result}. */
function inspect(bricktray, era, method, args = [], key = bricktray.key) {
  const command = [launcher, '--cli', String(bricktray.url), '--header', `Authorization: Bearer ${key}`,
    '--protocol-era', era, '--stored-auth-only', '--format', 'json', '--method', method, ...args];
  return new Promise((resolve) => {
    const options = { env: environment(bricktray.folder), maxBuffer: 16 << 20 };
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      const code = error ? error.code : exitCodes.done;
      resolve({ code, stdout, stderr, result: stdout.startsWith('{') ? JSON.parse(stdout).result : undefined });
    });
  });
}

const callTool = (name, args) => ['tools/call', ['--tool-name', name, '--tool-args-json', JSON.stringify(args)]];
const uri = `databricks://clusters/${shared.id}`;

/** What is asked, and what is expected of the result. */
const questions = {
  initialize: [['initialize'], (result) => assert.equal(result.serverInfo.name, 'bricktray')],
  list_clusters: [callTool('list_clusters', { limit: 5 }),
    ({ structuredContent }) => assert.equal(structuredContent.total, 130)],
  get_cluster: [callTool('get_cluster', { cluster_id: shared.id }),
    ({ structuredContent }) => assert.equal(structuredContent.cluster_name, shared.name)],
  execute_sql: [callTool('execute_sql', { statement: 'SELECT 40 + 2 AS answer' }),
    ({ structuredContent }) => assert.match(JSON.stringify(structuredContent), /"answer".*42/)],
  'resources/list': [['resources/list'],
    ({ resources }) => assert.deepEqual(resources, [])],
  'resources/templates/list': [['resources/templates/list'],
    ({ resourceTemplates }) => assert.ok(resourceTemplates.some((each) => each.name === 'cluster'))],
  'resources/read': [['resources/read', ['--uri', uri]],
    ({ contents: [{ text }] }) => assert.equal(JSON.parse(text).cluster_id, shared.id)],
  'prompts/list': [['prompts/list'],
    ({ prompts }) => assert.ok(prompts.some((each) => each.name === 'explore_catalog'))],
  'prompts/get': [['prompts/get', ['--prompt-name', 'explore_catalog', '--prompt-args', 'catalog=main']],
    ({ messages: [{ content }] }) => assert.match(content.text, /catalog main/)],
};

for (const era of ['legacy', 'modern']) {
  test(`Inspector, ${era}`, { concurrency: 2 }, async (t) => {
    const bricktray = await startBricktray(t, { args: ['--sample-workspace', '--toolsets', 'all'] });
    const runs = Object.entries(questions).map(([name, [question, check]]) => t.test(name, async () => {
      const { code, stderr, result } = await inspect(bricktray, era, ...question);
      assert.equal(code, exitCodes.done, stderr);
      check(result);
    }));

    runs.push(t.test('no schema that some client could not take', async () => {
      const listed = new Program(t, await temporaryFolder(t), 'bricktray', ['--list-tools']);
      await listed.closed;
      const names = [...listed.stdout.matchAll(/^\|[^|]+\| `(\w+)` \|/gm)].map(([, name]) => name);
      const { code, stdout, stderr, result } = await inspect(bricktray, era, 'tools/list', ['--strict']);
      assert.equal(code, exitCodes.done, stderr);
      assert.equal(JSON.parse(stdout).schemaFindings, undefined, stderr);
      assert.deepEqual(result.tools.map((tool) => tool.name), names);
    }));

    for (const [what, args] of [['an unknown cluster', ['get_cluster', { cluster_id: 'no-such-cluster' }]],
      ['an unknown tool', ['no_such_tool', {}]]]) {
      runs.push(t.test(what, async () => {
        const { code, stdout, stderr } = await inspect(bricktray, era, ...callTool(...args));
        assert.equal(code, exitCodes.toolError, stderr);
        assert.match(stdout + stderr, /no.such/);
      }));
    }

    runs.push(t.test('a wrong key', async () => {
      const { code, stderr } = await inspect(bricktray, era, 'initialize', [], 'wrong');
      assert.equal(code, exitCodes.authRequired, stderr);
    }));
    await Promise.all(runs);
  });
}
