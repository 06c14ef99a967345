// The workspace asked directly, over its REST API: what the right answers are computed from.

import { workspaceToken } from '../e2e/harness.mjs';

export class Upstream {
  constructor(host) {
    this.host = host;
  }

  async ask(path, init = {}) {
    const answer = await fetch(new URL(path, this.host), {
      ...init,
      headers: { Authorization: `Bearer ${workspaceToken}`, 'Content-Type': 'application/json' },
    });
    if (!answer.ok)
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  async get(path, query = {}) {
    return (await this.ask(`${path}?${new URLSearchParams(query)}`)).json();
  }

  async text(path, query = {}) {
    return (await this.ask(`${path}?${new URLSearchParams(query)}`)).text();
  }

  async post(path, body) {
    return (await this.ask(path, { method: 'POST', body: JSON.stringify(body) })).json();
  }

  /** All items of a paged list. */
  async all(path, member, query = {}) {
    const items = [];
    for (let page_token = ''; ;) {
      const page = await this.get(path, { ...query, ...(page_token && { page_token }) });
      items.push(...(page[member] ?? []));
      page_token = page.next_page_token;
      if (!page_token)
        return items;
    }
  }

  clusters() {
    return this.all('/api/2.1/clusters/list', 'clusters', { page_size: 100 });
  }

  async cluster(name) {
    return (await this.clusters()).find((cluster) => cluster.cluster_name === name);
  }

  jobs() {
    return this.all('/api/2.2/jobs/list', 'jobs', { limit: 100 });
  }

  async job(name) {
    return (await this.jobs()).find((job) => job.settings.name === name);
  }

  /** Newest first. */
  runs(query = {}) {
    return this.all('/api/2.2/jobs/runs/list', 'runs', { limit: 24, expand_tasks: true, ...query });
  }

  /** The rows of a statement, as texts. */
  async sql(statement) {
    const warehouse = (await this.get('/api/2.0/sql/warehouses')).warehouses.find((one) => one.state === 'RUNNING');
    const answer = await this.post('/api/2.0/sql/statements', {
      statement,
      warehouse_id: warehouse.id,
      wait_timeout: '50s',
    });
    if (answer.status.state !== 'SUCCEEDED')
      throw new Error(`${statement}: ${JSON.stringify(answer.status)}`);
    return answer.result.data_array ?? [];
  }

  /** Every table that the user may see, with its columns. */
  async tables() {
    const path = '/api/2.1/unity-catalog';
    const tables = [];
    for (const { name: catalog_name } of await this.all(`${path}/catalogs`, 'catalogs'))
      for (const { name: schema_name } of await this.all(`${path}/schemas`, 'schemas', { catalog_name }))
        tables.push(...(await this.all(`${path}/tables`, 'tables', { catalog_name, schema_name })));
    return tables;
  }

  /** Every notebook below a path, with its lines. */
  async notebooks(path) {
    const { objects = [] } = await this.get('/api/2.0/workspace/list', { path });
    const found = [];
    for (const object of objects)
      if (object.object_type === 'DIRECTORY')
        found.push(...(await this.notebooks(object.path)));
      else if (object.object_type === 'NOTEBOOK')
        found.push({ ...object, lines: await this.notebook(object.path) });
    return found;
  }

  async notebook(path) {
    return (await this.text('/api/2.0/workspace/export', { path, direct_download: true })).trimEnd().split('\n');
  }

  /** What a run's tasks gave: [{task_key, result, error, logs}]. */
  async outputs(run) {
    const { tasks } = await this.get('/api/2.2/jobs/runs/get', { run_id: run.run_id });
    return Promise.all(
      tasks.map(async (task) => {
        const output = await this.get('/api/2.2/jobs/runs/get-output', { run_id: task.run_id }).catch(() => ({}));
        return { ...task, result: output.notebook_output?.result, error: output.error, logs: output.logs };
      }),
    );
  }
}

/** A time in milliseconds as answers print it, up to the minute. */
export function utc(milliseconds) {
  return new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ');
}
