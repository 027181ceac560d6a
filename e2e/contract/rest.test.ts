import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { healthOutput } from '../../src/main/api/outputs/health-outputs.ts';
import { memoryOutput, memoryPageOutput } from '../../src/main/api/outputs/memory-outputs.ts';
import { appRouter } from '../../src/main/api/router.ts';
import { restOperations } from '../../src/main/http/rest/rest-operation.ts';
import { testWorkers, type TestWorker } from '../../src/main/worker/testing/test-worker.ts';
import { type Answer, bearer, problemOf, send } from './request.ts';

const workers = testWorkers();
let worker: TestWorker;
let id: string;

beforeAll(async () => {
  worker = await workers.start();
  const made = await call('POST', '/api/v1/memories', { text: 'Deploys go out on Tuesdays.', tags: ['deploy'] });
  expect(made.status).toBe(201);
  id = memoryOutput.parse(JSON.parse(made.text)).id;
});
afterAll(() => workers.end());

interface Sent {
  headers?: Record<string, string>;
  /** As it goes out, when it is not to be JSON. */
  text?: string;
}

const form = { text: 'text=a', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
const packed: Sent = { text: '{"text":"a"}', headers: { 'content-encoding': 'gzip' } };

function call(method: string, path: string, body?: unknown, { headers = {}, text }: Sent = {}): Promise<Answer> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return send(worker.port, path, {
    method,
    headers: {
      host: `127.0.0.1:${worker.port}`,
      ...bearer(worker.ownerToken),
      ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
}

const get = (path: string, headers: Record<string, string> = {}) => call('GET', path, undefined, { headers });

describe('a resource', () => {
  test('is made, read, changed, forgotten and taken back', async () => {
    const made = await call('POST', '/api/v1/memories', {
      text: 'The staging database is shop_stage.',
      metadata: { a: 1 },
    });
    const memory = memoryOutput.parse(JSON.parse(made.text));
    expect(memory).toMatchObject({ metadata: { a: 1 }, version: 1 });
    const changed = await call('PATCH', `/api/v1/memories/${memory.id}`, { importance: 0.9 });
    expect(memoryOutput.parse(JSON.parse(changed.text))).toMatchObject({ version: 2, importance: 0.9 });
    const gone = await call('DELETE', `/api/v1/memories/${memory.id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await call('DELETE', `/api/v1/memories/${memory.id}`)).status).toBe(404);
    expect((await call('POST', `/api/v1/memories/${memory.id}/restore`)).status).toBe(200);
  });

  // Catches: a client that is sent again what it has, or told that nothing changed when something did.
  test('has a tag that stays while it is read and changes with it', async () => {
    const path = `/api/v1/memories/${id}`;
    const tag = String((await get(path)).headers['etag']);
    expect(tag).toMatch(/^"[\w-]+"$/);
    const again = await get(path, { 'if-none-match': `"other", ${tag}` });
    expect([again.status, again.text, again.headers['etag']]).toEqual([304, '', tag]);
    await call('PATCH', path, { tags: ['deploy', 'weekly'] });
    const changed = await get(path, { 'if-none-match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers['etag']).not.toBe(tag);
  });

  // Catches: a change that goes over another one unseen, and a check that refuses who is up to date.
  test('is changed only as it was known', async () => {
    const path = `/api/v1/memories/${id}`;
    const tagOf = async (headers: Record<string, string> = {}) => String((await get(path, headers)).headers['etag']);
    const change = (match: string, body: object, method = 'PATCH', at = path) =>
      call(method, at, body, { headers: { 'if-match': match } });
    const refused = (answer: Answer) => [answer.status, problemOf(answer).code];
    const stale = await tagOf();
    const first = await change(stale, { text: 'One and the same thing, said at length. '.repeat(40) });
    expect([first.status, first.headers['etag']]).toEqual([200, await tagOf()]);
    const late = await change(stale, { importance: 0.1 });
    expect(refused(late)).toEqual([412, 'ETAG_MISMATCH']);
    expect(problemOf(late).error).toContain(`GET ${path} again`);
    expect(refused(await call('DELETE', path, undefined, { headers: { 'if-match': stale } }))[0]).toBe(412);
    expect(refused(await change(`W/${await tagOf()}`, { importance: 0.1 }))[0]).toBe(412);
    // What would be refused anyway is told first.
    expect(refused(await change(stale, { importance: 2 }))).toEqual([400, 'INVALID_INPUT']);
    expect(refused(await change(stale, { importance: 0.1 }, 'PATCH', '/api/v1/memories/nope'))[0]).toBe(404);
    expect(refused(await change(stale, { text: 'New.' }, 'POST', '/api/v1/memories'))[0]).toBe(412);
    const packed = await tagOf({ 'accept-encoding': 'gzip' });
    expect(packed).toMatch(/:gzip"$/);
    expect((await get(path, { 'if-none-match': packed })).status).toBe(304);
    expect((await change(packed, { importance: 0.2 })).status).toBe(200);
    expect((await change('*', { importance: 0.3 })).status).toBe(200);
    // Of those that know the same, one.
    const known = await tagOf();
    const all = await Promise.all([0.4, 0.5, 0.6, 0.7].map((importance) => change(known, { importance })));
    expect(all.reduce((sum, { status }) => sum + status, 0)).toBe(200 + 3 * 412);
    await call('PATCH', path, { text: 'Deploys go out on Tuesdays.' });
  });

  test('that stands for itself is changed only as it was known', async () => {
    const path = '/api/v1/permission-settings';
    const { headers, text } = await get(path);
    const change = (match: string) => call('PUT', path, undefined, { text, headers: { 'if-match': match } });
    expect((await change(String(headers['etag']))).status).toBe(200);
    expect((await change('"other"')).status).toBe(412);
  });

  test('is found by lists of parameters', async () => {
    const found = async (query: string) =>
      memoryPageOutput.parse(JSON.parse((await get(`/api/v1/memories?${query}`)).text)).pagination.total;
    expect(await found('tags=deploy')).toBe(1);
    expect(await found('tags=deploy,nothing')).toBe(0);
    expect(await found('tags=deploy&tags=nothing&forgotten=false')).toBe(0);
  });
});

describe('answers', () => {
  test('carry version, request id and no more than the page may', async () => {
    const { headers } = await get('/api/v1/memories', { 'x-request-id': 'run-7:a' });
    expect(headers).toMatchObject({
      'x-api-version': '1',
      'x-request-id': 'run-7:a',
      'content-type': 'application/json',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    });
    const refused = await get('/api/v1/memories/nope', { 'x-request-id': 'run-8:again' });
    expect(problemOf(refused)).toMatchObject({ code: 'NOT_FOUND', request_id: 'run-8:again' });
  });

  // Catches: an id of the client that ends a line of the log or a header.
  test.each(['', 'a b', 'x'.repeat(129), 'a;b', '<script>', '"'])(
    'a malformed request id %j is not taken over',
    async (sent) => {
      const { headers } = await get('/api/v1/health', { 'x-request-id': sent });
      expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    },
  );

  test('are packed when that is worth it and wanted', async () => {
    const { pathname } = new URL('/api/v1/openapi.json', worker.url);
    const packed = await fetch(worker.url + pathname, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.json()).toMatchObject({ openapi: '3.1.0' });
    expect(
      (await get('/api/v1/memories/nope', { 'accept-encoding': 'gzip' })).headers['content-encoding'],
    ).toBeUndefined();
    expect((await get('/api/v1/openapi.json')).headers['content-encoding']).toBeUndefined();
  });

  test('to HEAD and OPTIONS have no body', async () => {
    const head = await call('HEAD', `/api/v1/memories/${id}`);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
    const options = await call('OPTIONS', '/api/v1/memories');
    expect([options.status, options.headers['allow']]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
  });

  test('as a stream tell the question and its answer event by event', async () => {
    const stream = await get('/api/v1/ask/stream?question=When%20do%20deploys%20go%20out%3F');
    expect(stream.headers['content-type']).toContain('text/event-stream');
    const names = [...stream.text.matchAll(/^event: (\w+)$/gm)].map((match) => match[1]);
    expect(names.at(0)).toBe('sources');
    expect(names.at(-1)).toBe('done');
  });
});

// Catches: bad input that becomes a 500, is taken for something else, or is refused without saying what is wrong.
describe('bad input', () => {
  test.each<[what: string, method: string, path: string, status: number, code: string, sent: Sent, at: string[]]>([
    ['an unknown parameter', 'GET', '/memories?limitt=1', 400, 'INVALID_INPUT', {}, ['limitt']],
    ['no number', 'GET', '/memories?limit=many', 400, 'INVALID_INPUT', {}, ['limit']],
    ['too large a number', 'GET', '/memories?limit=1e9', 400, 'INVALID_INPUT', {}, ['limit']],
    ['one of a list that is not known', 'GET', '/jobs?states=waiting,gone', 400, 'INVALID_INPUT', {}, ['states[1]']],
    ['a parameter twice', 'GET', '/memories?limit=1&limit=2', 400, 'INVALID_INPUT', {}, ['limit']],
    ['a cursor of nobody', 'GET', '/memories?cursor=rubbish', 400, 'INVALID_CURSOR', {}, ['cursor']],
    ['a part of another name', 'GET', '/search?q=x&session_id=', 400, 'INVALID_INPUT', {}, ['session_id']],
    ['an unknown field', 'POST', '/memories', 400, 'INVALID_INPUT', { text: '{"txt":"a"}' }, ['txt']],
    ['a field that is missing', 'POST', '/memories', 400, 'INVALID_INPUT', { text: '{}' }, ['text']],
    ['no body', 'POST', '/memories', 400, 'INVALID_INPUT', {}, ['text']],
    ['a field of a part', 'PATCH', '/memories/x', 400, 'INVALID_INPUT', { text: '{"importance":2}' }, ['importance']],
    ['a list as the body', 'POST', '/memories', 400, 'INVALID_INPUT', { text: '[]' }, ['']],
    ['no JSON', 'POST', '/memories', 400, 'INVALID_JSON', { text: '{"text":' }, []],
    ['a prototype', 'POST', '/memories', 400, 'INVALID_JSON', { text: '{"text":"a","__proto__":{}}' }, []],
    ['too deep', 'POST', '/memories', 400, 'BODY_TOO_DEEP', { text: '['.repeat(99) + ']'.repeat(99) }, []],
    ['a form', 'POST', '/memories', 415, 'UNSUPPORTED_MEDIA_TYPE', form, []],
    ['a packed body', 'POST', '/memories', 415, 'UNSUPPORTED_MEDIA_TYPE', packed, []],
    ['a body to GET', 'GET', '/memories', 400, 'INVALID_INPUT', { text: '{"limit":1}' }, ['']],
    ['a day for a time', 'GET', '/sessions?since=2025-01-01', 400, 'INVALID_INPUT', {}, ['since']],
    [
      'a time with a bare plus',
      'GET',
      '/sessions?since=2025-01-01T00:00:00+02:00',
      400,
      'INVALID_INPUT',
      {},
      ['since'],
    ],
    ['too many points', 'GET', '/stats/growth?bucket=hour&since=2020-01-01T00:00:00Z', 400, 'INVALID_INPUT', {}, ['']],
    ['a body to DELETE', 'DELETE', '/memories/x', 400, 'INVALID_INPUT', { text: '{"a":1}' }, ['']],
    ['an id that is not there', 'GET', '/memories/nope', 404, 'NOT_FOUND', {}, []],
    ['an address that is none', 'GET', '/nothing', 404, 'NOT_FOUND', {}, []],
    ['a broken escape in the path', 'GET', '/memories/%E0%A4%A', 404, 'NOT_FOUND', {}, []],
    ['another method', 'PUT', '/memories/x', 405, 'METHOD_NOT_ALLOWED', {}, []],
    ['another method at a door', 'DELETE', '/metrics', 405, 'METHOD_NOT_ALLOWED', {}, []],
    ['another method at a stream', 'POST', '/sse/events/x', 405, 'METHOD_NOT_ALLOWED', {}, []],
    ['a strange method', 'PROPFIND', '/memories', 405, 'METHOD_NOT_ALLOWED', {}, []],
  ])('%s: %s %s is %d %s', async (_, method, path, status, code, sent, at) => {
    const answer = await call(method, `/api/v1${path}`, undefined, sent);
    const told = problemOf(answer);
    expect([answer.status, told.code]).toEqual([status, code]);
    expect((told.details ?? []).map((detail) => detail.path)).toEqual(at);
  });

  test.each(['/api/v2/memories', '/api/v0/health', '/api/v1.1/memories', '/api/v99'])(
    '%s is no version',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(problemOf(answer)).toMatchObject({ code: 'UNKNOWN_VERSION', supported_versions: ['v1'] });
    },
  );
});

describe('who may', () => {
  test('the health of the process and the document are for everybody', async () => {
    const open = (path: string) => send(worker.port, path, { headers: { host: `127.0.0.1:${worker.port}` } });
    expect(JSON.parse((await open('/api/v1/health/live')).text)).toMatchObject({ status: 'ok' });
    expect((await open('/api/v1/health/ready')).status).toBe(200);
    expect((await open('/api/v1/openapi.json')).status).toBe(200);
    expect((await open('/api/v1/health/dependencies')).status).toBe(401);
    expect((await open('/api/v1/metrics')).status).toBe(401);
  });

  test('the parts of the memory are told with their state', async () => {
    const { dependencies } = healthOutput.parse(JSON.parse((await get('/api/v1/health/dependencies')).text));
    expect(dependencies.map(({ name }) => name)).toEqual([
      'database',
      'writer',
      'reader',
      'intake',
      'jobs',
      'embedding',
      'model',
      'disk',
    ]);
  });

  test('metrics count what was asked by its pattern', async () => {
    await get(`/api/v1/memories/${id}`);
    const { text, headers } = await get('/api/v1/metrics');
    expect(headers['content-type']).toContain('version=0.0.4');
    expect(text).toContain('route="/api/v1/memories/:id",status="200"');
    expect(text).not.toContain(id);
    for (const name of [
      'cmem_rows{table="events"}',
      'cmem_jobs{',
      'cmem_database_bytes{',
      'process_resident_memory_bytes',
      'cmem_stream_clients{kind="websocket"}',
      'cmem_streams_total{outcome="refused"}',
      'cmem_event_clients',
      'cmem_events_sent_total',
    ]) {
      expect(text).toContain(name);
    }
  });
});

// Last, because of the limit that it runs into.
describe('the token check', () => {
  const guarded = restOperations(appRouter).filter(({ meta }) => meta.scope !== 'public');

  // Catches: an operation that came in beside the token check, or that a hook's token opens.
  test('every operation but the open ones wants a token, and not that of the hooks', async () => {
    expect(guarded.length).toBeGreaterThan(150);
    for (const { name, meta } of guarded) {
      const path = `/api/v1${meta.rest.path.replaceAll(/\{\w+\}/g, 'x')}`;
      const { method } = meta.rest;
      const headers = { host: `127.0.0.1:${worker.port}` };
      // So many refusals end in a limit for their address, which is told where the token would be.
      const { status } = await send(worker.port, path, { method, headers });
      expect([401, 429], `${name} without a token`).toContain(status);
      const hook = { ...headers, ...bearer(worker.captureToken) };
      expect((await send(worker.port, path, { method, headers: hook })).status, `${name} with a hook's`).toBe(403);
    }
  });
});
