// Does a task as a model would, without a model: its plan, carried by what one channel of the answers says.

import { call as called, connect, startBricktray, startSampleWorkspace } from '../e2e/harness.mjs';
import { tokens } from './tokens.mjs';
import { Upstream } from './upstream.mjs';
import { View } from './views.mjs';

/** A call whose facts are as they were sent: a model reads the rows of a table as arrays. */
export async function call(...args) {
  const answer = await called(...args);
  return { ...answer, facts: answer.structured };
}

/** Bricktray with a sample workspace of its own: {client, tools, upstream}. Nothing asks: all runs. */
export async function bench(t, args = []) {
  const workspace = await startSampleWorkspace(t);
  const trusting = args.includes('--read-only') ? [] : ['--allow-writes', '--allow-destructive'];
  const bricktray = await startBricktray(t, { args: [...trusting, ...args], env: workspace.environment });
  const client = await connect(t, bricktray, { name: 'eval' });
  const { tools } = await client.listTools();
  return { bricktray, client, tools, upstream: new Upstream(workspace.host), environment: workspace.environment };
}

/** What a tool may cost at most in either channel. */
export function limitOf(tool) {
  if (tool.startsWith('diagnose_'))
    return 700;
  if (/^(query_sql|execute_sql|get_statement)$/.test(tool))
    return 5000;
  return /^(list|search)_/.test(tool) ? 2000 : 10_000;
}

/** The model's side of one replay. */
export class Model {
  answers = [];

  constructor({ client, tools }, channel) {
    Object.assign(this, { client, tools, channel });
  }

  /** Calls a tool and gives its answer as the channel shows it. An answer that is an error ends the plan. */
  async call(tool, args = {}, { fails = false } = {}) {
    const answer = await call(this.client, tool, args).catch((error) => ({
      isError: true,
      text: error.message,
      broken: true,
    }));
    const cost = { text: tokens(answer.text), facts: tokens(answer.facts ?? answer.text) };
    const view = this.channel === 'text' ? View.ofText(answer.text) : View.ofFacts(answer);
    this.answers.push({ tool, args, ...answer, cost, view });
    if (answer.broken || (answer.isError && !fails && !this.mayFail))
      throw new Error(`${tool}: ${answer.text.split('\n')[0]}`);
    return view;
  }

  /**
   * An argument that a tool may have, by its name, given as the published schema wants it: the value, the choice that
   * the value is an expression for, or true. Where that says nothing, the value is that of the other argument.
   */
  optional(tool, name, value, otherwise) {
    const schema = this.tools.find((one) => one.name === tool)?.inputSchema.properties ?? {};
    const found = Object.keys(schema).find((one) => name.test(one));
    const { type, enum: choices } = schema[found] ?? {};
    const other = otherwise ? { [otherwise]: value } : {};
    if (!found)
      return other;
    if (type === 'boolean')
      return { [found]: true, ...other };
    if (value instanceof RegExp)
      return { [found]: choices?.find((one) => value.test(one)) };
    return { [found]: type === 'array' ? [value].flat() : [value].flat().join(',') };
  }

  sum(channel) {
    return this.answers.reduce((sum, answer) => sum + answer.cost[channel], 0);
  }
}

/** One replay: {calls, tokens, answers, faults}. */
export async function replay(bench, task, channel) {
  const faults = [];
  const model = new Model(bench, channel);
  model.mayFail = task.fails;
  try {
    const right = await task.know(bench.upstream);
    await task.plan(model, right);
    const all = View.ofAll(model.answers.map((answer) => answer.view));
    for (const fact of await task.facts(right, bench.upstream)) {
      const fault = all.faultOf(fact);
      if (fault)
        faults.push(fault);
    }
  } catch (error) {
    faults.push(error.message);
  }
  return { calls: model.answers.length, answers: model.answers, tokens: model.sum(channel), faults };
}

/** What of a task's answers is over its budget, or over that of a tool. */
export function overBudget(task, channel, { answers, tokens: sum }) {
  const dear = answers
    .filter(({ tool, cost }) => cost[channel] > limitOf(tool))
    .map(({ tool, cost }) => `${tool} costs ${cost[channel]} of ${limitOf(tool)}`);
  return sum > task.budget ? [...dear, `the task costs ${sum} of ${task.budget}`] : dear;
}
