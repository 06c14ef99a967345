// Clusters and warehouses.

import { utc } from '../upstream.mjs';
import { count, lasting } from '../words.mjs';

const byPeople = (cluster) => !['JOB', 'PIPELINE'].includes(cluster.cluster_source);
const clusterId = /^(cluster.)?id$/i;

const running = async (upstream) =>
  (await upstream.clusters()).filter((one) => byPeople(one) && one.state === 'RUNNING');

export const compute = [
  {
    name: 'running clusters',
    prompt: () => 'Which clusters are running right now? Leave out those of jobs and pipelines.',
    know: running,
    plan: (model) => model.call('list_clusters', { states: ['RUNNING'] }),
    facts: (right) => [count(right.length, 'running|clusters'), ...right.map((one) => [one.cluster_name, 'RUNNING'])],
    budget: 1200,
  },
  {
    name: 'how many clusters',
    prompt: () => 'How many clusters do we have, how many of them run, and how many more belong to jobs and pipelines?',
    know: (upstream) => upstream.clusters(),
    plan: (model) => model.call('list_clusters'),
    facts: (right) => {
      const own = right.filter(byPeople);
      const runningOnes = own.filter((one) => one.state === 'RUNNING');
      return [
        count(own.length, 'clusters|total'),
        count(runningOnes.length, 'running'),
        ...runningOnes.map((one) => one.cluster_name), // they come first, so that a page shows them all
        count(right.length - own.length, 'job|pipeline'),
      ];
    },
    budget: 2000,
  },
  {
    name: 'clusters that never stop',
    prompt: () => 'Which running clusters do not stop by themselves when idle?',
    know: async (upstream) => (await running(upstream)).filter((one) => one.autotermination_minutes === 0),
    plan: (model) => model.call('list_clusters', { states: ['RUNNING'] }),
    facts: (right) => right.map((one) => [one.cluster_name, /never|(auto|stop|idle)[^|]*?: ?(0|off|none|no)\b/i]),
    budget: 1200,
  },
  {
    name: 'how long a cluster has been up',
    prompt: (right) =>
      `How long has the cluster "${right.cluster_name}" been up, and after how many idle minutes does it stop?`,
    know: async (upstream) => (await running(upstream)).find((one) => one.autotermination_minutes > 0),
    plan: async (model, right) => {
      const list = await model.call('list_clusters', { name_contains: right.cluster_name });
      await model.call('get_cluster', { cluster_id: list.pick([right.cluster_name], clusterId) });
    },
    facts: (right) => [
      { any: [utc(right.start_time), lasting(Date.now() - right.start_time)] },
      count(right.autotermination_minutes, 'auto\\w*|idle'),
      ...(right.last_activity_time
        ? [{ any: [utc(right.last_activity_time), lasting(Date.now() - right.last_activity_time)] }]
        : []),
    ],
    budget: 800,
  },
  {
    name: 'why a cluster stopped',
    prompt: (right) => `Why and when did the cluster "${right.cluster_name}" stop?`,
    know: (upstream) => upstream.cluster('Shared Autoscaling Americas'),
    plan: async (model, right) => {
      const list = await model.call('list_clusters', { name_contains: right.cluster_name });
      await model.call('get_cluster', { cluster_id: list.pick([right.cluster_name], clusterId) });
    },
    facts: (right) => ['TERMINATED', /idle|inactiv/i, new RegExp(`${utc(right.terminated_time)}[:\\d]* ?(UTC|Z)`)],
    budget: 800,
  },
  {
    name: 'start a cluster',
    prompt: (right) => `Start the cluster "${right.cluster_name}".`,
    know: (upstream) => upstream.cluster('Lineage Crawler'),
    plan: async (model, right) => {
      const list = await model.call('list_clusters', { name_contains: right.cluster_name });
      await model.call('start_cluster', { cluster_id: list.pick([right.cluster_name], clusterId) });
    },
    facts: async (right, upstream) => {
      const { state } = await upstream.get('/api/2.1/clusters/get', { cluster_id: right.cluster_id });
      if (!['PENDING', 'RUNNING'].includes(state))
        throw new Error(`the cluster was not started: ${state}`);
      return [[right.cluster_name, /start|PENDING|RUNNING/i], 'get_cluster', /minutes/];
    },
    told: (right) => [right.cluster_name, /start/i],
    budget: 600,
  },
  {
    name: 'what happened to a cluster lately',
    prompt: (right) => `What happened to the cluster "${right.cluster_name}" in the last two days?`,
    know: async (upstream) => {
      const cluster = await upstream.cluster('Shared Autoscaling Americas');
      const { events } = await upstream.post('/api/2.1/clusters/events', {
        cluster_id: cluster.cluster_id,
        limit: 100,
      });
      const since = Date.now() - 48 * 3_600_000;
      return { ...cluster, since, events };
    },
    plan: async (model, right) => {
      const list = await model.call('list_clusters', { name_contains: right.cluster_name });
      const cluster_id = list.pick([right.cluster_name], clusterId);
      await model.call('list_cluster_events', {
        cluster_id,
        ...model.optional('list_cluster_events', /since|from/, '48 hours ago'),
      });
    },
    facts: ({ events, since }) => [
      ...events.filter((one) => one.timestamp >= since).map((one) => [utc(one.timestamp), one.type]),
      ...events
        .filter((one) => one.timestamp < since - 60_000)
        .slice(0, 3)
        .map((one) => ({ never: utc(one.timestamp) })),
    ],
    budget: 1200,
  },
  {
    name: 'warehouses',
    prompt: () => 'Which SQL warehouses are there, how large are they, and which run?',
    know: async (upstream) => (await upstream.get('/api/2.0/sql/warehouses')).warehouses,
    plan: (model) => model.call('list_warehouses'),
    facts: (right) => [
      count(right.length, 'warehouses|total'),
      ...right.map((one) => [one.name, one.state, one.cluster_size, one.id]),
    ],
    budget: 500,
  },
];
