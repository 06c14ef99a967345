// Tokens as a model counts them: o200k_base, which stands for all of them well enough. It is installed with tests/e2e.

import { createRequire } from 'node:module';

const { countTokens } = createRequire(new URL('../e2e/', import.meta.url))('gpt-tokenizer/encoding/o200k_base');

/** How many tokens a text costs, or a value as compact JSON. */
export function tokens(value) {
  return countTokens(typeof value === 'string' ? value : JSON.stringify(value ?? ''));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : Math.round((sorted[middle - 1] + sorted[middle]) / 2);
}
