// What people ask, and the tool that a search over names and descriptions must find first: clients that show a model
// names only search so.

export const questions = [
  ['why did my job fail', /^diagnose_/],
  ['run a sql query', 'query_sql'],
  ['show the error of a failed run', /^diagnose_/, 'get_run_output'],
  ['which clusters are running', 'list_clusters'],
  ['start a cluster', 'start_cluster'],
  ['stop the cluster', 'stop_cluster'],
  ['restart cluster', 'restart_cluster'],
  ['why did the cluster terminate', 'get_cluster', 'list_cluster_events'],
  ['what happened to a cluster', 'list_cluster_events'],
  ['list sql warehouses', 'list_warehouses'],
  ['insert rows into a table', 'execute_sql'],
  ['create a table', 'execute_sql'],
  ['export query result to csv', 'export_query'],
  ['query history, slow queries', 'list_queries'],
  ['list catalogs', 'list_catalogs'],
  ['schemas of a catalog', 'list_schemas'],
  ['tables in a schema', 'list_tables'],
  ['columns and types of a table', 'describe_tables', 'get_table'],
  ['find a table by name', 'search_tables'],
  ['find a table with a column', 'search_tables'],
  ['table lineage', 'get_table_lineage'],
  ['read a notebook', 'read_notebook'],
  ['search text in notebooks', 'search_notebooks'],
  ['files in a workspace folder', 'list_workspace'],
  ['list jobs and schedules', 'list_jobs'],
  ['run a job now', 'run_job'],
  ['output of a job run', 'get_run_output'],
  ['rerun failed tasks of a run', 'repair_run'],
  ['who has permission', 'get_permissions'],
  ['pipeline errors', 'list_pipeline_events'],
];

const idle = new Set(
  'a an and by did do does for from has have i in into is it its my now of on or the to what which who why with'.split(
    ' ',
  ),
);

/** The words of a text, without endings. */
function words(text) {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word && !idle.has(word))
    .map((word) =>
      word.length < 5
        ? word.replace(/s$/, '')
        : word
            .replace(/(ies|ied)$/, 'y')
            .replace(/(s|ed|ing|ure)$/, '')
            .replace(/(.)\1$/, '$1')
            .replace(/e$/, ''),
    );
}

/** The names of the tools, best first: BM25 over the words of name (thrice) and description. */
export function ranking(tools, question) {
  const texts = tools.map(({ name, description }) => [...Array(3).fill(words(name)).flat(), ...words(description)]);
  const mean = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const score = (text) =>
    words(question).reduce((sum, word) => {
      const often = text.filter((one) => one === word).length;
      const holders = texts.filter((one) => one.includes(word)).length;
      const rare = Math.log(1 + (texts.length - holders + 0.5) / (holders + 0.5));
      return sum + (rare * often * 2.2) / (often + 1.2 * (0.25 + (0.75 * text.length) / mean));
    }, 0);
  return tools
    .map(({ name }, index) => ({ name, score: score(texts[index]) }))
    .sort((one, other) => other.score - one.score)
    .map(({ name }) => name);
}

/** The questions that do not find their tool first: {question, right, place, first}; 0 is no place. */
export function misses(tools) {
  return questions
    .map(([question, ...right]) => {
      const ranked = ranking(tools, question);
      const place =
        ranked.findIndex((name) => right.some((one) => (one instanceof RegExp ? one.test(name) : one === name))) + 1;
      return { question, right, place, first: ranked.slice(0, 3) };
    })
    .filter(({ place }) => place !== 1);
}
