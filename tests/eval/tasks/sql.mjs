// Queries, changes by SQL, the query history.

import { count, lasting } from '../words.mjs';

const byStatus = `SELECT o_orderstatus, sum(o_totalprice) AS total, count(*) AS orders
FROM samples.tpch.orders GROUP BY o_orderstatus ORDER BY o_orderstatus`;
const madeTable = 'main.default.big_orders';

export const sql = [
  {
    name: 'a sum by group',
    prompt: () => 'What are the total price and the number of orders by order status in samples.tpch.orders?',
    know: (upstream) => upstream.sql(byStatus),
    plan: (model) => model.call('query_sql', { statement: byStatus }),
    facts: (right) => right,
    budget: 500,
  },
  {
    name: 'a query with a parameter',
    prompt: () => 'How many orders of samples.tpch.orders have the status F? Use a parameter for the status.',
    know: (upstream) => upstream.sql("SELECT count(*) FROM samples.tpch.orders WHERE o_orderstatus = 'F'"),
    plan: (model) =>
      model.call('query_sql', {
        statement: 'SELECT count(*) AS orders FROM samples.tpch.orders WHERE o_orderstatus = :status',
        parameters: { status: 'F' },
      }),
    facts: ([[number]]) => [number],
    budget: 300,
  },
  {
    name: 'a question that would change data',
    prompt: () => 'Delete all rows of samples.nyctaxi.trips with a fare below zero, with query_sql.',
    know: (upstream) => upstream.sql('SELECT count(*) FROM samples.nyctaxi.trips'),
    plan: (model) => model.call('query_sql', { statement: 'DELETE FROM samples.nyctaxi.trips WHERE fare_amount < 0' }),
    facts: async ([[before]], upstream) => {
      const [[after]] = await upstream.sql('SELECT count(*) FROM samples.nyctaxi.trips');
      if (before !== after)
        throw new Error('the rows are gone');
      return [/chang/i, 'execute_sql'];
    },
    told: () => [],
    fails: true,
    budget: 300,
  },
  {
    name: 'a new table from a query',
    prompt: () =>
      `Make a table ${madeTable} of the orders above 300000 in samples.tpch.orders, and say how many there are.`,
    know: (upstream) => upstream.sql('SELECT count(*) FROM samples.tpch.orders WHERE o_totalprice > 300000'),
    plan: async (model) => {
      await model.call('execute_sql', {
        statement: `CREATE TABLE ${madeTable} AS SELECT * FROM samples.tpch.orders WHERE o_totalprice > 300000`,
      });
      await model.call('query_sql', { statement: `SELECT count(*) AS orders FROM ${madeTable}` });
    },
    facts: async ([[number]], upstream) => {
      const [[made]] = await upstream.sql(`SELECT count(*) FROM ${madeTable}`);
      if (made !== number)
        throw new Error(`${made} rows were written`);
      return [number];
    },
    budget: 600,
  },
  {
    name: 'a table name with a slip',
    prompt: () => 'Show ten rows of samples.nyctaxi.tripz.',
    know: () => undefined,
    plan: (model) => model.call('query_sql', { statement: 'SELECT * FROM samples.nyctaxi.tripz LIMIT 10' }),
    facts: () => ['TABLE_OR_VIEW_NOT_FOUND', '42P01', /\btrips\b/, { never: /42P01[^]*42P01/ }],
    told: () => [/\btrips\b/],
    fails: true,
    budget: 300,
  },
  {
    name: 'a table with many rows',
    prompt: () => 'Show me the rows of samples.tpch.lineitem. Are these all?',
    know: (upstream) => upstream.sql('SELECT count(*) FROM samples.tpch.lineitem'),
    plan: (model) => model.call('query_sql', { statement: 'SELECT * FROM samples.tpch.lineitem' }),
    facts: ([[number]]) => [
      count('\\d{2,3}', 'rows|shown|of'),
      { any: [number, /more rows|there are more|has more|more: true/i] },
    ],
    budget: 5000,
  },
  {
    name: 'the slowest query of the day',
    prompt: () => 'Which query of the last day took longest, who sent it, on which warehouse, and how did it end?',
    know: async (upstream) => {
      const { warehouses } = await upstream.get('/api/2.0/sql/warehouses');
      const queries = await upstream.all('/api/2.0/sql/history/queries', 'res', { max_results: 100 });
      const slowest = queries.sort((one, other) => other.duration - one.duration)[0];
      return {
        ...slowest,
        warehouse: warehouses.find((one) => one.id === (slowest.warehouse_id ?? slowest.endpoint_id)),
      };
    },
    plan: (model) =>
      model.call('list_queries', { limit: 5, ...model.optional('list_queries', /sort|order|slow/, /slow|duration/) }),
    facts: (right) => [
      [
        right.user_name,
        right.status,
        new RegExp(`${lasting(right.duration).source}|\\b${right.duration}\\b|\\b${right.duration / 1000} ?s\\b`),
        new RegExp(`${right.warehouse?.name}|${right.warehouse_id ?? right.endpoint_id}`),
      ],
    ],
    budget: 800,
  },
];
