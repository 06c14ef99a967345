// Tables, notebooks, files.

import { count, tellingLine } from '../words.mjs';

const searched = '/Production';

/** A word of the code that stands in some of the notebooks, and in as many of these few as can be. */
function rareText(notebooks) {
  const words = notebooks.flatMap(({ lines }) => lines.join('\n').match(/[A-Za-z_][\w.]{6,}\w/g) ?? []);
  const holders = (word) => notebooks.filter(({ lines }) => lines.some((line) => line.includes(word))).length;
  const [rare] = [...new Set(words)]
    .map((word) => ({ word, holders: holders(word) }))
    .filter((one) => one.holders <= 12)
    .sort((one, other) => other.holders - one.holders);
  return rare.word;
}

export const data = [
  {
    name: 'two tables in detail',
    prompt: () =>
      'Which columns of what types, and how many rows, have the tables samples.tpch.orders and samples.tpch.customer?',
    know: async (upstream) =>
      Promise.all(
        ['samples.tpch.orders', 'samples.tpch.customer'].map(async (name) => ({
          ...(await upstream.get(`/api/2.1/unity-catalog/tables/${name}`)),
          rows: (await upstream.sql(`SELECT count(*) FROM ${name}`))[0][0],
        })),
      ),
    plan: (model) => model.call('describe_tables', { tables: ['samples.tpch.orders', 'samples.tpch.customer'] }),
    facts: (right) =>
      right.flatMap((table) => [
        table.full_name,
        new RegExp(`\\b${table.rows}\\b|\\b${Number(table.rows).toLocaleString('en')}\\b`),
        ...table.columns.map((column) => [column.name, new RegExp(column.type_text.replaceAll(/[()]/g, '\\$&'), 'i')]),
      ]),
    budget: 1500,
  },
  {
    name: 'tables by name',
    prompt: () => 'Which tables have "order" in their names?',
    know: async (upstream) => (await upstream.tables()).filter(({ name }) => name.includes('order')),
    plan: (model) => model.call('search_tables', { pattern: 'order' }),
    facts: (right) => [count(right.length, 'tables|total'), ...right.map((one) => one.full_name)],
    budget: 600,
  },
  {
    name: 'tables by column',
    prompt: () => 'Which tables have a column o_custkey?',
    know: async (upstream) =>
      (await upstream.tables()).filter(({ columns }) => columns?.some(({ name }) => name === 'o_custkey')),
    plan: (model) => model.call('search_tables', model.optional('search_tables', /column/, 'o_custkey', 'pattern')),
    facts: (right) => right.map((one) => [one.full_name, 'o_custkey']),
    budget: 600,
  },
  {
    name: 'lineage',
    prompt: () => 'What is main.default.sales_targets made from, and what is made from it?',
    know: (upstream) =>
      upstream.sql(`SELECT source_table_full_name, target_table_full_name, entity_type
      FROM system.access.table_lineage WHERE source_table_full_name = 'main.default.sales_targets'
      OR target_table_full_name = 'main.default.sales_targets'`),
    plan: (model) => model.call('get_table_lineage', { full_name: 'main.default.sales_targets' }),
    facts: (right) =>
      // What reads the table and makes none from it has no neighbour.
      right.map(([source, target, entity]) =>
        [source === 'main.default.sales_targets' ? target : source, entity].filter(Boolean)),
    budget: 700,
  },
  {
    name: "a notebook's source",
    prompt: () => 'What does the notebook /Production/finance/close_month do?',
    know: (upstream) => upstream.notebook('/Production/finance/close_month'),
    plan: (model) => model.call('read_notebook', { path: '/Production/finance/close_month' }),
    facts: (right) => [...right.filter((line) => line.trim().length > 3), count(right.length, 'lines?|of')],
    budget: 3000,
  },
  {
    name: 'search in notebooks',
    prompt: (right) => `In which notebooks below ${searched} does "${right.text}" stand, and in which lines?`,
    know: async (upstream) => {
      const notebooks = await upstream.notebooks(searched);
      const text = rareText(notebooks);
      const hits = notebooks.flatMap(({ path, lines }) =>
        lines.flatMap((line, index) => (line.includes(text) ? [{ path, number: index + 1, line: line.trim() }] : [])),
      );
      return { text, hits };
    },
    plan: (model, right) => model.call('search_notebooks', { text: right.text, path: searched }),
    facts: ({ hits }) => hits.map(({ path, number, line }) => [path, number, line.slice(0, 40)]),
    budget: 2000,
  },
  {
    name: 'files of a volume',
    prompt: (right) => `Which files lie in the volume ${right.volume}, and what stands in ${right.file?.name}?`,
    know: async (upstream) => {
      const volumes = await upstream.all('/api/2.1/unity-catalog/volumes', 'volumes', {
        catalog_name: 'main',
        schema_name: 'default',
      });
      for (const { full_name: volume } of volumes) {
        const path = `/Volumes/${volume.replaceAll('.', '/')}`;
        const { contents = [] } = await upstream.get(`/api/2.0/fs/directories${path}`).catch(() => ({}));
        const file = contents.find(
          (one) => !one.is_directory && one.file_size > 0 && /\.(csv|json|md|txt|log)$/.test(one.name),
        );
        if (file)
          return { volume, contents, file, text: await upstream.text(`/api/2.0/fs/files${encodeURI(file.path)}`) };
      }
      throw new Error('no listed volume of main.default can be read');
    },
    plan: async (model, right) => {
      const volumes = await model.call('list_volumes', { catalog_name: 'main', schema_name: 'default' });
      const path = volumes.pick([right.volume], /path/i);
      const files = await model.call('list_volume_files', { path });
      const name = files.pick([/\.(csv|json|md|txt|log)\b/], /^(name|path)$/i);
      await model.call('read_volume_file', { path: name.startsWith('/') ? name : `${path}/${name}` });
    },
    facts: (right) => [
      ...right.contents.map((one) => (one.is_directory ? one.name : [one.name, /\d+ ?(B|kB|KiB|bytes)?/])),
      tellingLine(right.text.split('\n')) ?? right.text.trim().split('\n')[0],
    ],
    budget: 1500,
  },
];
