// The sample workspace is a process of its own: it ends with the application, and the application gets over its end.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';

import { call, connect, startBricktray, until } from './harness.mjs';

/** The processes called sample_workspace that this one started. */
async function samplesOf(parent) {
  const samples = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    // The kernel keeps the first 15 characters of the name.
    if (/^Name:\tsample_workspac$/m.test(status) && status.includes(`\nPPid:\t${parent}\n`))
      samples.push(Number(pid));
  }
  return samples;
}

async function sampleOf(parent) {
  const samples = await samplesOf(parent);
  assert.equal(samples.length, 1);
  return samples[0];
}

async function runs(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return /^State:\t[^ZX]/m.test(status);
}

test('the sample ends with an application that quits', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  const sample = await sampleOf(bricktray.pid);
  assert.equal((await bricktray.stop()).code, 0);
  assert.equal(await runs(sample), false);
  assert.equal(bricktray.stderr, '');
});

test('the sample ends with an application that is killed', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  const sample = await sampleOf(bricktray.pid);
  await bricktray.stop('SIGKILL').catch(() => {});
  await until('the end of the sample', async () => !await runs(sample));
});

test('a sample that is killed is told of and started anew', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  const client = await connect(t, bricktray, { name: 'patient' });
  const clusters = async () => (await call(client, 'list_clusters')).facts?.total;
  const before = await clusters();
  process.kill(await sampleOf(bricktray.pid), 'SIGKILL');
  await bricktray.until('the news', () => /sample workspace ended unexpectedly/.test(bricktray.stderr));
  await until('the next sample', async () => (await samplesOf(bricktray.pid)).length === 1);
  await until('its clusters', async () => await clusters() === before);
  await until('its owner', async () => /as \S+@/.test((await bricktray.tell(t, '--status')).text));
});

test('the token is not among the arguments, and no secret of the application reaches the sample', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'], env: { DATABRICKS_TOKEN: 'dapi-secret' } });
  const sample = await sampleOf(bricktray.pid);
  assert.match(await readFile(`/proc/${sample}/cmdline`, 'utf8'), /sample_workspace\0--until-stdin-closes\0$/);
  const environment = await readFile(`/proc/${sample}/environ`, 'utf8');
  assert.match(environment, /(^|\0)SAMPLE_WORKSPACE_TOKEN=sample-[0-9a-f]{48}\0/);
  assert.doesNotMatch(environment, /DATABRICKS_|BRICKTRAY_/);
});
