// Windows of one client: they share a key and count their requests alike, and what one gives up the other keeps.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  call, clientHeaders, connect, request, shared, startBricktray, startSampleWorkspace, until,
} from './harness.mjs';

/** The official clients as they are before 2026-07-28: the first SDK's, and the second's. */
const libraries = { 'the first SDK': undefined, 'the second SDK': 'legacy' };

for (const [library, mode] of Object.entries(libraries)) {
  for (const givingUp of [0, 1]) {
    test(`${library}: window ${givingUp + 1} of two gives up its own call alone`, async (t) => {
      const workspace = await startSampleWorkspace(t);
      const bricktray = await startBricktray(t, { args: ['--allow-writes'], env: workspace.environment });
      const observer = await connect(t, bricktray, { name: 'observer' });
      const { facts } = await call(observer, 'list_clusters', { states: ['TERMINATED'], limit: 2 });
      const ids = facts.clusters.map((cluster) => cluster.cluster_id);
      const windows = await Promise.all(ids.map(() => connect(t, bricktray, { mode })));
      assert.notEqual(windows[0].transport.sessionId, windows[1].transport.sessionId);

      const asked = async (path) => (await workspace.requests()).filter((each) => each.path === path)
        .map(({ query, body }) => ids.find((id) => query.includes(id) || body.cluster_id === id));
      await workspace.fault({ path: '/api/2.1/clusters/get', fault: 'delay', milliseconds: 2_000, times: ids.length });
      const aborts = ids.map(() => new AbortController());
      const calls = windows.map((window, n) => call(window, 'start_cluster', { cluster_id: ids[n], wait: true },
        { signal: aborts[n].signal }));
      await until('both to be read', async () => (await asked('/api/2.1/clusters/get')).length === ids.length);
      const given = assert.rejects(calls[givingUp]);
      aborts[givingUp].abort();
      await given;

      const { isError, text, facts: state } = await calls[1 - givingUp];
      assert.ok(!isError, text);
      assert.equal(state.state, 'RUNNING');
      assert.deepEqual(await asked('/api/2.1/clusters/start'), [ids[1 - givingUp]]);
    });
  }

  test(`${library}: a session that the client ends, and one that it lost, hold nobody up`, async (t) => {
    const workspace = await startSampleWorkspace(t);
    const bricktray = await startBricktray(t, { env: workspace.environment });
    const window = await connect(t, bricktray, { mode });
    assert.match(window.transport.sessionId, /^[\x21-\x7e]{22,}$/);
    const other = await connect(t, bricktray, { mode });
    await window.transport.terminateSession();
    await window.close();

    await bricktray.stop();
    const again = await startBricktray(t, {
      env: workspace.environment, port: bricktray.port, folder: bricktray.folder,
    });
    assert.equal(again.announced.port, bricktray.port);
    const { facts } = await call(other, 'get_cluster', { cluster_id: shared.id });
    assert.equal(facts.cluster_id, shared.id);
  });
}

test('a session id of another server is no error', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment });
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const { status } = await request(bricktray.port,
    { headers: { ...clientHeaders(), 'Mcp-Session-Id': 'somebody-elses' }, body });
  assert.equal(status, 200);
});
