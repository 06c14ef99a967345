// A client that subscribes to a cluster hears of its changes, also where no window looks at the clusters; and the
// workspace is asked only while somebody listens.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  call, clientHeaders, connect, shared, startBricktray, startSampleWorkspace, until, workspaceToken,
} from './harness.mjs';

const revision = '2026-07-28';
const uri = `databricks://clusters/${shared.id}`;

/** The messages of a subscription, as they come. */
async function listen(bricktray, notifications) {
  const stop = new AbortController();
  const answer = await fetch(bricktray.url, {
    method: 'POST',
    headers: { ...clientHeaders(), 'MCP-Protocol-Version': revision, 'Mcp-Method': 'subscriptions/listen' },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: {
        _meta: {
          'io.modelcontextprotocol/protocolVersion': revision, 'io.modelcontextprotocol/clientCapabilities': {},
        },
        notifications,
      },
    }),
    signal: stop.signal,
  });
  assert.equal(answer.status, 200);
  const messages = [];
  const reading = (async () => {
    let text = '';
    for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const events = text.split('\n\n');
      text = events.pop();
      for (const event of events.filter((lines) => lines.includes('data: ')))
        messages.push(JSON.parse(event.slice(event.indexOf('data: ') + 6)));
    }
  })().catch((error) => assert.equal(error.name, 'AbortError'));
  return { messages, leave: () => { stop.abort(); return reading; } };
}

async function listingsOf(workspace) {
  const answer = await fetch(`${workspace.host}/sample/requests`,
    { headers: { Authorization: `Bearer ${workspaceToken}` } });
  const { requests } = await answer.json();
  return requests.filter(({ path }) => path.endsWith('/clusters/list')).length;
}

test('a subscribed cluster', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment, args: ['--allow-writes'] });
  const client = await connect(t, bricktray);
  assert.equal(await listingsOf(workspace), 0, 'nobody listens');

  const { messages, leave } = await listen(bricktray, { resourceSubscriptions: [uri] });
  await until('the acknowledgement', () => messages.length > 0);
  assert.deepEqual(messages[0].params.notifications, { resourceSubscriptions: [uri] });
  await until('the clusters to be polled', async () => await listingsOf(workspace) > 0);

  await call(client, 'start_cluster', { cluster_id: shared.id });
  await until('the news', () => messages.length > 1, 30_000);
  assert.equal(messages[1].method, 'notifications/resources/updated');
  assert.equal(messages[1].params.uri, uri);
  assert.equal(messages[1].params._meta['io.modelcontextprotocol/subscriptionId'], 1);
  await leave();
});
