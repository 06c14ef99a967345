// A call of each tool that no task makes and no list is: what it answers is compared in both channels.

/** The named members of an object. */
const picked = (facts, ...names) => Object.fromEntries(names.map((name) => [name, facts[name]]));

/**
 * [tool, arguments]; the last calls destroy what the first ones show. Arguments may be a function of what the last
 * answer of some tool told.
 */
export async function callsOfEveryTool(upstream, tools) {
  const diagnose = tools.find(({ name }) => name.startsWith('diagnose_')).name;
  const clusters = await upstream.clusters();
  const [running, another] = clusters
    .filter((one) => one.state === 'RUNNING' && one.cluster_source === 'UI')
    .map((one) => one.cluster_id);
  const { cluster_id } = clusters.find((one) => one.cluster_name === 'Shared Autoscaling Americas');
  const pipelines = await upstream.all('/api/2.0/pipelines', 'statuses');
  const pipeline_id = pipelines.find((one) => one.state === 'FAILED').pipeline_id;
  const well = pipelines.find((one) => one.state === 'IDLE').pipeline_id;
  const {
    repos: [{ id: repo_id }],
  } = await upstream.get('/api/2.0/repos');
  const { warehouses } = await upstream.get('/api/2.0/sql/warehouses');
  const warehouse_id = warehouses.find((one) => one.state === 'RUNNING').id;
  const stopped = warehouses.find((one) => one.state === 'STOPPED').id;
  const runs = await upstream.runs();
  const of = (result) => runs.filter((one) => one.state.result_state === result).map((one) => one.run_id);
  const { job_id } = await upstream.job('ingest_orders');
  const loads = await upstream.job('hello_notebook');
  const statement_id = (
    await upstream.post('/api/2.0/sql/statements', { statement: 'SELECT 1 AS a', warehouse_id, wait_timeout: '30s' })
  ).statement_id;
  const shown = [...of('SUCCESS').slice(0, 3), ...of('FAILED'), ...of('CANCELED').slice(0, 1)].map(String);
  const outputOf = (run_id) => ({
    run_id,
    task_key: runs.find((one) => String(one.run_id) === run_id).tasks[0].task_key,
  });
  const notebook = '/Production/finance/close_month';
  const [{ dashboard_id }] = await upstream.all('/api/2.0/lakeview/dashboards', 'dashboards');
  const [{ id: query_id }] = await upstream.all('/api/2.0/sql/queries', 'results');
  const [{ id: alert_id }] = await upstream.all('/api/2.0/alerts', 'alerts');
  const notebookRun = String((await upstream.runs()).find((one) => one.tasks?.[0].notebook_task).tasks[0].run_id);
  const object = { object_type: 'jobs', object_id: String(job_id) };

  return [
    ['get_cluster', { cluster_id }],
    ['get_warehouse', { warehouse_id }],
    ['get_statement', { statement_id }],
    ['get_table', { full_name: 'finance.ledger.postings' }],
    ['get_function', { full_name: 'logistics.shipments.geohash' }],
    ['get_volume', { full_name: 'logistics.shipments.photos' }],
    ['list_grants', { securable_type: 'table', full_name: 'main.default.page_views', effective: true }],
    ['get_workspace_object', { path: notebook }],
    ['export_workspace_object', { path: notebook, format: 'JUPYTER' }],
    ['get_job', { job_id: String(job_id) }],
    ...shown.flatMap((run_id) => [
      ['get_run', { run_id }],
      ['get_run_output', outputOf(run_id)],
    ]),
    ...of('FAILED').map((run_id) => [diagnose, { run_id: String(run_id) }]),
    ['get_pipeline', { pipeline_id }],
    ['get_pipeline_update', { pipeline_id }],
    ['read_volume_file', { path: '/Volumes/main/default/raw/orders.csv' }],
    ['read_dbfs_file', { path: '/FileStore/tables/old/ingest.log', length: 23 }],
    ['get_serving_endpoint', { name: 'demand-forecast' }],
    ['query_serving_endpoint', { name: 'sample-chat', messages: [{ role: 'user', content: 'Hello' }] }],
    ['query_vector_index', { index_name: 'main.default.reviews_index', query_text: 'broken delivery' }],
    ['get_repo', { repo_id: String(repo_id) }],
    ['call_api', { method: 'GET', path: '/api/2.1/clusters/list', query: { page_size: 2 } }],
    ['run_code', { cluster_id: running, code: 'print(6 * 7)' }],
    ['export_query', { statement: 'SELECT 1 AS a', warehouse_id }],
    ['get_cluster_logs', { cluster_id: '0527-061205-l3ph6de2' }],
    ['get_query', { statement_id }],
    ['explain_sql', { statement: 'SELECT * FROM main.default.page_views', warehouse_id }],
    ['get_alert', { alert_id }],
    ['get_saved_query', { query_id }],
    ['get_usage_cost', { warehouse_id }],
    ['get_column_lineage', { full_name: 'main.default.sales_targets', column: 'target' }],
    ['list_dependents', { full_name: 'main.default.sales_targets' }],
    ['export_run', { run_id: notebookRun }],
    ['run_serverless', { code: 'print(1)' }],
    ['get_serving_logs', { name: 'demand-forecast' }],
    ['get_app', { name: 'churn-explorer' }],
    ['get_genie_space', { space_id: '01f0aa11bb22cc33dd44ee55ff660001' }],
    ['get_dashboard', { dashboard_id }],
    ['search_runs', { experiment_id: '2046871039455120' }],
    ['list_registered_models', { catalog: 'main', schema: 'default' }],
    ['get_model_version', { full_name: 'main.default.demand_forecast' }],
    ['execute_sql', { statement: 'SELECT sleep_seconds(60)', warehouse_id, wait_seconds: 0 }],
    ['cancel_statement', (told) => picked(told('execute_sql'), 'statement_id')],
    ['run_code', { cluster_id: running, code: 'time.sleep(4000)', wait_seconds: 0 }],
    ['get_code_result', (told) => ({
      ...picked(told('run_code'), 'cluster_id', 'context_id', 'command_id'),
      wait_seconds: 0,
    })],
    ['cancel_code', (told) => picked(told('run_code'), 'cluster_id', 'context_id', 'command_id')],

    [
      'create_cluster',
      { cluster_name: 'Try out', spark_version: '16.4.x-scala2.12', node_type_id: 'Standard_DS3_v2', num_workers: 1 },
    ],
    ['edit_cluster', { cluster_id, autotermination_minutes: 30 }],
    ['resize_cluster', { cluster_id: running, num_workers: 6 }],
    ['pin_cluster', { cluster_id: running }],
    ['unpin_cluster', { cluster_id }],
    ['install_cluster_libraries', { cluster_id: running, pypi: ['simplejson==3.19.2'] }],
    ['uninstall_cluster_libraries', { cluster_id: running, pypi: ['prophet==1.1.5'] }],
    ['start_warehouse', { warehouse_id: stopped }],
    ['create_warehouse', { name: 'Reports', cluster_size: 'Small', enable_serverless_compute: true }],
    ['edit_warehouse', { warehouse_id: stopped, cluster_size: 'Large' }],
    ['create_dashboard', { display_name: 'Fresh', definition: '{"pages":[]}' }],
    ['publish_dashboard', { dashboard_id }],
    [
      'update_grants',
      {
        securable_type: 'table',
        full_name: 'main.default.page_views',
        changes: [{ principal: 'analysts', add: ['SELECT'] }],
      },
    ],
    ['set_tags', { securable_type: 'table', full_name: 'main.default.page_views', tags: [{ key: 'domain', value: 'web' }] }],
    ['set_comment', { securable_type: 'table', full_name: 'main.default.page_views', comment: 'Who saw what.', warehouse_id }],
    ['create_pipeline', { name: 'fresh', catalog: 'main', schema: 'fresh', sources: ['/Workspace/Pipelines/fresh'] }],
    ['update_pipeline', { pipeline_id: well, development: true }],
    ['create_schema', { catalog_name: 'main', name: 'trial' }],
    ['create_volume', { catalog_name: 'main', schema_name: 'trial', name: 'fresh' }],
    ['write_volume_file', { path: '/Volumes/main/default/raw/a.txt', content: 'one' }],
    ['delete_volume_file', { path: '/Volumes/main/default/raw/a.txt' }],
    ['create_workspace_folder', { path: '/Shared/a/b' }],
    ['write_notebook', { path: '/Shared/a/b/one', source: 'x = 1', language: 'PYTHON' }],
    ['import_workspace_object', { path: '/Shared/a/data.bin', content_base64: 'AAEC' }],
    [
      'create_job',
      {
        name: 'nightly hello',
        schedule_cron: '0 0 6 * * ?',
        schedule_timezone: 'Europe/Berlin',
        tasks: [{ task_key: 'only', notebook_task: { notebook_path: '/Workspace/Production/demo/hello' } }],
      },
    ],
    ['update_job', { job_id: String(loads.job_id), name: 'hello again' }],
    ['run_job', { job_id: String(job_id) }],
    ['cancel_run', (told) => picked(told('run_job'), 'run_id')],
    ['update_permissions', { ...object, changes: [{ group_name: 'analysts', permission_level: 'CAN_VIEW' }] }],
    ['create_secret_scope', { scope: 'fresh' }],
    ['put_secret', { scope: 'fresh', key: 'api-key', value: 'a value of no use' }],
    ['start_pipeline', { pipeline_id: well }],
    ['stop_pipeline', { pipeline_id: well }],
    ['create_repo', { url: 'https://github.com/example-org/new-things.git' }],
    ['update_repo', { repo_id: String(repo_id), branch: 'main' }],
    ['delete_warehouse', { warehouse_id: stopped }],
    ['delete_pipeline', { pipeline_id: well }],

    ['restart_cluster', { cluster_id: another }],
    ['stop_cluster', { cluster_id: running }],
    ['delete_cluster', { cluster_id }],
    ['stop_warehouse', { warehouse_id }],
    ['delete_secret', { scope: 'fresh', key: 'api-key' }],
    ['delete_volume', { full_name: 'main.trial.fresh' }],
    ['delete_schema', { full_name: 'main.trial' }],
    ['delete_table', { full_name: 'logistics.shipments.orders' }],
    ['delete_workspace_object', { path: '/Shared/a', recursive: true }],
    ['delete_repo', { repo_id: String(repo_id) }],
    ['delete_job', { job_id: String(loads.job_id) }],
  ];
}
