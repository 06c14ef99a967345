// The main job, the same steps for every client: list the 130 clusters of the sample workspace, and start one.

import assert from 'node:assert/strict';

import { call, shared, until } from './harness.mjs';

const clusterTools = ['list_clusters', 'get_cluster', 'list_cluster_events', 'start_cluster', 'stop_cluster',
  'restart_cluster'];

/** The client is connected to a Bricktray with the sample workspace, where nothing has been done yet. */
export async function mainJob(t, client) {
  const state = async (id) => (await call(client, 'get_cluster', { cluster_id: id })).facts.state;
  const becomes = (wanted) => until(wanted, async () => (await state(shared.id)) === wanted, 30_000);

  await t.test('the server introduces itself', () => {
    const { name, title, version } = client.getServerVersion();
    assert.match(name, /bricktray/i);
    assert.match(title, /Bricktray/);
    assert.match(version, /^\d+\.\d+\.\d+/);
    assert.ok(client.getServerCapabilities().tools);
  });

  await t.test('the tools say what they are', async () => {
    const { tools } = await client.listTools();
    const byName = new Map(tools.map((tool) => [tool.name, tool]));
    for (const name of ['get_connection', ...clusterTools]) {
      const tool = byName.get(name);
      assert.ok(tool, `${name} is not on offer`);
      assert.ok(tool.title && tool.description, `${name} does not explain itself`);
      assert.equal(tool.inputSchema.type, 'object');
      assert.equal(tool.outputSchema?.type, 'object', `${name} has no output schema`);
      assert.equal(typeof tool.annotations?.readOnlyHint, 'boolean', `${name} has no annotations`);
    }
    const hints = (name) => byName.get(name).annotations;
    assert.equal(hints('list_clusters').readOnlyHint, true);
    assert.equal(hints('start_cluster').readOnlyHint, false);
    assert.equal(hints('start_cluster').destructiveHint, false);
    assert.equal(hints('stop_cluster').destructiveHint, true);
    assert.equal(hints('restart_cluster').destructiveHint, true);
  });

  await t.test('list_clusters gives all 130 by name, page by page', async () => {
    const names = [];
    let pageToken;
    do {
      const { isError, text, facts } = await call(client, 'list_clusters',
        { limit: 50, ...(pageToken ? { page_token: pageToken } : {}) });
      assert.ok(!isError, text);
      assert.equal(facts.total, 130);
      assert.ok(facts.clusters.length <= 50);
      for (const cluster of facts.clusters)
        assert.ok(text.includes(cluster.cluster_id), `the text keeps ${cluster.cluster_id} back`);
      names.push(...facts.clusters.map((cluster) => cluster.cluster_name));
      pageToken = facts.next_page_token;
    } while (pageToken);
    assert.equal(names.length, 130);
    assert.equal(new Set(names).size, 130);
    assert.ok(names.includes(shared.name));
  });

  await t.test('a started cluster is PENDING and then RUNNING', async () => {
    assert.equal(await state(shared.id), 'TERMINATED');
    const { isError, text } = await call(client, 'start_cluster', { cluster_id: shared.id });
    assert.ok(!isError, text);
    assert.equal(await state(shared.id), 'PENDING');
    await becomes('RUNNING');
  });

  await t.test('starting a running cluster is success and says so', async () => {
    const { isError, text } = await call(client, 'start_cluster', { cluster_id: shared.id });
    assert.ok(!isError, text);
    assert.match(text, /already|running/i);
  });

  await t.test('it restarts, and it stops', async () => {
    assert.ok(!(await call(client, 'restart_cluster', { cluster_id: shared.id })).isError);
    assert.equal(await state(shared.id), 'RESTARTING');
    await becomes('RUNNING');
    assert.ok(!(await call(client, 'stop_cluster', { cluster_id: shared.id })).isError);
    await becomes('TERMINATED');
    const { facts } = await call(client, 'list_cluster_events', { cluster_id: shared.id });
    assert.ok(facts.events.length > 0);
  });

  await t.test('an unknown id gets the API\'s own words', async () => {
    const { isError, text } = await call(client, 'get_cluster', { cluster_id: 'no-such-cluster' });
    assert.ok(isError);
    assert.match(text, /no-such-cluster does not exist/);
  });

  await t.test('get_connection names the workspace as a sample and no secret', async () => {
    const { isError, text, facts } = await call(client, 'get_connection');
    assert.ok(!isError, text);
    assert.match(text, /sample/i);
    assert.ok(JSON.stringify(facts).match(/sample/i));
    assert.doesNotMatch(text + JSON.stringify(facts), /dapi|bearer|"token"/i);
  });
}
