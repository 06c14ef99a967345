// What survives a crash, and what must never be on disk.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';

import {
  accessKey, call, connect, filesBelow, freePort, shared, startBricktray, startSampleWorkspace, temporaryFolder,
  workspaceToken,
} from './harness.mjs';

const run = promisify(execFile);

async function isDatabase(file) {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(15), 0, 15, 0);
  await handle.close();
  return buffer.toString() === 'SQLite format 3';
}

async function journalOf(folder) {
  for (const file of await filesBelow(folder)) {
    if (await isDatabase(file))
      return (await run('sqlite3', ['-readonly', file, '.dump'], { maxBuffer: 64 << 20 })).stdout;
  }
  throw new Error(`no journal below ${folder}`);
}

const occurrences = (text, word) => text.split(word).length - 1;

test('calls survive kill -9, and nothing secret is on disk', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const start = () => startBricktray(t, { folder, port, env: workspace.environment });

  const first = await start();
  const client = await connect(t, first, { name: 'before-the-crash' });
  assert.ok(!(await call(client, 'get_cluster', { cluster_id: shared.id })).isError);
  assert.ok((await call(client, 'get_cluster', { cluster_id: `no-such-cluster ${workspaceToken}` })).isError);
  await client.close();
  assert.deepEqual(await first.stop('SIGKILL'), { code: null, signal: 'SIGKILL' });

  const second = await start();
  const again = await connect(t, second, { name: 'after-the-crash' });
  assert.ok(!(await call(again, 'list_clusters', { limit: 5 })).isError);
  await again.close();
  assert.deepEqual(await second.stop(), { code: 0, signal: null });

  const journal = await journalOf(folder);
  assert.equal(occurrences(journal, 'before-the-crash'), 2);
  assert.equal(occurrences(journal, 'after-the-crash'), 1);
  assert.match(journal, /list_clusters/);
  assert.match(journal, /no-such-cluster/);

  const files = await filesBelow(folder);
  assert.ok(files.length > 0);
  for (const file of files) {
    const content = await readFile(file);
    assert.ok(!content.includes(workspaceToken), `${file} holds the workspace's token`);
    assert.ok(!content.includes(accessKey), `${file} holds the access key`);
    assert.equal((await stat(file)).mode & 0o077, 0, `${file} is open to other users`);
  }
});
