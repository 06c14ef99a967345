// Every official client does the main job over HTTP, and in the revision it is to speak. (Over stdio: stdio.test.mjs.)

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, modern, startBricktray } from './harness.mjs';
import { mainJob } from './main-job.mjs';

const clients = [
  { name: 'SDK 1', revision: '2025-11-25' },
  { name: 'SDK 2, legacy', mode: 'legacy', revision: '2025-11-25' },
  { name: 'SDK 2, which finds out', mode: 'auto', revision: '2026-07-28' },
  { name: 'SDK 2, pinned', mode: modern, revision: '2026-07-28' },
];

test('the ready line names the port and the sample', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  assert.deepEqual(bricktray.announced, { url: `http://localhost:${bricktray.port}/mcp`, port: bricktray.port });
  assert.match(bricktray.workspace, /sample/i);
});

// Side by side, each with a Bricktray of its own: most of the time is the sample's clusters changing their state.
test('the main job', { concurrency: clients.length }, (t) => Promise.all(clients.map(({ name, mode, revision }) =>
  t.test(name, async (t) => {
    const args = ['--sample-workspace', '--allow-writes', '--allow-destructive'];
    const bricktray = await startBricktray(t, { args });
    const spoken = new Set();
    const client = await connect(t, bricktray, {
      mode,
      fetch: (url, init) => {
        const { method } = init?.body ? JSON.parse(init.body) : {};
        if (method && method !== 'initialize')
          spoken.add(new Headers(init.headers).get('MCP-Protocol-Version'));
        return fetch(url, init);
      },
    });
    await mainJob(t, client);
    assert.deepEqual([...spoken], [revision]);
  }))));
