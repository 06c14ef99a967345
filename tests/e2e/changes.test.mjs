// What clients are told of changes. Bricktray watches the clusters for its window; without one, while a client listens.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { call, connect, modern, shared, startBricktray, startSampleWorkspace, until } from './harness.mjs';

test('a cluster that starts is told to those who listen', async (t) => {
  const bricktray = await startBricktray(t, {
    args: ['--minimized', '--sample-workspace', '--allow-writes'],
    env: { QT_QPA_PLATFORM: 'offscreen' },
    headless: false,
  });
  const uri = `databricks://clusters/${shared.id}`;
  const uris = [];

  const legacy = await connect(t, bricktray);
  const listener = await connect(t, bricktray, { mode: modern });
  listener.setNotificationHandler('notifications/resources/updated', ({ params }) => { uris.push(params.uri); });
  const subscription = await listener.listen({ resourcesListChanged: true, resourceSubscriptions: [uri] });
  assert.deepEqual(subscription.honoredFilter, { resourcesListChanged: true, resourceSubscriptions: [uri] });

  const { isError, text } = await call(legacy, 'start_cluster', { cluster_id: shared.id });
  assert.ok(!isError, text);
  await until('the change to be told', () => uris.length, 20_000);
  assert.deepEqual([...new Set(uris)], [uri]);
  const { contents: [{ text: cluster }] } = await listener.readResource({ uri });
  assert.match(JSON.parse(cluster).state, /PENDING|RUNNING/);

  await bricktray.tell(t, '--stop');
  assert.equal(await subscription.closed, 'graceful');
});

test('without a window the clusters are polled for who subscribes, and only then', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment, args: ['--allow-writes'] });
  const listings = async () => (await workspace.requests()).filter(({ path }) => path.endsWith('/clusters/list')).length;
  const uri = `databricks://clusters/${shared.id}`;
  const uris = [];
  const listener = await connect(t, bricktray, { mode: modern });
  listener.setNotificationHandler('notifications/resources/updated', ({ params }) => { uris.push(params.uri); });
  assert.equal(await listings(), 0);

  const subscription = await listener.listen({ resourceSubscriptions: [uri] });
  await until('the clusters to be polled', async () => await listings() > 0);
  const { isError, text } = await call(listener, 'start_cluster', { cluster_id: shared.id });
  assert.ok(!isError, text);
  await until('the change to be told', () => uris.length, 20_000);
  assert.deepEqual([...new Set(uris)], [uri]);
  await subscription.close();
});

test('the list of resources asks the workspace nothing', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment });
  const client = await connect(t, bricktray);
  await until('the sign-in', async () => (await workspace.requests()).length);
  const before = await workspace.requests();
  assert.deepEqual((await client.listResources()).resources, []);
  assert.deepEqual(await workspace.requests(), before);
});
