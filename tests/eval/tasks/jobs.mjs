// Jobs and their runs.

import { utc } from '../upstream.mjs';
import { count, tellingLine } from '../words.mjs';

const jobId = /^(job.)?id$/i;
const runId = /^(run.)?id$/i;
const failed = (run) =>
  run.state.result_state && !['SUCCESS', 'CANCELED', 'SKIPPED', 'EXCLUDED'].includes(run.state.result_state);

async function lastFailure(upstream, name) {
  const job = await upstream.job(name);
  const run = (await upstream.runs({ job_id: job.job_id })).find(failed);
  const tasks = await upstream.outputs(run);
  return {
    name,
    job,
    run,
    tasks,
    broken: tasks.filter((task) => failed(task) && task.state.result_state !== 'UPSTREAM_FAILED'),
  };
}

async function lastOutput(upstream, query) {
  const run = (await upstream.runs(query))[0];
  const [{ result, logs }] = await upstream.outputs(run);
  const words = (result ?? logs ?? '').trim();
  if (!words)
    throw new Error(`run ${run.run_id} gave nothing`);
  return { run, words };
}

export const jobs = [
  {
    name: 'failed runs',
    prompt: () => 'Which job runs failed lately, and when did they start?',
    know: async (upstream) => (await upstream.runs({ completed_only: true })).filter(failed),
    plan: (model) => model.call('list_runs', { failed_only: true }),
    facts: (right) => [
      count(right.length, 'runs|total'),
      ...right.map((run) => [run.run_id, run.run_name, new RegExp(`${utc(run.start_time)}[:\\d]* UTC`)]),
    ],
    budget: 1500,
  },
  {
    name: 'why a job failed',
    prompt: (right) => `Why did the job ${right.name} fail the last time?`,
    know: (upstream) => lastFailure(upstream, 'customer_scoring'),
    plan: async (model, right) => {
      const list = await model.call('list_jobs', { name: right.name });
      const job_id = list.pick([right.name], jobId);
      const runs = await model.call('list_runs', { job_id, failed_only: true, limit: 1 });
      await model.call('diagnose_run', { run_id: runs.pick([job_id], runId) });
    },
    facts: ({ broken }) =>
      broken.flatMap((task) => [
        task.task_key,
        tellingLine((task.error ?? task.state.state_message).split('\n')),
        ...(task.notebook_task ? [task.notebook_task.notebook_path.replace('/Workspace', '')] : []),
      ]),
    budget: 1300,
  },
  {
    name: 'when a job runs',
    prompt: (right) => `When does the job ${right.settings.name} run, in which time zone?`,
    know: (upstream) => upstream.job('finance_close'),
    plan: (model, right) => model.call('list_jobs', { name: right.settings.name }),
    facts: ({ settings: { schedule } }) => {
      const [, minute, hour, day] = schedule.quartz_cron_expression.split(' ');
      return [
        [`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`, new RegExp(`day ${day}\\b`), schedule.timezone_id],
      ];
    },
    budget: 300,
  },
  {
    name: 'paused jobs',
    prompt: () => 'Which jobs are paused?',
    know: async (upstream) =>
      (await upstream.jobs()).filter(({ settings: { schedule, trigger, continuous } }) =>
        [schedule, trigger, continuous].some((one) => one?.pause_status === 'PAUSED'),
      ),
    plan: (model) => model.call('list_jobs'),
    facts: (right) => right.map(({ settings }) => [settings.name, /paused/i]),
    budget: 2000,
  },
  {
    name: 'jobs whose last run failed',
    prompt: () => 'Which jobs failed in their last finished run?',
    know: async (upstream) => {
      const last = new Map();
      for (const run of await upstream.runs({ completed_only: true }))
        if (!last.has(run.job_id))
          last.set(run.job_id, run);
      return (await upstream.jobs()).filter(({ job_id }) => last.has(job_id) && failed(last.get(job_id)));
    },
    plan: (model) => model.call('list_jobs'),
    facts: (right) => {
      // Where the answer does not reach back to a job's last run, it says so: no silent dash.
      const bounded = /newest \d+ runs|last \d+ (runs|days)|(runs|results)[^\n]* since|older runs/i;
      return right.map(({ settings }) => ({ any: [[settings.name, /FAILED|ERROR/], bounded] }));
    },
    budget: 2000,
  },
  {
    name: 'run a job and read its output',
    prompt: () => 'Run the job hello_notebook, wait for it, and tell me its output.',
    know: (upstream) => upstream.job('hello_notebook'),
    plan: async (model) => {
      const list = await model.call('list_jobs', { name: 'hello_notebook' });
      await model.call('run_job', { job_id: list.pick(['hello_notebook'], jobId), wait: true });
    },
    facts: async (right, upstream) => {
      const { run, words } = await lastOutput(upstream, { job_id: right.job_id });
      return [String(run.run_id), /SUCCESS/, ...words.split('\n').filter((line) => line.trim())];
    },
    budget: 700,
  },
  {
    name: 'repair a run',
    prompt: (right) => `Run again what failed in the last failed run of ${right.name}.`,
    know: (upstream) => lastFailure(upstream, 'ci_integration_tests'),
    plan: async (model, right) => {
      const runs = await model.call('list_runs', { failed_only: true });
      await model.call('repair_run', { run_id: runs.pick([right.name], runId) });
    },
    facts: async ({ run, broken }, upstream) => {
      const { repair_history: repairs = [] } = await upstream.get('/api/2.2/jobs/runs/get', {
        run_id: run.run_id,
        include_history: true,
      });
      if (!repairs.some((one) => one.type === 'REPAIR'))
        throw new Error('the run was not repaired');
      return [String(run.run_id), ...broken.map((task) => task.task_key), 'get_run'];
    },
    told: ({ broken }) => broken.map((task) => task.task_key),
    budget: 1500,
  },
  {
    name: 'run a notebook once',
    prompt: () => 'Run the notebook /Production/demo/hello on serverless compute and tell me its output.',
    know: () => undefined,
    plan: (model) =>
      model.call('run_notebook', { notebook_path: '/Production/demo/hello', serverless: true, wait: true }),
    facts: async (right, upstream) => {
      const { words } = await lastOutput(upstream, { run_type: 'SUBMIT_RUN' });
      return [/SUCCESS/, ...words.split('\n').filter((line) => line.trim())];
    },
    budget: 500,
  },
  {
    name: 'a schedule in the form of Unix',
    prompt: () => 'Let the job silver_orders_backfill run at 06:00 in Berlin each day: "0 6 * * *".',
    know: (upstream) => upstream.job('silver_orders_backfill'),
    plan: async (model) => {
      const list = await model.call('list_jobs', { name: 'silver_orders_backfill' });
      const change = { job_id: list.pick(['silver_orders_backfill'], jobId), schedule_timezone: 'Europe/Berlin' };
      const refusal = await model.call('update_job', { ...change, schedule_cron: '0 6 * * *' }, { fails: true });
      const [, quartz] = /"?(0 0 6 [*?] \* [*?])"?/.exec(refusal.whole) ?? [];
      if (!quartz)
        throw new Error('the refusal does not say the Quartz form');
      await model.call('update_job', { ...change, schedule_cron: quartz });
    },
    facts: async ({ job_id }, upstream) => {
      const {
        settings: { schedule },
      } = await upstream.get('/api/2.2/jobs/get', { job_id });
      if (schedule?.timezone_id !== 'Europe/Berlin')
        throw new Error('the job has no such schedule');
      return [
        [/every day at 06:00/, 'Europe/Berlin'],
        /next[^\n]*\d{4}-\d\d-\d\d \d\d:\d\d/i,
        /not paused|paused: (false|no)/i,
      ];
    },
    args: ['--toolsets', 'connection,jobs,jobs_admin'],
    budget: 900,
  },
];
