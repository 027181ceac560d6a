import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorkerProcess, type WorkerServer } from '../../bench/lib/child-server.ts';
import { createAttacker, json } from './attacker.ts';
import { bearer, problemOf, send } from './request.ts';

const folder = mkdtempSync(join(tmpdir(), 'cmem-attacks-'));
let worker: WorkerServer;
beforeAll(async () => {
  worker = await startWorkerProcess(folder);
});
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true, force: true });
});

const { asOwner, me, makeKey } = createAttacker(() => worker);

const doors = ['/api/v1/memories', '/trpc/memories.create', '/mcp', '/hooks/claude-code', '/api/v1/auth/login'];

// Catches: a page that posts without asking first, as browsers let it do with plain text.
test.each(doors)('a page of another origin that posts to %s is 403', async (path) => {
  const headers = { ...bearer(worker.ownerToken), origin: 'https://evil.example', 'content-type': 'text/plain' };
  const answer = await send(worker.port, path, { method: 'POST', headers, body: '{"content":"x"}' });
  expect(answer.status).toBe(403);
  expect(problemOf(answer).code).toBe('ORIGIN_NOT_ALLOWED');
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test.each([
  'evil.example',
  '127.0.0.1.nip.io:PORT',
  'localhost.evil.example:PORT',
  '0.0.0.0:PORT',
  '[::ffff:7f00:1]:PORT',
])('the name %s that resolves to this machine is 403 for a key', async (template) => {
  const { key } = await makeKey(['read']);
  const answer = await me({ ...bearer(key), host: template.replace('PORT', String(worker.port)) });
  expect(answer.status).toBe(403);
  expect(problemOf(answer).code).toBe('HOST_NOT_ALLOWED');
});

// Catches: a first line that says https and so passes for the door with TLS.
test('the scheme that a request names is not believed', async () => {
  const place = `127.0.0.1:${worker.port}`;
  const answer = await send(worker.port, `https://${place}/api/v1/auth/me`, {
    headers: { ...bearer(worker.ownerToken), host: place, origin: `https://${place}` },
  });
  expect(answer.status).toBe(403);
});

// Catches: an answer about the fields of what the caller may not do anyway.
test.each([
  ['POST', '/api/v1/users', '{"nope":1}'],
  ['GET', '/api/v1/users?nope=1', undefined],
  ['POST', '/api/v1/users', '{'],
])('too little scope is 403 before anything is said about the input: %s %s', async (method, path, body) => {
  const { key } = await makeKey(['read']);
  const answer = await send(worker.port, path, {
    method,
    headers: { ...bearer(key), ...json },
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status).toBe(403);
});

test('a body that is too large is refused before it is read, one that hides its length too', async () => {
  for (const path of doors.filter((door) => door !== '/hooks/claude-code')) {
    const large = await send(worker.port, path, {
      method: 'POST',
      headers: { ...bearer(worker.ownerToken), ...json, 'content-length': String(1024 * 1024 + 1) },
    }).catch(() => null);
    if (large !== null) expect(large.status, path).toBe(413);
    const chunked = await send(worker.port, path, {
      method: 'POST',
      headers: { ...bearer(worker.ownerToken), ...json, 'transfer-encoding': 'chunked' },
      body: '{}',
    });
    expect(chunked.status, path).toBe(411);
  }
});

test.each([
  ['arrays within arrays', '[', ']', 200_000],
  ['objects within objects', '{"a":', '1}', 100_000],
  ['arrays in a field', '{"text":[', ']}', 50_000],
])('%s are a mistake of the caller', async (_what, open, close, depth) => {
  const body = `${open.repeat(depth)}${close.repeat(depth)}`;
  for (const path of ['/api/v1/memories', '/api/v1/auth/login']) {
    const headers = { ...bearer(worker.ownerToken), ...json, 'content-length': String(Buffer.byteLength(body)) };
    const answer = await send(worker.port, path, { method: 'POST', headers, body });
    expect([400, 413], path).toContain(answer.status);
  }
  expect((await asOwner('GET', '/api/v1/auth/me')).status, 'and the worker lives').toBe(200);
});

/** What comes back for bytes as they are, up to the end of the connection or to what is waited for. */
const raw = (text: string, awaited?: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(worker.port, '127.0.0.1', () => {
      const bytes = text.replaceAll('PORT', String(worker.port));
      if (awaited === undefined) socket.end(bytes, 'latin1');
      else socket.write(bytes, 'latin1');
    });
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
      if (awaited !== undefined && answer.includes(awaited)) socket.destroy();
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });
const head = 'GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n';

// Catches: headers that end an answer, or one request that two programs count as different ones.
test.each([
  ['a line feed in a value', `${head}X-Request-Id: a\nSet-Cookie: evil=1\r\n\r\n`],
  ['a carriage return in a value', `${head}X-Request-Id: a\rSet-Cookie: evil=1\r\n\r\n`],
  ['a zero in a value', `${head}X-Request-Id: a\u0000Set-Cookie: evil=1\r\n\r\n`],
  ['an encoded line end', `${head}X-Request-Id: a%0d%0aSet-Cookie:%20evil=1\r\n\r\n`],
  ['a folded line', `${head}X-Request-Id: a\r\n Set-Cookie: evil=1\r\n\r\n`],
  [
    'an encoded line end in the path',
    'GET /api/v1/%0d%0aSet-Cookie:%20evil=1 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n',
  ],
  ['two hosts', `${head}Host: evil.example\r\n\r\n`],
  [
    'two lengths',
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}`,
  ],
  [
    'a length and chunks',
    `POST /api/v1/auth/login HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a header of a megabyte', `${head}X-Request-Id: ${'a'.repeat(1_000_000)}\r\n\r\n`],
])('%s adds nothing to the answer', async (_what, text) => {
  const answer = await raw(text).catch(() => '');
  expect(answer).not.toMatch(/^set-cookie/im);
  expect(answer.match(/^HTTP\/1\.1 /gm)?.length ?? 0).toBeLessThanOrEqual(1);
  expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
});

/** Never in an answer: the other side closes. */
const theEnd = '\u0000';
const owned = 'Authorization: Bearer TOKEN\r\nConnection: close\r\n';
const ours = 'Host: 127.0.0.1:PORT\r\n';
const upgrade = `Upgrade: websocket\r\nConnection: Upgrade\r\nAuthorization: Bearer TOKEN\r\n${ours}`;

// Catches: an error without a body, and a door that is told apart from another by how its address is written.
test.each([
  ['a host with a name before it', `GET /api/v1/auth/me HTTP/1.1\r\nHost: a@127.0.0.1:PORT\r\n${owned}`, 400],
  ['a host with a path', `GET /api/v1/auth/me HTTP/1.1\r\nHost: 127.0.0.1:PORT/x\r\n${owned}`, 400],
  ['an empty host', `GET /api/v1/auth/me HTTP/1.1\r\nHost:\r\n${owned}`, 400],
  ['a star', `OPTIONS * HTTP/1.1\r\n${ours}${owned}`, 400],
  ['backslashes', `GET /api\\v1\\auth\\me HTTP/1.1\r\n${ours}${owned}`, 400],
  ['a whole address', `GET http://127.0.0.1:PORT/api/v1/auth/me HTTP/1.1\r\n${ours}${owned}`, 200],
  ['one of another host', `GET http://evil.example/api/v1/auth/me HTTP/1.1\r\n${ours}${owned}`, 400],
  ['hooks by their whole address', `POST http://127.0.0.1:PORT/hooks/claude-code HTTP/1.1\r\n${ours}${owned}`, 400],
  ['hooks, encoded', `POST /%68ooks/claude%2Dcode HTTP/1.1\r\n${ours}${owned}`, 400],
  ['a stream, encoded', `GET /%65vents?types=x HTTP/1.1\r\n${ours}${owned}`, 400],
  ['an upgrade to something else', `GET /api/v1/ws HTTP/1.1\r\n${upgrade.replace('websocket', 'foo')}`, 400],
  ['a socket without a key', `GET /api/v1/ws HTTP/1.1\r\n${upgrade}Sec-WebSocket-Version: 13\r\n`, 400],
])('%s is answered in the one shape', async (_what, text, status) => {
  // A client that has closed its side before the event is durable is told nothing.
  const answer = await raw(`${text.replaceAll('TOKEN', worker.ownerToken)}\r\n`, theEnd);
  const [first = '', body = ''] = answer.split('\r\n\r\n');
  expect(first).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  if (status !== 200) problemOf({ status, headers: {}, text: body });
});

test('a stream whose address is whole or encoded streams', async () => {
  for (const address of ['http://127.0.0.1:PORT/events', '/%65vents', '/api/../events']) {
    const answer = await raw(
      `GET ${address} HTTP/1.1\r\n${ours}${owned.replace('TOKEN', worker.ownerToken)}\r\n`,
      ': connected',
    );
    expect(answer, address).toContain(': connected');
  }
});

test('a request may be named by its caller, but not with anything', async () => {
  const named = await me({ ...bearer(worker.ownerToken), 'x-request-id': 'my-request.1' });
  expect(named.headers['x-request-id']).toBe('my-request.1');
  for (const id of ['a b', 'a"b', '<script>', 'a'.repeat(200)]) {
    const answer = await me({ ...bearer(worker.ownerToken), 'x-request-id': id });
    expect(answer.headers['x-request-id']).toMatch(/^[\w-]{36}$/);
  }
});
