// Headless, with the credentials in the environment, against a Databricks-compatible server of its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { call, connect, shared, startBricktray, startSampleWorkspace, until, workspaceToken } from './harness.mjs';

test('reads only, unless told otherwise', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment });
  const client = await connect(t, bricktray);

  const list = await call(client, 'list_clusters', { limit: 100 });
  assert.ok(!list.isError, list.text);
  assert.equal(list.facts.total, 130);

  const start = await call(client, 'start_cluster', { cluster_id: shared.id });
  assert.ok(start.isError, 'a headless run must not change anything by default');
  assert.match(start.text, /read|writ|allow|polic/i);
  assert.equal((await call(client, 'get_cluster', { cluster_id: shared.id })).facts.state, 'TERMINATED');

  const connection = await call(client, 'get_connection');
  assert.match(connection.text, /127\.0\.0\.1/);
  assert.ok(!(connection.text + JSON.stringify(connection.facts)).includes(workspaceToken));
});

test('--allow-writes lets it start a cluster and no more', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { args: ['--allow-writes'], env: workspace.environment });
  const client = await connect(t, bricktray);
  const cluster = async () => (await call(client, 'get_cluster', { cluster_id: shared.id })).facts;

  const start = await call(client, 'start_cluster', { cluster_id: shared.id });
  assert.ok(!start.isError, start.text);
  assert.equal((await cluster()).state, 'PENDING');
  await until('RUNNING', async () => (await cluster()).state === 'RUNNING', 30_000);

  const stop = await call(client, 'stop_cluster', { cluster_id: shared.id });
  assert.ok(stop.isError, 'stopping interrupts people and was not allowed');
  assert.equal((await cluster()).state, 'RUNNING');
});

test('--read-only does not even offer what changes anything', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { args: ['--read-only', '--allow-writes'], env: workspace.environment });
  const client = await connect(t, bricktray);

  const { tools } = await client.listTools();
  assert.ok(tools.length > 0);
  for (const tool of tools)
    assert.equal(tool.annotations.readOnlyHint, true, tool.name);
});
