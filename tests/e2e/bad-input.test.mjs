// What bad input gets: a clear error, and a server that still answers.

import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';

import {
  accessKey, call, clientHeaders, connect, freePort, request, rpc, startBricktray, startSampleWorkspace,
  temporaryFolder, workspaceToken, Bricktray,
} from './harness.mjs';

const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });
const without = (name) => Object.fromEntries(Object.entries(clientHeaders()).filter(([key]) => key !== name));

test('requests that no client should make', async (t) => {
  const bricktray = await startBricktray(t, { args: ['--sample-workspace'] });
  const { port } = bricktray;
  const post = (body, headers = clientHeaders()) => request(port, { headers, body });
  const toolCall = (name, args) => rpc(port, 'tools/call', { name, arguments: args });

  t.afterEach(async () => {
    const { status, json } = await post(ping);
    assert.equal(status, 200, 'the server does not answer any more');
    assert.deepEqual(json, { jsonrpc: '2.0', id: 7, result: {} });
  });

  await t.test('malformed JSON', async () => {
    const { status, json } = await post('{"jsonrpc": "2.0", "id": 1,');
    assert.equal(status, 400);
    assert.equal(json.error.code, -32700);
  });

  for (const [what, body] of [['no object', '42'], ['no method', '{"jsonrpc":"2.0","id":1}'], ['an empty batch', '[]']]) {
    await t.test(`JSON that is no request: ${what}`, async () => {
      const { status, json } = await post(body);
      assert.equal(status, 400);
      assert.equal(json.error.code, -32600);
    });
  }

  await t.test('unknown method', async () => {
    const { json } = await rpc(port, 'tools/dance');
    assert.equal(json.error.code, -32601);
    assert.equal(json.id, 1);
  });

  await t.test('unknown tool', async () => {
    const { json } = await toolCall('no_such_tool', {});
    assert.equal(json.error.code, -32602);
    assert.match(json.error.message, /no_such_tool/);
  });

  for (const [what, name, args, named] of [
    ['a wrong type', 'list_clusters', { limit: ['many'] }, /limit/],
    ['a value out of range', 'list_clusters', { limit: -5 }, /limit/],
    ['a missing argument', 'get_cluster', {}, /cluster_id/],
    ['a name nobody knows', 'get_cluster', { cluster_id: 'x', colour: 'red' }, /colour/],
  ]) {
    await t.test(`arguments: ${what}`, async () => {
      const { status, json } = await toolCall(name, args);
      assert.equal(status, 200);
      assert.equal(json.result.isError, true, JSON.stringify(json).slice(0, 500));
      assert.match(json.result.content[0].text, named);
    });
  }

  await t.test('arguments that are no object', async () => {
    const { json } = await toolCall('list_clusters', 'everything');
    assert.ok(json.error?.code === -32602 || json.result?.isError, JSON.stringify(json).slice(0, 500));
  });

  for (const host of ['evil.example', `localhost.evil.example:${port}`, `127.0.0.1.evil.example:${port}`, 'localhost:1']) {
    await t.test(`foreign Host ${host}`, async () => {
      assert.equal((await post(ping, { ...clientHeaders(), Host: host })).status, 403);
    });
  }

  for (const origin of ['https://evil.example', `http://localhost.evil.example:${port}`, 'null']) {
    await t.test(`foreign Origin ${origin}`, async () => {
      const { status, headers } = await post(ping, { ...clientHeaders(), Origin: origin });
      assert.equal(status, 403);
      assert.equal(headers['access-control-allow-origin'], undefined);
    });
  }

  await t.test('Origin on this machine is welcome', async () => {
    assert.equal((await post(ping, { ...clientHeaders(), Origin: `http://localhost:${port}` })).status, 200);
  });

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', undefined]) {
    await t.test(`a ${type} POST`, async () => {
      const headers = type ? { ...clientHeaders(), 'Content-Type': type } : without('Content-Type');
      assert.equal((await post(ping, headers)).status, 415);
    });
  }

  for (const [what, headers] of [
    ['no key', without('Authorization')],
    ['a wrong key', { ...clientHeaders(), Authorization: 'Bearer wrong' }],
    ['the key with more behind it', { ...clientHeaders(), Authorization: `Bearer ${accessKey}x` }],
    ['the key in another scheme', { ...clientHeaders(), Authorization: `Basic ${accessKey}` }],
  ]) {
    await t.test(what, async () => {
      const { status, headers: answered, json } = await post(ping, headers);
      assert.equal(status, 401);
      assert.match(answered['www-authenticate'], /^Bearer /);
      assert.doesNotMatch(answered['www-authenticate'], /resource_metadata/);
      assert.match(JSON.stringify(json), /key/i, 'it does not say what to do');
      assert.ok(!JSON.stringify(json).includes(accessKey));
    });
  }

  for (const [method, path] of [
    ['GET', '/'], ['GET', '/.well-known/oauth-protected-resource'], ['GET', '/.well-known/oauth-protected-resource/mcp'],
    ['GET', '/.well-known/oauth-authorization-server'], ['POST', '/register'], ['GET', '/mcp/../etc/passwd'], ['GET', '/mcpx'],
  ]) {
    await t.test(`${method} ${path}`, async () => {
      const { status, headers, json } = await request(port, { method, path, headers: without('Authorization') });
      assert.equal(status, 404);
      assert.match(headers['content-type'], /^application\/json/);
      assert.equal(typeof json, 'object');
    });
  }

  await t.test('methods that are not offered', async () => {
    for (const method of ['PUT', 'PATCH'])
      assert.equal((await request(port, { method, headers: clientHeaders(), body: ping })).status, 405, method);
    const { status, headers } = await request(port, { method: 'OPTIONS', headers: { Origin: 'https://evil.example' } });
    assert.ok(status === 403 || status === 405, `OPTIONS: ${status}`);
    assert.equal(headers['access-control-allow-origin'], undefined);
  });

  await t.test('100 MB, announced', async () => {
    assert.match(await send(port, { 'Content-Length': 100_000_000 }, Buffer.alloc(0)), /^HTTP\/1\.1 413 /);
  });

  await t.test('100 MB, sent all the same, does not fill the memory', async () => {
    const atRest = await bricktray.memory();
    let answered = '';
    for (const headers of [{ 'Content-Length': 100_000_000 }, { 'Transfer-Encoding': 'chunked' }]) {
      answered = await flood(port, headers);
      assert.ok(answered === '' || /^HTTP\/1\.1 413 /.test(answered), answered);
    }
    const grown = await bricktray.memory() - atRest;
    // AddressSanitizer keeps what was freed for a while.
    const allowed = process.env.ASAN_OPTIONS ? 500_000_000 : 60_000_000;
    assert.ok(grown < allowed, `grew by ${grown} bytes`);
  });

  await t.test('headers without end', async () => {
    const head = await send(port, { 'X-Long': 'x'.repeat(100_000) }, Buffer.alloc(0));
    assert.ok(head === '' || /^HTTP\/1\.1 (431|400|413) /.test(head), head);
  });

  await t.test('no HTTP at all', async () => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.end('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n');
    await new Promise((resolve) => { socket.resume().once('close', resolve); });
  });
});

function head(port, headers) {
  const lines = Object.entries({ Host: `localhost:${port}`, ...clientHeaders(), ...headers });
  return `POST /mcp HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** Sends a request's head and the given start of its body; gives what comes back, until there is a whole head. */
function send(port, headers, body) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    const finish = () => { socket.destroy(); resolve(text); };
    socket.setTimeout(10_000, finish);
    socket.on('data', (data) => {
      text += data;
      if (text.includes('\r\n\r\n'))
        finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(head(port, headers));
    socket.write(body);
  });
}

/** Sends 100 MB no matter what is answered, until the other side has had enough. */
function flood(port, headers) {
  const chunked = 'Transfer-Encoding' in headers;
  const piece = Buffer.alloc(1_000_000, ' ');
  const data = chunked ? Buffer.concat([Buffer.from('f4240\r\n'), piece, Buffer.from('\r\n')]) : piece;
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    let left = 100;
    const finish = () => { socket.destroy(); resolve(text); };
    const more = () => {
      while (left-- > 0) {
        if (!socket.write(data))
          return;
      }
    };
    socket.setTimeout(10_000, finish);
    socket.on('data', (received) => { text += received; });
    socket.on('drain', more);
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(head(port, headers));
    more();
  });
}

test('a port in use is named, and no other one taken', async (t) => {
  const port = await freePort();
  const occupant = net.createServer().listen(port, '127.0.0.1');
  t.after(() => occupant.close());
  const bricktray = new Bricktray(t, { args: ['--sample-workspace'], folder: await temporaryFolder(t), port });
  const { code } = await bricktray.closed;
  assert.ok(code > 0, `ended with ${code}`);
  assert.match(bricktray.stderr, new RegExp(String(port)));
  assert.doesNotMatch(bricktray.stdout, /is serving/);
});

test('a token that the workspace refuses', async (t) => {
  const workspace = await startSampleWorkspace(t);
  const wrong = 'dapi0bad00f1a2b3c4d5e6f708192a3b4c5d';
  const bricktray = await startBricktray(t, { env: { ...workspace.environment, DATABRICKS_TOKEN: wrong } });
  const client = await connect(t, bricktray);
  for (let repeat = 0; repeat < 2; ++repeat) {
    const { isError, text } = await call(client, 'list_clusters');
    assert.ok(isError);
    assert.match(text, /token/i);
    assert.ok(!text.includes(wrong));
  }
  assert.ok(!(bricktray.stdout + bricktray.stderr).includes(wrong));
});

test('a workspace that cannot be reached', async (t) => {
  const host = `http://127.0.0.1:${await freePort()}`;
  const bricktray = await startBricktray(t, { env: { DATABRICKS_HOST: host, DATABRICKS_TOKEN: workspaceToken } });
  const client = await connect(t, bricktray);
  const { isError, text } = await call(client, 'list_clusters');
  assert.ok(isError);
  assert.match(text, /127\.0\.0\.1/);
  assert.ok((await client.listTools()).tools.length > 0);
});

test('a workspace over plain http that is not on this machine', async (t) => {
  const bricktray = new Bricktray(t, {
    args: [],
    folder: await temporaryFolder(t),
    port: await freePort(),
    env: { DATABRICKS_HOST: 'http://workspace.example', DATABRICKS_TOKEN: workspaceToken },
  });
  const outcome = await Promise.race([bricktray.closed, bricktray.ready()]);
  if (outcome === bricktray) {
    const client = await connect(t, bricktray);
    const { isError, text } = await call(client, 'list_clusters');
    assert.ok(isError);
    assert.match(text, /https/i);
  } else {
    assert.ok(outcome.code > 0);
    assert.match(bricktray.stderr, /https/i);
  }
});
