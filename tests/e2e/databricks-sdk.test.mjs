// The sample workspace against Databricks' own SDK for JavaScript: what that takes for a workspace is one.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import sdk from '@databricks/sdk-experimental';

import { shared, startSampleWorkspace, workspaceToken } from './harness.mjs';

const { ApiError, Time, TimeUnits, WorkspaceClient } = sdk;

const user = 'maria.santos@example.com';
const home = `/Users/${user}`;
const volume = '/Volumes/main/default/raw';
const pipeline = 'b58728d0-1c7e-9336-acd4-ee61227a6fab';
const warehouse = '8f3b2c1d90e47a65';
const space = '01f0aa11bb22cc33dd44ee55ff660001';
const nowhere = '00000000-0000-0000-0000-000000000000';
const me = '/api/2.0/preview/scim/v2/Me';
const limit = { timeout: new Time(2, TimeUnits.minutes) };

function clientOf(workspace, options = {}) {
  return new WorkspaceClient({ host: workspace.host, token: workspaceToken, authType: 'pat', ...options });
}

async function collect(items) {
  const all = [];
  for await (const item of items)
    all.push(item);
  return all;
}

/** What the REST API says without the SDK. */
async function ask(workspace, method, path, { query = {}, body } = {}) {
  const answer = await fetch(`${workspace.host}${path}?${new URLSearchParams(query)}`, {
    method,
    headers: { Authorization: `Bearer ${workspaceToken}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

/** Every item of a listing in one page after the other. */
async function rawItems(workspace, path, key, parameters = {}, method = 'GET', tokenName = 'page_token') {
  const items = [];
  for (let token = ''; ;) {
    const asked = token ? { ...parameters, [tokenName]: token } : parameters;
    const page = await ask(workspace, method, path, method === 'GET' ? { query: asked } : { body: asked });
    items.push(...page[key] ?? []);
    token = page.next_page_token;
    if (!token)
      return items;
  }
}

const schema = { catalog_name: 'main', schema_name: 'default' };
const eventsOf = { cluster_id: shared.id };

// How the SDK lists, in small pages where it can; the path, key and parameters of the same listing; what tells items
// apart; and how the SDK gets one.
const listings = [
  ['clusters', (w) => w.clusters.list({ page_size: 7 }), ['/api/2.1/clusters/list', 'clusters', { page_size: 100 }],
    'cluster_id', (w, one) => w.clusters.get(one)],
  ['events of a cluster', (w) => w.clusters.events({ ...eventsOf, page_size: 3 }),
    ['/api/2.1/clusters/events', 'events', { ...eventsOf, page_size: 500 }, 'POST'], 'timestamp'],
  ['cluster policies', (w) => w.clusterPolicies.list({}), ['/api/2.0/policies/clusters/list', 'policies'],
    'policy_id', (w, one) => w.clusterPolicies.get(one)],
  ['instance pools', (w) => w.instancePools.list(), ['/api/2.0/instance-pools/list', 'instance_pools'],
    'instance_pool_id', (w, one) => w.instancePools.get(one)],
  ['libraries', (w) => w.libraries.clusterStatus({ cluster_id: shared.id }),
    ['/api/2.0/libraries/cluster-status', 'library_statuses', { cluster_id: shared.id }], 'library'],
  ['jobs', (w) => w.jobs.list({ limit: 7 }), ['/api/2.2/jobs/list', 'jobs', { limit: 100 }],
    'job_id', (w, one) => w.jobs.get(one)],
  ['runs', (w) => w.jobs.listRuns({ limit: 7 }), ['/api/2.2/jobs/runs/list', 'runs', { limit: 24 }],
    'run_id', (w, one) => w.jobs.getRun(one)],
  ['warehouses', (w) => w.warehouses.list({ page_size: 1 }), ['/api/2.0/sql/warehouses', 'warehouses'],
    'id', (w, one) => w.warehouses.get(one)],
  ['catalogs', (w) => w.catalogs.list({ max_results: 1 }), ['/api/2.1/unity-catalog/catalogs', 'catalogs'],
    'name', (w, one) => w.catalogs.get(one)],
  ['schemas', (w) => w.schemas.list({ catalog_name: 'main', max_results: 1 }),
    ['/api/2.1/unity-catalog/schemas', 'schemas', { catalog_name: 'main' }],
    'full_name', (w, one) => w.schemas.get(one)],
  // This SDK takes an empty page for the last one, so it asks for tables, volumes and functions without pages.
  ['tables', (w) => w.tables.list(schema), ['/api/2.1/unity-catalog/tables', 'tables', { ...schema, max_results: 2 }],
    'full_name', (w, one) => w.tables.get(one)],
  ['volumes', (w) => w.volumes.list(schema),
    ['/api/2.1/unity-catalog/volumes', 'volumes', { ...schema, max_results: 1 }],
    'full_name', (w, one) => w.volumes.read({ name: one.full_name })],
  ['functions', (w) => w.functions.list(schema),
    ['/api/2.1/unity-catalog/functions', 'functions', { ...schema, max_results: 1 }],
    'full_name', (w, one) => w.functions.get({ name: one.full_name })],
  ['table summaries', (w) => w.tables.listSummaries({ catalog_name: 'samples', max_results: 2 }),
    ['/api/2.1/unity-catalog/table-summaries', 'tables', { catalog_name: 'samples' }], 'full_name'],
  ['workspace objects', (w) => w.workspace.list({ path: home }), ['/api/2.0/workspace/list', 'objects', { path: home }],
    'path', (w, one) => w.workspace.getStatus(one)],
  ['repos', (w) => w.repos.list({}), ['/api/2.0/repos', 'repos', {}, 'GET', 'next_page_token'],
    'id', (w, one) => w.repos.get({ repo_id: one.id })],
  ['secret scopes', (w) => w.secrets.listScopes(), ['/api/2.0/secrets/scopes/list', 'scopes'], 'name'],
  ['secrets', (w) => w.secrets.listSecrets({ scope: 'crm' }), ['/api/2.0/secrets/list', 'secrets', { scope: 'crm' }],
    'key'],
  ['pipelines', (w) => w.pipelines.listPipelines({ max_results: 2 }), ['/api/2.0/pipelines', 'statuses'],
    'pipeline_id', (w, one) => w.pipelines.get(one)],
  ['pipelines by name', (w) => w.pipelines.listPipelines({ filter: "name LIKE '%orders%'" }),
    ['/api/2.0/pipelines', 'statuses', { filter: "name LIKE '%orders%'" }], 'pipeline_id'],
  ['events of a pipeline', (w) => w.pipelines.listPipelineEvents({ pipeline_id: pipeline, max_results: 5 }),
    [`/api/2.0/pipelines/${pipeline}/events`, 'events', { max_results: 250 }], 'id'],
  ['files of a volume', (w) => w.files.listDirectoryContents({ directory_path: volume, page_size: 2 }),
    [`/api/2.0/fs/directories${volume}`, 'contents'], 'path'],
  ['files of DBFS', (w) => w.dbfs.list({ path: '/' }), ['/api/2.0/dbfs/list', 'files', { path: '/' }],
    'path', (w, one) => w.dbfs.getStatus(one)],
  ['serving endpoints', (w) => w.servingEndpoints.list(), ['/api/2.0/serving-endpoints', 'endpoints'],
    'name', (w, one) => w.servingEndpoints.get(one)],
  ['apps', (w) => w.apps.list({ page_size: 2 }), ['/api/2.0/apps', 'apps'], 'name', (w, one) => w.apps.get(one)],
  ['deployments of an app', (w) => w.apps.listDeployments({ app_name: 'churn-explorer', page_size: 2 }),
    ['/api/2.0/apps/churn-explorer/deployments', 'app_deployments'], 'deployment_id'],
  ['vector search endpoints', (w) => w.vectorSearchEndpoints.listEndpoints({}),
    ['/api/2.0/vector-search/endpoints', 'endpoints'],
    'name', (w, one) => w.vectorSearchEndpoints.getEndpoint({ endpoint_name: one.name })],
  ['vector search indexes', (w) => w.vectorSearchIndexes.listIndexes({ endpoint_name: 'search-main' }),
    ['/api/2.0/vector-search/indexes', 'vector_indexes', { endpoint_name: 'search-main' }],
    'name', (w, one) => w.vectorSearchIndexes.getIndex({ index_name: one.name })],
  ['tokens', (w) => w.tokens.list(), ['/api/2.0/token/list', 'token_infos'], 'token_id'],
];

test('lists to the end what the REST API has, and gets each', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const w = clientOf(workspace);
  for (const [name, list, raw, key, get] of listings) {
    await t.test(name, async () => {
      const items = await collect(list(w));
      const identities = items.map((item) => item[key]);
      assert.ok(identities.length > 0 && !identities.includes(undefined), `${key} of ${name}`);
      assert.deepEqual(identities, (await rawItems(workspace, ...raw)).map((item) => item[key]));
      // Some runs have ids of more bits than JavaScript's numbers.
      const gettable = items.filter((item) => typeof item[key] !== 'number' || Number.isSafeInteger(item[key]));
      for (const item of get ? gettable.slice(0, 20) : [])
        assert.deepEqual((await get(w, item))[key], item[key]);
    });
  }
});

// The SDK's call, and the HTTP status, error_code and words of what it throws.
const failures = [
  ['cluster', (w) => w.clusters.get({ cluster_id: nowhere }), 400, 'INVALID_PARAMETER_VALUE', /does not exist/],
  ['cluster to start', (w) => w.clusters.start({ cluster_id: nowhere }), 400, 'INVALID_PARAMETER_VALUE', /not exist/],
  ['job', (w) => w.jobs.get({ job_id: 1 }), 400, 'INVALID_PARAMETER_VALUE', /Job 1 does not exist/],
  ['run', (w) => w.jobs.getRun({ run_id: 1 }), 400, 'INVALID_PARAMETER_VALUE', /Run 1 does not exist/],
  ['output', (w) => w.jobs.getRunOutput({ run_id: 1 }), 400, 'INVALID_PARAMETER_VALUE', /Run 1 does not exist/],
  ['policy', (w) => w.clusterPolicies.get({ policy_id: 'x' }), 404, 'RESOURCE_DOES_NOT_EXIST', /cluster policy/],
  ['warehouse', (w) => w.warehouses.get({ id: 'x' }), 404, 'RESOURCE_DOES_NOT_EXIST', /does not exist/],
  ['statement', (w) => w.statementExecution.getStatement({ statement_id: nowhere }), 404, 'NOT_FOUND', /not found/],
  ['table', (w) => w.tables.get({ full_name: 'main.default.none' }), 404, 'TABLE_DOES_NOT_EXIST', /does not exist/],
  ['folder', (w) => collect(w.workspace.list({ path: '/none' })), 404, 'RESOURCE_DOES_NOT_EXIST', /\/none/],
  ['repo', (w) => w.repos.get({ repo_id: 1 }), 404, 'RESOURCE_DOES_NOT_EXIST', /could not be found/],
  ['scope', (w) => collect(w.secrets.listSecrets({ scope: 'none' })), 404, 'RESOURCE_DOES_NOT_EXIST', /does not exist/],
  ['pipeline', (w) => w.pipelines.get({ pipeline_id: nowhere }), 404, 'RESOURCE_DOES_NOT_EXIST', /not found/],
  ['file', (w) => w.files.download({ file_path: `${volume}/none` }), 404, 'NOT_FOUND', /not found/],
  ['DBFS file', (w) => w.dbfs.getStatus({ path: '/none' }), 404, 'RESOURCE_DOES_NOT_EXIST', /\/none/],
  ['endpoint', (w) => w.servingEndpoints.get({ name: 'none' }), 404, 'RESOURCE_DOES_NOT_EXIST', /does not exist/],
  ['index', (w) => w.vectorSearchIndexes.getIndex({ index_name: 'none' }),
    404, 'RESOURCE_DOES_NOT_EXIST', /not found/],
  ['Genie space', (w) => w.genie.getSpace({ space_id: 'none' }), 404, 'RESOURCE_DOES_NOT_EXIST', /does not exist/],
  ['API', (w) => w.ipAccessLists.get({ ip_access_list_id: '1' }), 404, 'ENDPOINT_NOT_FOUND', /No API found/],
  ['scope twice', (w) => w.secrets.createScope({ scope: 'crm' }), 400, 'RESOURCE_ALREADY_EXISTS', /already exists/],
  ['wait of 3 seconds', (w) => w.statementExecution.executeStatement(
    { warehouse_id: warehouse, statement: 'SELECT 1', wait_timeout: '3s' }), 400, 'INVALID_PARAMETER_VALUE', /5s/],
];

async function assertFails(call, statusCode, errorCode, words) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof ApiError, String(error));
    assert.deepEqual([error.statusCode, error.errorCode], [statusCode, errorCode], error.message);
    assert.match(error.message, words);
    return true;
  });
}

test('fails in the words that the SDK can read', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const w = clientOf(workspace);
  for (const [name, call, ...expected] of failures)
    await t.test(`no such ${name}`, () => assertFails(() => call(w), ...expected));

  await t.test('details of an error', async () => {
    const error = await w.clusters.get({ cluster_id: nowhere }).catch((reason) => reason);
    assert.equal(error.getErrorInfo()[0].reason, 'CM_API_ERROR_SOURCE_CALLER_ERROR');
  });
  await t.test('a token of somebody else', () =>
    assertFails(() => clientOf(workspace, { token: 'wrong' }).currentUser.me(), 401, 'UNAUTHENTICATED', /token/));
  await t.test('no permission', async () => {
    await workspace.fault({ path: me, fault: 'forbidden' });
    await assertFails(() => w.currentUser.me(), 403, 'PERMISSION_DENIED', /permission/);
  });
});

test('slows the SDK down, which then tries again', async (t) => {
  const workspace = await startSampleWorkspace(t);
  await workspace.fault({ path: me, fault: 'rate_limit', times: 2, retry_after: 1 });
  assert.equal((await clientOf(workspace).currentUser.me()).userName, user);
  const { requests } = await ask(workspace, 'GET', '/sample/requests');
  assert.deepEqual(requests.map((request) => request.path), [me, me, me]);

  await workspace.fault({ path: me, fault: 'rate_limit', times: -1 });
  await assert.rejects(() => clientOf(workspace, { retryTimeoutSeconds: 1 }).currentUser.me(), /Timeout/);
});

test('clusters start, run commands and end as the SDK waits for it', async (t) => {
  const w = clientOf(await startSampleWorkspace(t));
  const cluster = { cluster_id: shared.id };
  const start = await w.clusters.start(cluster);
  const states = new Set();
  const running = await start.wait({ ...limit, onProgress: async (now) => states.add(now.state) });
  assert.equal(running.state, 'RUNNING');
  assert.ok(states.has('PENDING'));
  await assertFails(() => w.clusters.start(cluster), 400, 'INVALID_STATE', /unexpected state Running/);

  const where = { clusterId: shared.id, language: 'python' };
  const { id: contextId } = await (await w.commandExecution.create(where)).wait(limit);
  const execution = await w.commandExecution.execute({ ...where, contextId, command: 'print(6 * 7)' });
  const { status, results } = await execution.wait(limit);
  assert.deepEqual([status, results.resultType, results.data], ['Finished', 'text', '42']);
  await w.commandExecution.destroy({ clusterId: shared.id, contextId });
  await assertFails(() => w.commandExecution.contextStatus({ clusterId: shared.id, contextId }),
    404, 'Not Found', /no execution context/);

  const library = { pypi: { package: 'simplejson' } };
  await w.libraries.install({ ...cluster, libraries: [library] });
  const installed = await collect(w.libraries.clusterStatus(cluster));
  assert.equal(installed.find((one) => one.library.pypi.package === 'simplejson').status, 'INSTALLED');

  const ended = await (await w.clusters.delete(cluster)).wait(limit);
  assert.deepEqual([ended.state, ended.termination_reason.code], ['TERMINATED', 'USER_REQUEST']);
});

test('clusters are made of what the SDK chooses, changed and erased', async (t) => {
  const w = clientOf(await startSampleWorkspace(t));
  const machine = {
    spark_version: await w.clusters.selectSparkVersion({ longTermSupport: true }),
    node_type_id: await w.clusters.selectNodeType({ minCores: 4, localDisk: true }),
    num_workers: 1,
  };
  const made = await (await w.clusters.create({ ...machine, cluster_name: 'sdk' })).wait(limit);
  assert.deepEqual([made.state, made.cluster_name, made.num_workers], ['RUNNING', 'sdk', 1]);
  const cluster = { cluster_id: made.cluster_id };
  await w.clusters.pin(cluster);
  await w.clusters.unpin(cluster);
  const resized = await (await w.clusters.resize({ ...cluster, num_workers: 3 })).wait(limit);
  assert.equal(resized.num_workers, 3);
  await w.clusters.permanentDelete(cluster);
  await assertFails(() => w.clusters.get(cluster), 400, 'INVALID_PARAMETER_VALUE', /does not exist/);
});

test('jobs run, fail, are repaired and cancelled as the SDK waits for it', async (t) => {
  const w = clientOf(await startSampleWorkspace(t));
  const task = (key, notebook, after = []) => ({
    task_key: key,
    existing_cluster_id: shared.id,
    notebook_task: { notebook_path: notebook, base_parameters: { name: 'SDK' } },
    depends_on: after.map((task_key) => ({ task_key })),
  });
  const { job_id } = await w.jobs.create({
    name: 'sdk job',
    tasks: [task('hello', '/Production/demo/hello'), task('load', '/Production/vendors/download_feed_flaky', ['hello'])],
  });
  await w.jobs.update({ job_id, new_settings: { name: 'sdk job, renamed' } });
  assert.equal((await w.jobs.get({ job_id })).settings.name, 'sdk job, renamed');

  const run = await (await w.jobs.runNow({ job_id })).wait(limit);
  assert.deepEqual(run.tasks.map((one) => one.state.result_state), ['SUCCESS', 'FAILED']);
  const output = await w.jobs.getRunOutput({ run_id: run.tasks[0].run_id });
  assert.equal(output.notebook_output.result, 'Hello, SDK!');
  assert.match((await w.jobs.getRunOutput({ run_id: run.tasks[1].run_id })).error, /ConnectionError/);
  const repair = await w.jobs.repairRun({ run_id: run.run_id, rerun_all_failed_tasks: true });
  assert.equal((await repair.wait(limit)).state.result_state, 'SUCCESS');

  const once = await w.jobs.submit({ run_name: 'once', tasks: [task('hello', '/Production/demo/hello')] });
  const cancelled = await (await w.jobs.cancelRun({ run_id: once.run_id })).wait(limit);
  assert.equal(cancelled.state.result_state, 'CANCELED');
  await w.jobs.delete({ job_id });
  await assertFails(() => w.jobs.get({ job_id }), 400, 'INVALID_PARAMETER_VALUE', /does not exist/);
});

test('statements give rows, chunks, links and their history', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const w = clientOf(workspace);
  const sql = (statement, more = {}) => w.statementExecution.executeStatement(
    { warehouse_id: warehouse, statement, wait_timeout: '50s', ...more });

  const small = await sql('SELECT :who AS who, :n + 1 AS n',
    { parameters: [{ name: 'who', value: 'SDK' }, { name: 'n', value: '4', type: 'INT' }] });
  assert.equal(small.status.state, 'SUCCEEDED');
  assert.deepEqual(small.result.data_array, [['SDK', '5']]);
  const failed = await sql('SELECT * FROM none');
  assert.deepEqual([failed.status.state, failed.status.error.error_code], ['FAILED', 'BAD_REQUEST']);

  const large = 'SELECT * FROM samples.tpch.lineitem';
  const inline = await sql(large);
  let rows = 0;
  for (let chunk = inline.result; ;) {
    rows += chunk.data_array.length;
    if (chunk.next_chunk_index === undefined)
      break;
    chunk = await w.statementExecution.getStatementResultChunkN(
      { statement_id: inline.statement_id, chunk_index: chunk.next_chunk_index });
  }
  assert.ok(inline.manifest.total_chunk_count > 1);
  assert.equal(rows, inline.manifest.total_row_count);
  assert.ok(inline.manifest.schema.columns.some((column) =>
    column.type_name === 'LONG' && column.type_text === 'BIGINT'));

  const linked = await sql(large, { disposition: 'EXTERNAL_LINKS', format: 'JSON_ARRAY' });
  const [link] = linked.result.external_links;
  assert.equal((await (await fetch(link.external_link)).json()).length, link.row_count);

  const slow = await sql('SELECT sleep_seconds(30)', { wait_timeout: '0s' });
  await w.statementExecution.cancelExecution({ statement_id: slow.statement_id });
  assert.equal((await w.statementExecution.getStatement({ statement_id: slow.statement_id })).status.state, 'CANCELED');

  const { res } = await w.queryHistory.list({ filter_by: { statement_ids: [slow.statement_id, failed.statement_id] } });
  assert.deepEqual(new Map(res.map((query) => [query.query_id, query.status])),
    new Map([[slow.statement_id, 'CANCELED'], [failed.statement_id, 'FAILED']]));
  const seen = [];
  for (let page = { next_page_token: undefined, has_next_page: true }; page.has_next_page;) {
    page = await w.queryHistory.list({ max_results: 2, page_token: page.next_page_token });
    seen.push(...page.res.map((query) => query.query_id));
  }
  assert.deepEqual(seen, (await rawItems(workspace, '/api/2.0/sql/history/queries', 'res')).map((one) => one.query_id));
});

test('warehouses and pipelines go through the states that the SDK waits for', async (t) => {
  const w = clientOf(await startSampleWorkspace(t));
  const update = await w.pipelines.startUpdate({ pipeline_id: pipeline, full_refresh: true });
  assert.equal((await (await w.warehouses.stop({ id: warehouse })).wait(limit)).state, 'STOPPED');
  assert.equal((await (await w.warehouses.start({ id: warehouse })).wait(limit)).state, 'RUNNING');
  const known = await w.pipelines.getUpdate({ pipeline_id: pipeline, ...update });
  assert.equal(known.update.update_id, update.update_id);
  const { updates } = await w.pipelines.listUpdates({ pipeline_id: pipeline });
  assert.equal(updates[0].update_id, update.update_id);
  assert.equal((await (await w.pipelines.stop({ pipeline_id: pipeline })).wait(limit)).state, 'IDLE');
});

test('Genie, models and indexes answer', async (t) => {
  const w = clientOf(await startSampleWorkspace(t));
  const begun = await w.genie.startConversation({ space_id: space, content: 'What are the fares?' });
  const message = await begun.wait(limit);
  assert.equal(message.status, 'COMPLETED');
  const { attachment_id } = message.attachments.find((one) => one.query);
  const { conversation_id, message_id } = message;
  const rows = await w.genie.getMessageAttachmentQueryResult(
    { space_id: space, conversation_id, message_id, attachment_id });
  assert.equal(rows.statement_response.result.data_array.length, rows.statement_response.manifest.total_row_count);
  const { spaces } = await w.genie.listSpaces({});
  assert.deepEqual(spaces[0], await w.genie.getSpace({ space_id: space }));

  const forecast = (input) => w.servingEndpoints.query({ name: 'demand-forecast', ...input });
  for (const input of [{ dataframe_records: [{ day: 1 }, { day: 2 }] }, { inputs: { day: [1, 2] } },
    { dataframe_split: { columns: ['day'], data: [[1], [2]] } }, { instances: [{ day: 1 }, { day: 2 }] }])
    assert.equal((await forecast(input)).predictions.length, 2, JSON.stringify(input));
  const chat = await w.servingEndpoints.query(
    { name: 'sample-chat', messages: [{ role: 'user', content: 'Hello' }] });
  assert.match(chat.choices[0].message.content, /Hello/);

  const found = await w.vectorSearchIndexes.queryIndex(
    { index_name: 'main.default.reviews_index', columns: ['text'], query_text: 'lamp', num_results: 2 });
  assert.equal(found.result.row_count, 2);
});

test('notebooks, files, secrets and permissions are kept', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const w = clientOf(workspace);
  const source = '# Databricks notebook source\nprint("gr\u00fc\u00df dich")\n';
  const content = Buffer.from(source).toString('base64');
  const path = `${home}/sdk folder/a notebook + more`;
  await w.workspace.mkdirs({ path: `${home}/sdk folder` });
  await w.workspace.import({ path, content, format: 'SOURCE', language: 'PYTHON' });
  assert.equal((await w.workspace.getStatus({ path })).object_type, 'NOTEBOOK');
  const exported = await w.workspace.export({ path, format: 'SOURCE' });
  assert.equal(Buffer.from(exported.content, 'base64').toString(), source);
  await assertFails(() => w.workspace.import({ path, content, format: 'SOURCE', language: 'PYTHON' }),
    400, 'RESOURCE_ALREADY_EXISTS', /already exists/);
  await assertFails(() => w.workspace.delete({ path: `${home}/sdk folder` }), 400, 'DIRECTORY_NOT_EMPTY', /not empty/);

  // The SDK for Python sends notebooks as forms and fetches them as they are.
  const form = new FormData();
  for (const [name, value] of Object.entries({ path, format: 'SOURCE', language: 'PYTHON', overwrite: 'true' }))
    form.append(name, value);
  form.append('content', new Blob([`${source}\n# COMMAND ----------\n`]), 'content');
  const headers = { Authorization: `Bearer ${workspaceToken}` };
  const sent = await fetch(`${workspace.host}/api/2.0/workspace/import`, { method: 'POST', headers, body: form });
  assert.equal(sent.status, 200, await sent.text());
  const query = new URLSearchParams({ path, direct_download: 'true' });
  const fetched = await fetch(`${workspace.host}/api/2.0/workspace/export?${query}`, { headers });
  assert.match(await fetched.text(), /gr\u00fc\u00df dich[^]*COMMAND/);
  await w.workspace.delete({ path: `${home}/sdk folder`, recursive: true });

  const file = await w.files.download({ file_path: `${volume}/orders.csv` });
  const bytes = Buffer.concat(await collect(file.contents));
  assert.equal(String(bytes.length), file['content-length']);
  const metadata = await w.files.getMetadata({ file_path: `${volume}/orders.csv` });
  assert.deepEqual([metadata['content-length'], metadata['last-modified']],
    [file['content-length'], file['last-modified']]);
  const directory = { directory_path: `${volume}/sdk/inner` };
  await w.files.createDirectory(directory);
  await w.files.getDirectoryMetadata(directory);
  await assertFails(() => w.files.deleteDirectory({ directory_path: `${volume}/sdk` }),
    400, 'INVALID_PARAMETER_VALUE', /not empty/);
  await w.files.deleteDirectory(directory);
  assert.deepEqual(await collect(w.files.listDirectoryContents({ directory_path: `${volume}/sdk` })), []);
  const read = await w.dbfs.read({ path: '/FileStore/tables/orders.csv', length: 8 });
  assert.equal(Buffer.from(read.data, 'base64').toString(), 'order_id');

  await w.secrets.createScope({ scope: 'sdk' });
  await w.secrets.putSecret({ scope: 'sdk', key: 'text', string_value: 'x' });
  await w.secrets.putSecret({ scope: 'sdk', key: 'bytes', bytes_value: content });
  await w.secrets.deleteSecret({ scope: 'sdk', key: 'text' });
  assert.deepEqual((await collect(w.secrets.listSecrets({ scope: 'sdk' }))).map((one) => one.key), ['bytes']);
  await w.secrets.deleteScope({ scope: 'sdk' });

  const object = { request_object_type: 'clusters', request_object_id: shared.id };
  const { permission_levels } = await w.permissions.getPermissionLevels(object);
  assert.ok(permission_levels.some((one) => one.permission_level === 'CAN_RESTART'));
  const wish = { group_name: 'data-platform', permission_level: 'CAN_RESTART' };
  await w.permissions.set({ ...object, access_control_list: [wish] });
  const { access_control_list } = await w.permissions.get(object);
  assert.deepEqual(access_control_list.map((one) => one.group_name), ['admins', 'data-platform']);
  const grants = await w.grants.getEffective({ securable_type: 'TABLE', full_name: 'samples.nyctaxi.trips' });
  assert.ok(grants.privilege_assignments.length > 0);
});
