// The same prompts, done by an agent with a model, and its answers graded by the same facts:
//
//   node tests/eval/agent/run.mjs --agent 'claude -p {prompt} --mcp-config {config} --allowedTools mcp__databricks'
//   node tests/eval/agent/run.mjs --agent 'opencode run {prompt}' --only lineage
//
// The command runs once a task in a folder of its own that holds .mcp.json and opencode.json, and its standard output
// is the answer. {prompt} is what is asked, {config} that .mcp.json, {url} and {key} what an agent with a configuration
// of its own wants. --port fixes the port (8123), --setup prints the configuration and ends, --only picks tasks by a
// part of their names, --seconds limits each. It ends with 1 if a fact is missing; what is missing is printed, since
// a model may say the same in other words. Costs model time: never run by tests/run.

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { accessKey, startBricktray, startSampleWorkspace, temporaryFolder } from '../../e2e/harness.mjs';
import { tasks } from '../tasks.mjs';
import { Upstream } from '../upstream.mjs';
import { View } from '../views.mjs';

const { values: options } = parseArgs({
  options: {
    agent: { type: 'string' },
    only: { type: 'string', default: '' },
    port: { type: 'string', default: '8123' },
    seconds: { type: 'string', default: '300' },
    setup: { type: 'boolean', default: false },
  },
});

const url = `http://localhost:${options.port}/mcp`;
const headers = { Authorization: `Bearer ${accessKey}` };
const configurations = {
  '.mcp.json': { mcpServers: { databricks: { type: 'http', url, headers } } },
  'opencode.json': { mcp: { databricks: { type: 'remote', url, headers, enabled: true, oauth: false } } },
};

/** What the harness wants of a test: somebody who runs the clean-up. */
class Hooks {
  steps = [];

  after(step) {
    this.steps.push(step);
  }

  async end() {
    for (const step of this.steps)
      await step();
  }
}

/** The agent's words. */
async function ask(folder, prompt) {
  const command = options.agent
    .replaceAll('{prompt}', '"$PROMPT"')
    .replaceAll('{config}', '"$CONFIG"')
    .replaceAll('{url}', url)
    .replaceAll('{key}', accessKey);
  const env = { ...process.env, PROMPT: prompt, CONFIG: path.join(folder, '.mcp.json') };
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: Number(options.seconds) * 1000,
  });
  let words = '';
  child.stdout.on('data', (data) => {
    words += data;
  });
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  return words;
}

/** A person is told in sentences: what belongs together need not stand in one line, and numbers are rounded. */
function missingIn(answer, facts) {
  const view = View.ofText(answer.replaceAll(/(?<=\d)[,\u202f](?=\d{3})/g, ''));
  const loose = (fact) => (/^\d+\.\d{3,}$/.test(fact) ? new RegExp(`\\b${fact.split('.')[0]}\\b`) : fact);
  return facts
    .flatMap((fact) => (Array.isArray(fact) ? fact : [fact]))
    .map((fact) => view.faultOf(typeof fact === 'string' ? loose(fact) : fact))
    .filter(Boolean);
}

async function run(task) {
  const hooks = new Hooks();
  try {
    const workspace = await startSampleWorkspace(hooks);
    const args = task.args ?? [];
    const trusting = args.includes('--read-only') ? [] : ['--allow-writes', '--allow-destructive'];
    await startBricktray(hooks, {
      args: [...trusting, ...args],
      env: workspace.environment,
      port: Number(options.port),
    });
    const folder = await temporaryFolder(hooks);
    for (const [name, configuration] of Object.entries(configurations))
      await writeFile(path.join(folder, name), JSON.stringify(configuration));

    const upstream = new Upstream(workspace.host);
    const right = await task.know(upstream);
    const prompt = task.prompt(right);
    const answer = await ask(folder, prompt);
    console.log(`\n== ${task.name}\n${prompt}\n${answer.trim()}`);
    return missingIn(answer, await (task.told ?? task.facts)(right, upstream));
  } catch (error) {
    return [error.message];
  } finally {
    await hooks.end();
  }
}

if (options.setup || !options.agent) {
  for (const [name, configuration] of Object.entries(configurations))
    console.log(`${name}\n${JSON.stringify(configuration, null, 4)}\n`);
  process.exit(options.setup ? 0 : 2);
}
const chosen = tasks.filter(({ name }) => name.includes(options.only));
let good = 0;
for (const task of chosen) {
  const missing = await run(task);
  good += missing.length === 0;
  console.log(missing.length === 0 ? '-> ok' : `-> ${missing.join('; ')}`);
}
console.log(`\n${good} of ${chosen.length} told everything`);
process.exitCode = good === chosen.length ? 0 : 1;
