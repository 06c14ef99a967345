// What the list of tools may cost, and what is wrong with it beyond that.

import { median, tokens } from './tokens.mjs';

/** What a client shows of a tool: name, description, input schema. */
export function toolTokens({ name, description, inputSchema }) {
  return tokens({ name, description, inputSchema });
}

function* schemas(schema, path) {
  yield { path, schema };
  for (const [name, one] of Object.entries(schema.properties ?? {}))
    yield* schemas(one, `${path}.${name}`);
  if (schema.items)
    yield* schemas(schema.items, `${path}[]`);
}

/** The parameters without a description, and the objects that say nothing of their members. */
export function faultsOfSchemas(tools) {
  const faults = [];
  for (const { name, inputSchema } of tools) {
    for (const [parameter, schema] of Object.entries(inputSchema.properties ?? {}))
      if (!schema.description?.trim())
        faults.push(`${name}.${parameter} is not described`);
    for (const { path, schema } of schemas(inputSchema, name)) {
      const open = schema.additionalProperties !== null && typeof schema.additionalProperties === 'object';
      if (path !== name && schema.type === 'object' && !open && Object.keys(schema.properties ?? {}).length === 0)
        faults.push(`${path} is an object without properties`);
    }
  }
  return faults;
}

/** {sum, wire, most, median} of a tools/list result, in tokens. */
export function costOfTools(result) {
  const costs = result.tools.map((tool) => ({ name: tool.name, cost: toolTokens(tool) }));
  const each = costs.map(({ cost }) => cost);
  return {
    sum: each.reduce((sum, cost) => sum + cost, 0),
    wire: tokens(result),
    most: costs.sort((one, other) => other.cost - one.cost),
    median: median(each),
  };
}
