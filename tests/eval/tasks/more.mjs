// Permissions, pipelines, secrets, models, and what the program says of itself.

import { count } from '../words.mjs';

export const more = [
  {
    name: 'who may do what with a job',
    prompt: () => 'Who may manage the job ingest_orders?',
    know: async (upstream) => {
      const { job_id } = await upstream.job('ingest_orders');
      return (await upstream.get(`/api/2.0/permissions/jobs/${job_id}`)).access_control_list;
    },
    plan: async (model) => {
      const list = await model.call('list_jobs', { name: 'ingest_orders' });
      await model.call('get_permissions', {
        object_type: 'jobs',
        object_id: list.pick(['ingest_orders'], /^(job.)?id$/i),
      });
    },
    facts: (right) =>
      right.map((one) => [
        one.user_name ?? one.group_name ?? one.service_principal_name,
        one.all_permissions[0].permission_level,
      ]),
    budget: 500,
  },
  {
    name: 'why a pipeline failed',
    prompt: () => 'Which pipeline failed, and why?',
    know: async (upstream) => {
      const pipeline = (await upstream.all('/api/2.0/pipelines', 'statuses')).find((one) => one.state === 'FAILED');
      const events = await upstream.all(`/api/2.0/pipelines/${pipeline.pipeline_id}/events`, 'events', {
        max_results: 100,
      });
      return { ...pipeline, error: events.find((one) => one.error)?.error.exceptions[0].message };
    },
    plan: async (model) => {
      const list = await model.call('list_pipelines');
      await model.call('list_pipeline_events', {
        pipeline_id: list.pick(['FAILED'], /^(pipeline.)?id$/i),
        level: 'ERROR',
        limit: 5,
      });
    },
    facts: (right) => [[right.name, 'FAILED'], right.error],
    budget: 1500,
  },
  {
    name: 'secrets of a scope',
    prompt: () => 'Which secrets are in the scope crm?',
    know: async (upstream) => (await upstream.get('/api/2.0/secrets/list', { scope: 'crm' })).secrets,
    plan: (model) => model.call('list_secrets', { scope: 'crm' }),
    facts: (right) => [count(right.length, 'secrets|total'), ...right.map((one) => one.key)],
    args: ['--toolsets', 'connection,secrets'],
    budget: 300,
  },
  {
    name: 'a tool that is off',
    prompt: () => 'Which secret scopes are there?',
    know: () => undefined,
    plan: async (model) => {
      await model.call('get_connection');
      await model.call('list_secret_scopes', {}, { fails: true });
    },
    told: () => [/\boff\b|switch|turn|enable/i],
    facts: () => ['secrets', [/list_secret_scopes|secrets/, /\boff\b|switched|turn/i], /settings|window|--toolsets/i],
    budget: 900,
  },
  {
    name: 'a change while read-only',
    prompt: (right) => `Stop the cluster "${right.cluster_name}".`,
    know: async (upstream) =>
      (await upstream.clusters()).find((one) => one.state === 'RUNNING' && one.cluster_source === 'UI'),
    plan: async (model, right) => {
      const list = await model.call('list_clusters', { name_contains: right.cluster_name });
      await model.call(
        'stop_cluster',
        { cluster_id: list.pick([right.cluster_name], /^(cluster.)?id$/i) },
        { fails: true },
      );
    },
    facts: async (right, upstream) => {
      const { state } = await upstream.get('/api/2.1/clusters/get', { cluster_id: right.cluster_id });
      if (state !== 'RUNNING')
        throw new Error(`the cluster is ${state}`);
      return [[/stop_cluster/, /read-only/i, /window|person|--read-only/i]];
    },
    told: () => [/read.only/i],
    args: ['--read-only'],
    budget: 500,
  },
  {
    name: 'a question to Genie',
    prompt: () => 'Ask Genie from which zip code the fares of the taxi trips are highest.',
    know: async (upstream) =>
      (await upstream.get('/api/2.0/genie/spaces')).spaces.find((one) => one.title.startsWith('Taxi')),
    plan: async (model) => {
      const list = await model.call('list_genie_spaces');
      await model.call('ask_genie', {
        space_id: list.pick(['Taxi trips'], /id$/i),
        question: 'Where are fares highest?',
      });
    },
    facts: async (right, upstream) => {
      const rows = await upstream.sql(
        'SELECT pickup_zip FROM samples.nyctaxi.trips GROUP BY pickup_zip ORDER BY avg(fare_amount) DESC',
      );
      return [/SELECT[^]*samples\.nyctaxi\.trips/, rows[0][0]];
    },
    args: ['--toolsets', 'connection,genie'],
    budget: 800,
  },
  {
    name: 'models that are not ready',
    prompt: () => 'Which serving endpoints are not ready?',
    know: async (upstream) => (await upstream.get('/api/2.0/serving-endpoints')).endpoints,
    plan: (model) => model.call('list_serving_endpoints'),
    facts: (right) => [
      count(right.filter((one) => one.state.ready === 'READY').length, 'ready'),
      ...right.map((one) => [one.name, one.state.ready]),
    ],
    args: ['--toolsets', 'connection,serving'],
    budget: 400,
  },
  {
    name: 'where and who am I',
    prompt: () =>
      'Which workspace is this, who am I in it, what time is it there, and which toolsets could be switched on?',
    know: async (upstream) => ({ ...(await upstream.get('/api/2.0/preview/scim/v2/Me')), host: upstream.host }),
    plan: (model) => model.call('get_connection'),
    facts: (right) => [
      right.userName,
      right.host,
      new RegExp(`${new Date().toISOString().slice(0, 10)} \\d\\d:\\d\\d[:\\d]* UTC`),
      ...['secrets', 'genie', 'serving', 'cluster_admin', 'jobs_admin'],
    ],
    budget: 700,
  },
  {
    name: 'the groups of a user',
    prompt: () => 'Which groups am I in? The endpoint is /api/2.0/preview/scim/v2/Me.',
    know: (upstream) => upstream.get('/api/2.0/preview/scim/v2/Me'),
    plan: (model) =>
      model.call('call_api', {
        method: 'GET',
        path: '/api/2.0/preview/scim/v2/Me',
        ...model.optional('call_api', /select/, ['userName', 'groups']),
      }),
    facts: (right) => [right.userName, ...right.groups.map((one) => one.display), { never: 'cluster-create' }],
    args: ['--toolsets', 'connection,api'],
    budget: 400,
  },
];
