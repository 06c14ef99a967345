// Calls that take their time: a sign of life, progress, and what leaving means in each era.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  call, clientHeaders, connect, modern, request, shared, startBricktray, startSampleWorkspace, until,
} from './harness.mjs';

/** Bricktray in front of a workspace, and some of its clusters that do not run. */
async function begin(t) {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { args: ['--allow-writes'], env: workspace.environment });
  const observer = await connect(t, bricktray, { name: 'observer' });
  const { facts } = await call(observer, 'list_clusters', { states: ['TERMINATED'], limit: 3 });
  return { workspace, bricktray, observer, ids: facts.clusters.map((cluster) => cluster.cluster_id) };
}

test('progress rises until the cluster runs', async (t) => {
  const { bricktray, ids } = await begin(t);
  await Promise.all([undefined, modern].map(async (mode, n) => {
    const client = await connect(t, bricktray, { mode });
    const steps = [];
    const { isError, text, facts } = await call(client, 'start_cluster', { cluster_id: ids[n], wait: true },
      { onprogress: (step) => steps.push(step) });
    assert.ok(!isError, text);
    assert.equal(facts.state, 'RUNNING');
    assert.ok(steps.length > 1, JSON.stringify(steps));
    steps.forEach(({ progress, total, message }, i) => {
      assert.ok(i === 0 || progress > steps[i - 1].progress, JSON.stringify(steps));
      assert.ok(progress < total);
      assert.match(message, /^PENDING/);
    });
  }));
});

test('leaving cancels the call of a modern client, and a legacy one must say so', async (t) => {
  const { workspace, bricktray, observer, ids } = await begin(t);
  const [left, said, going] = ids;
  const [leaves, says, goes] = await Promise.all([modern, undefined, undefined].map((mode) =>
    connect(t, bricktray, { mode })));
  await says.ping(); // clients of one kind count their requests alike, and in doubt nothing is cancelled

  const asked = async (path) => (await workspace.requests()).filter((each) => each.path === path)
    .map(({ query, body }) => ids.find((id) => query.includes(id) || body.cluster_id === id));
  const times = (list, id) => list.filter((each) => each === id).length;
  await workspace.fault({ path: '/api/2.1/clusters/get', fault: 'delay', milliseconds: 2_000, times: ids.length });
  const abort = new AbortController();
  const start = (client, id, signal) => assert.rejects(call(client, 'start_cluster', { cluster_id: id, wait: true },
    { signal }));
  const ends = [start(leaves, left, abort.signal), start(says, said, abort.signal), start(goes, going)];
  await until('all to be read', async () => (await asked('/api/2.1/clusters/get')).length === ids.length);
  abort.abort();
  await goes.close();
  await Promise.all(ends);

  // The call that goes on shows what the others would have asked meanwhile: the start, and every two seconds the state.
  await until('RUNNING', async () =>
    (await call(observer, 'get_cluster', { cluster_id: going })).facts.state === 'RUNNING', 20_000);
  assert.deepEqual(await asked('/api/2.1/clusters/start'), [going]);
  const reads = await asked('/api/2.1/clusters/get');
  assert.deepEqual([left, said].map((id) => times(reads, id)), [1, 1]);
});

test('a slow answer begins within two seconds', { concurrency: 2 }, async (t) => {
  const { workspace, bricktray } = await begin(t);
  await workspace.fault({ path: '/api/2.1/clusters/get', fault: 'delay', milliseconds: 4_000, times: 2 });
  const params = { name: 'get_cluster', arguments: { cluster_id: shared.id } };
  const revision = modern.pin;
  const eras = {
    legacy: { headers: {}, params },
    modern: {
      headers: { 'MCP-Protocol-Version': revision, 'Mcp-Method': 'tools/call', 'Mcp-Name': params.name },
      params: {
        ...params,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': revision, 'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    },
  };
  await Promise.all(Object.entries(eras).map(([era, { headers, params }]) => t.test(era, async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const asked = performance.now();
    const answer = await request(bricktray.port, { headers: { ...clientHeaders(), ...headers }, body });
    assert.match(answer.headers['content-type'], /^text\/event-stream/);
    assert.ok(answer.begun - asked < 2_000, `it began after ${answer.begun - asked} ms`);
    t.diagnostic(`${era}: the first byte came after ${Math.round(answer.begun - asked)} ms`);
    assert.ok(performance.now() - answer.begun > 1_000, 'the answer was there at once');
    const [message] = answer.text.split('\n').filter((line) => line.startsWith('data:'));
    assert.equal(JSON.parse(message.slice(5)).result.structuredContent.cluster_id, shared.id);
  })));
});
