// Many calls at once, from several clients: each gets its own answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { call, connect, shared, startBricktray, startSampleWorkspace } from './harness.mjs';

test('200 calls at once', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  const clients = await Promise.all(Array.from({ length: 8 }, (_, n) => connect(t, bricktray, { name: `client-${n}` })));
  const { facts } = await call(clients[0], 'list_clusters', { limit: 100 });
  const wanted = Array.from({ length: 200 }, (_, n) => facts.clusters[n % facts.clusters.length]);

  const answers = await Promise.all(wanted.map((cluster, n) =>
    call(clients[n % clients.length], 'get_cluster', { cluster_id: cluster.cluster_id })));

  answers.forEach(({ isError, text, facts: cluster }, n) => {
    assert.ok(!isError, text);
    assert.equal(cluster.cluster_id, wanted[n].cluster_id);
    assert.equal(cluster.cluster_name, wanted[n].cluster_name);
  });
  const after = await call(clients[1], 'get_cluster', { cluster_id: shared.id });
  assert.equal(after.facts.cluster_name, shared.name);
});

test('more calls than it runs at once are told to wait', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment });
  const client = await connect(t, bricktray, { parallel: 100 });
  await workspace.fault({ path: '/api/2.1/clusters/get', fault: 'delay', milliseconds: 300, times: -1 });

  const answers = await Promise.all(Array.from({ length: 100 }, () =>
    call(client, 'get_cluster', { cluster_id: shared.id })));

  const refused = answers.filter(({ isError }) => isError);
  assert.ok(refused.length > 0 && refused.length <= 100 - 64, `${refused.length} were refused`);
  refused.forEach(({ text }) => assert.match(text, /64 calls are running/));
  assert.ok(!(await call(client, 'get_cluster', { cluster_id: shared.id })).isError);
});
