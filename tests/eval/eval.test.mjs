// Answers a model can work with: forty everyday tasks replayed by the text alone and by the structured content alone,
// what tools and answers cost in tokens, what both channels say, and what a search for tools finds.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, rpc } from '../e2e/harness.mjs';
import { costOfTools, faultsOfSchemas } from './budgets.mjs';
import { differences } from './channels.mjs';
import { callsOfEveryTool } from './everytool.mjs';
import { misses, questions } from './questions.mjs';
import { call, bench, limitOf, overBudget, replay } from './replay.mjs';
import { tasks } from './tasks.mjs';
import { median, tokens } from './tokens.mjs';

const channels = ['text', 'facts'];
/** Every answer that a replay has seen. */
const seen = [];

const bytes = ({ text, facts }) => Buffer.byteLength(text + JSON.stringify(facts ?? ''));

test('forty tasks hold in the text, in the structured content, and within their budget', async (t) => {
  const benches = new Map();
  // A workspace for each channel: tasks change it.
  const benchFor = (channel, args = []) => {
    const key = [channel, ...args].join(' ');
    if (!benches.has(key))
      benches.set(key, bench(t, args));
    return benches.get(key);
  };
  const rows = [];
  for (const task of tasks) {
    const [text, facts] = await Promise.all(
      channels.map(async (channel) => replay(await benchFor(channel, task.args), task, channel)),
    );
    seen.push(...text.answers, ...facts.answers);
    const dear = [...new Set([...overBudget(task, 'text', text), ...overBudget(task, 'facts', facts)])];
    const faults = [
      ...text.faults.map((one) => `text: ${one}`),
      ...facts.faults.map((one) => `structured: ${one}`),
      ...dear.map((one) => `budget: ${one}`),
    ];
    const row = { text, facts, ok: faults.length === 0 };
    rows.push(row);
    console.log(
      [
        task.name.padEnd(36),
        `${text.calls} calls`,
        `${String(text.tokens).padStart(5)} text`,
        `${String(facts.tokens).padStart(5)} structured`,
        row.ok ? 'ok' : faults.slice(0, 4).join('; ').slice(0, 400),
      ].join('  '),
    );
  }
  const good = rows.filter(({ ok }) => ok).length;
  const middle = (channel) => median(rows.map((row) => row[channel].tokens));
  console.log(
    `${good} of ${rows.length} hold. Median of a task: ${median(rows.map(({ text }) => text.calls))} calls, ` +
      `${middle('text')} tokens of text, ${middle('facts')} of structured content`,
  );
  assert.equal(rows.length, 40);
  assert.ok(good >= 38, `${good} of ${rows.length} hold`);
  assert.ok(Math.max(...channels.map(middle)) <= 700, 'the median task is too dear');
});

test('the list of tools is within its budget', async (t) => {
  const { bricktray, tools } = await bench(t);
  const cost = costOfTools((await rpc(bricktray.port, 'tools/list')).json.result);
  console.log(
    `${tools.length} tools: ${cost.sum} tokens, ${cost.wire} on the wire, median ${cost.median}, ` +
      `most ${cost.most
        .slice(0, 3)
        .map(({ name, cost: one }) => `${name} ${one}`)
        .join(', ')}`,
  );
  const everything = await bench(t, ['--toolsets', 'all']);
  const all = costOfTools({ tools: everything.tools });
  console.log(
    `all ${everything.tools.length} tools: ${all.sum} tokens, ${all.wire} on the wire, ` +
      `above 300: ${
        all.most
          .filter((one) => one.cost > 300)
          .map(({ name, cost: one }) => `${name} ${one}`)
          .join(', ') || 'none'
      }`,
  );
  const faults = [...faultsOfSchemas(everything.tools)];
  for (const [what, value, limit] of [
    ['the sum', cost.sum, 5000],
    ['the wire', cost.wire, 7500],
    ['the largest tool', cost.most[0].cost, 300],
    ['the median', cost.median, 130],
    ['the number', tools.length, 40],
    ['the sum of all toolsets', all.sum, 20_000],
  ])
    if (value > limit)
      faults.push(`${what} is ${value} of ${limit}`);
  faults.forEach((one) => console.log(one));
  assert.equal(faults.length, 0, `${faults.length} faults, above`);
});

test('what lists and queries answer by default is within its budget', async (t) => {
  const { client, tools, upstream } = await bench(t, ['--toolsets', 'all']);
  const [{ cluster_id }] = await upstream.clusters();
  const arguments_ = {
    catalog_name: 'samples',
    catalog: 'samples',
    schema_name: 'tpch',
    schema: 'tpch',
    cluster_id,
    scope: 'crm',
    path: '/',
    pattern: 'o',
    text: 'spark',
    recursive: true,
    securable_type: 'table',
    full_name: 'main.default.page_views',
    pipeline_id: (await upstream.all('/api/2.0/pipelines', 'statuses'))[0].pipeline_id,
  };
  const paths = { list_volume_files: '/Volumes/main/default/raw', list_dbfs: '/' };
  const calls = tools
    .filter(({ name }) => /^(list|search)_/.test(name))
    .map(({ name, inputSchema }) => {
      const wanted = [
        ...(inputSchema.required ?? []),
        ...('cluster_id' in inputSchema.properties ? ['cluster_id'] : []),
        ...(name === 'list_workspace' ? ['path', 'recursive'] : []),
        ...(/^search_/.test(name) ? ['text', 'pattern', 'path'].filter((one) => one in inputSchema.properties) : []),
      ];
      return {
        name,
        args: Object.fromEntries(wanted.map((one) => [one, (one === 'path' && paths[name]) || arguments_[one]])),
      };
    });
  for (const statement of ['SELECT * FROM samples.tpch.lineitem', 'SELECT * FROM samples.tpch.orders'])
    calls.push({
      name: tools.some(({ name }) => name === 'query_sql') ? 'query_sql' : 'execute_sql',
      args: { statement },
    });

  const faults = [];
  for (const { name, args } of calls) {
    const { content, structuredContent: facts, isError } = await client.callTool({ name, arguments: args });
    const answer = { tool: name, text: content.map((block) => block.text ?? '').join('\n'), facts };
    seen.push(answer);
    if (isError) {
      console.log(`${name} ${JSON.stringify(args)} fails: ${answer.text.split('\n')[0]}`);
      continue;
    }
    const [text, structured] = [tokens(answer.text), tokens(facts)];
    console.log(
      `${name.padEnd(26)} ${String(text).padStart(5)} text  ${String(structured).padStart(5)} structured  ` +
        `${bytes(answer)} bytes`,
    );
    if (Math.max(text, structured) > limitOf(name))
      faults.push(`${name} costs ${text} and ${structured} of ${limitOf(name)}`);
    if (bytes(answer) >= 20_000 && limitOf(name) <= 2000)
      faults.push(`${name} takes ${bytes(answer)} bytes`);
  }
  faults.forEach((one) => console.log(one));
  assert.equal(faults.length, 0, `${faults.length} faults, above`);
});

test('who asks for one channel pays for one', async (t) => {
  const { bricktray } = await bench(t);
  const ask = async (form) => {
    const client = await connect(t, { url: new URL(`?answers=${form}`, bricktray.url), key: bricktray.key });
    const { tools } = await client.listTools();
    const answer = await call(client, 'list_clusters');
    return { list: tokens({ tools }), schemas: tools.filter(({ outputSchema }) => outputSchema).length, ...answer };
  };
  const [text, structured, both] = await Promise.all(['text', 'structured', 'both'].map(ask));
  for (const [name, form] of Object.entries({ text, structured, both }))
    console.log(
      `${name.padEnd(10)} ${form.list} tokens of tools, ${tokens(form.text)} of text, ` +
        `${form.facts ? tokens(form.facts) : 0} structured`,
    );
  assert.equal(text.facts, undefined);
  assert.equal(text.schemas, 0, 'a schema of the output obliges to structured content');
  assert.ok(text.text === both.text, 'the text is another');
  assert.ok(JSON.stringify(structured.facts) === JSON.stringify(both.facts), 'the structured content is another');
  assert.ok(tokens(structured.text) < 60, structured.text);
});

test('a search by names and descriptions finds the tool', async (t) => {
  const { tools } = await bench(t);
  const missed = misses(tools);
  for (const { question, right, place, first } of missed)
    console.log(`"${question}" finds ${first.join(', ')}; ${right.join(' or ')} is ${place || 'not there'}`);
  const found = questions.length - missed.length;
  console.log(`${found} of ${questions.length} find their tool first`);
  // Searches show a model three or more tools, and it takes the first one that fits.
  assert.ok(
    missed.every(({ place }) => place > 0 && place <= 3),
    'a tool is not found',
  );
  assert.ok(found >= 27, `${found} of ${questions.length} find their tool first`);
  for (const question of ['why did my job fail', 'run a sql query'])
    assert.ok(!missed.some((one) => one.question === question), question);
});

test('both channels of every answer say the same', async (t) => {
  const { client, tools, upstream } = await bench(t, ['--toolsets', 'all']);
  const told = (tool) => seen.findLast((one) => one.tool === tool && one.facts).facts;
  for (const [tool, given] of await callsOfEveryTool(upstream, tools)) {
    const args = typeof given === 'function' ? given(told) : given;
    const answer = await call(client, tool, args).catch((error) => ({ isError: true, text: error.message }));
    if (answer.isError)
      console.log(`${tool} ${JSON.stringify(args)} fails: ${answer.text.split('\n')[0]}`);
    seen.push({ tool, ...answer });
    if (answer.facts && tokens(answer.text) + tokens(answer.facts) > 20_000)
      console.log(`${tool} costs ${tokens(answer.text)} and ${tokens(answer.facts)}`);
  }
  const byTool = differences(seen);
  for (const [tool, { text, facts }] of byTool) {
    if (text.size > 0)
      console.log(`${tool}: the text lacks ${[...text].join(', ')}`);
    if (facts.size > 0)
      console.log(
        `${tool}: the structured content lacks ` +
          [...facts].map((one) => JSON.stringify(one.slice(0, 160))).join(', '),
      );
  }
  const compared = new Set(seen.filter(({ facts }) => facts).map(({ tool }) => tool));
  const untried = tools.filter(({ name }) => !compared.has(name)).map(({ name }) => name);
  console.log(`${compared.size} tools compared; not ${untried.join(', ') || 'one was left out'}`);
  assert.ok(compared.size >= 90, 'too few answers were seen');
  assert.equal(byTool.size, 0, `${byTool.size} tools say different things`);
});
