// Ending it, and talking to a running one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import {
  accessKey, call, connect, freePort, request, rpc, startBricktray, startSampleWorkspace, temporaryFolder, until, Program,
} from './harness.mjs';

const answers = (bricktray) => rpc(bricktray.port, 'ping').then(({ status }) => status === 200, () => false);

test('SIGTERM ends it within 3 s, with 0, while a call runs', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const bricktray = await startBricktray(t, { env: workspace.environment });
  const client = await connect(t, bricktray);
  await workspace.fault({ fault: 'hang', path: '/api/2.1/clusters/list' });
  const running = call(client, 'list_clusters').then(() => 'answered', () => 'cut off');
  assert.equal(await Promise.race([running, new Promise((resolve) => { setTimeout(resolve, 500, 'running'); })]), 'running');

  const end = await bricktray.stop('SIGTERM', 3_000);
  assert.deepEqual(end, { code: 0, signal: null }, bricktray.stderr);
  await running;
});

test('--status, --stop, --start and --quit reach the running one', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });

  const running = await bricktray.tell(t, '--status');
  assert.equal(running.code, 0, running.text);
  assert.match(running.text, new RegExp(`localhost:${bricktray.port}`));

  assert.equal((await bricktray.tell(t, '--stop')).code, 0);
  await until('the port to close', async () => !await answers(bricktray));
  const stopped = await bricktray.tell(t, '--status');
  assert.equal(stopped.code, 0, stopped.text);
  assert.match(stopped.text, /stopped/i);

  assert.equal((await bricktray.tell(t, '--start')).code, 0);
  await until('the port to open', () => answers(bricktray));

  assert.equal((await bricktray.tell(t, '--quit')).code, 0);
  assert.deepEqual(await bricktray.closed, { code: 0, signal: null });
});

test('--status says so when nothing runs', async (t) => {
  const folder = await temporaryFolder(t);
  const program = new Program(t, folder, 'bricktray', ['--status', '--data-dir', folder]);
  const { code } = await program.closed;
  assert.notEqual(code, 0);
  assert.match(program.stdout + program.stderr, /not running|no .*running/i);
});

test('a second start does not disturb the first', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  const second = new Program(t, bricktray.folder, 'bricktray',
    ['--headless', '--sample-workspace', '--port', String(bricktray.port), '--data-dir', bricktray.folder]);
  const { code } = await second.closed;
  assert.notEqual(code, null);
  assert.match(second.stdout + second.stderr, /already|running/i);
  assert.ok(await answers(bricktray));
  assert.equal((await request(bricktray.port, { method: 'GET', path: '/' })).status, 404);
});

test('without a display it serves headlessly and says so', async (t) => {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const program = new Program(t, folder, 'bricktray', ['--sample-workspace', '--port', String(port), '--data-dir', folder],
    { BRICKTRAY_ACCESS_KEY: accessKey });
  await program.until('it serves', () => program.stdout.includes('is serving'));
  assert.match(program.stderr, /headless/i);
  assert.equal((await rpc(port, 'ping')).status, 200);
});

test('--version and --help answer and go', async (t) => {
  const folder = await temporaryFolder(t);
  const version = new Program(t, folder, 'bricktray', ['--version']);
  assert.equal((await version.closed).code, 0);
  assert.match(version.stdout, /\d+\.\d+\.\d+/);
  const help = new Program(t, folder, 'bricktray', ['--help']);
  assert.equal((await help.closed).code, 0);
  assert.match(help.stdout, /^Usage: bricktray \[options\]/);
  for (const option of ['--sample-workspace', '--headless', '--port', '--data-dir', '--allow-writes', '--status'])
    assert.ok(help.stdout.includes(option), `--help is silent about ${option}`);
});

test('the tool table of the README is what --list-tools prints', async (t) => {
  const program = new Program(t, await temporaryFolder(t), 'bricktray', ['--list-tools']);
  assert.equal((await program.closed).code, 0);
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, table] = /<!-- tools -->\n([^]*?)<!-- \/tools -->/.exec(readme);
  assert.equal(table.trim(), program.stdout.trim(), 'put the output of bricktray --list-tools between the markers');
});
