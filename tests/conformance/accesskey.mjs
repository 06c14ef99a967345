// Adds an access key to every request, since the conformance suite has no option for one:
// MCP_ACCESS_KEY=… node --import ./accesskey.mjs SUITE server --url …

import http from 'node:http';
import { createRequire } from 'node:module';

// The suite's own copy, whose global dispatcher its fetch() uses.
const { Agent, setGlobalDispatcher } = createRequire(process.argv[1])('undici');
const authorization = `Bearer ${process.env.MCP_ACCESS_KEY}`;

function withKey(headers) {
  if (Array.isArray(headers))
    return [...headers, 'authorization', authorization];
  const isIterable = headers && typeof headers[Symbol.iterator] === 'function';
  return isIterable ? [...headers, ['authorization', authorization]] : { ...headers, authorization };
}

setGlobalDispatcher(new Agent().compose((dispatch) => (options, handler) =>
  dispatch({ ...options, headers: withKey(options.headers) }, handler)));

const { request } = http;
http.request = (options, ...rest) => {
  const isOptions = options && typeof options === 'object' && !(options instanceof URL);
  return request(isOptions ? { ...options, headers: { authorization, ...options.headers } } : options, ...rest);
};
