import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startAnthropicServer } from '../../src/main/ai/testing/anthropic-server.ts';
import type { ModelServer } from '../../src/main/ai/testing/model-server.ts';
import { type RestOperation, restOperations } from '../../src/main/http/rest/rest-operation.ts';
import { testWorkers, type TestWorker } from '../../src/main/worker/testing/test-worker.ts';
import { scopes } from '../../src/shared/access-views.ts';
import { createAnswerCheck } from './answer-schemas.ts';
import { createBrokenInputs } from './broken-inputs.ts';
import { otherCalls } from './other-calls.ts';
import { parseDocument, routesOf, type OpenApiDocument, type Route } from './fuzz/openapi.ts';
import { plausibleCalls, type KnownIds } from './plausible-calls.ts';
import { bearer, problemOf, send, type Answer } from './request.ts';
import { toRequest, type RestRequest } from './rest-request.ts';
import { seed } from './seed.ts';
import { until } from '../driver/until.ts';

const workers = testWorkers();
/** Doors without input, or with a text of which each is as good as another. */
const takesAnything = [
  'worker.health',
  'worker.metrics',
  'worker.document',
  'viewer.link',
  'streams.tagged',
  'streams.answers',
  'streams.sessionHealth',
  'streams.socket',
  'peers.health',
  'peers.get',
  'peers.delete',
  'peers.tags',
  'peers.types',
];
/** Answers of doors of their own that no operation gives: a link that was used, a hook that is only kept. */
const told = [
  { operationId: 'viewer.redeem', method: 'POST', path: '/api/v1/viewer/redeem', body: { ticket: 'used' } },
  { operationId: 'hooks.claudeCode', method: 'POST', path: '/hooks/claude-code', body: { hook_event_name: 'Stop' } },
];
/** Fewer than an address may be refused in a minute; a worker that has been started again has not counted any. */
const refusedAtOnce = 100;

let worker: TestWorker;
let model: ModelServer;
let document: OpenApiDocument;
let routes: Route[];
let operations: Map<string, RestOperation>;
let known: KnownIds;

beforeAll(async () => {
  worker = await workers.start({ startedBy: 'agent' });
  model = await startAnthropicServer();
  document = parseDocument((await send(worker.port, '/api/v1/openapi.json', { headers: host() })).text);
  routes = routesOf(document);
  operations = new Map(restOperations(worker.router).map((operation) => [operation.name, operation]));
  expect(routes.length).toBeGreaterThan(200);
});
afterAll(async () => {
  await workers.end();
  await model.close();
});

const host = () => ({ host: `127.0.0.1:${worker.port}` });
const documented = z.looseObject({ responses: z.record(z.string(), z.unknown()) });
const statusesOf = ({ method, path }: Pick<Route, 'method' | 'path'>) =>
  Object.keys(documented.parse(document.paths[path]?.[method.toLowerCase()]).responses);
const filled = ({ path }: Route) => path.replaceAll(/\{\w+\}/g, 'x');
const guarded = () => routes.filter(({ scope }) => scope !== 'public');

function ask({ method, path, body, token = worker.ownerToken }: RestRequest): Promise<Answer> {
  const headers = { ...host(), ...(token === null ? {} : bearer(token)) };
  if (body === undefined) return send(worker.port, path, { method, headers });
  const text = JSON.stringify(body);
  const described = { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return send(worker.port, path, { method, headers: described, body: text });
}

// Catches: a door beside the token check.
test('no route but the public ones answers without a token', async () => {
  for (const [index, route] of guarded().entries()) {
    if (index % refusedAtOnce === refusedAtOnce - 1) worker = await worker.restart();
    const answer = await ask({ method: route.method, path: filled(route), body: undefined, token: null });
    expect([answer.status, problemOf(answer).code], route.operationId).toEqual([401, 'UNAUTHORIZED']);
    expect(answer.headers['www-authenticate'], route.operationId).toBe('Bearer');
  }
  const open = routes.filter(({ scope }) => scope === 'public').map(({ operationId }) => operationId);
  expect(open.length).toBeLessThan(12);
});

// Catches: a route that asks for less than the document says, or looks at the input before it looks at who sent it.
test('no route takes a key that has every scope but the one that it needs', async () => {
  const keys = new Map<string, string>([['any', worker.captureToken]]);
  for (const lacking of [...scopes, 'owner']) {
    const wanted = { name: `all but ${lacking}`, scopes: scopes.filter((scope) => scope !== lacking) };
    keys.set(lacking, (await worker.client.keys.create.mutate(wanted)).key);
  }
  for (const route of guarded()) {
    const token = keys.get(route.scope);
    const answer = await ask({ method: route.method, path: filled(route), body: undefined, token });
    expect([answer.status, problemOf(answer).code], route.operationId).toEqual([403, 'FORBIDDEN']);
  }
});

// Catches: input that is passed on unseen, and a refusal that does not say what is wrong.
test('every part of every input is looked at, and named when it is wrong', { timeout: 240_000 }, async () => {
  const brokenInputs = createBrokenInputs(document);
  const checked = new Set<string>();
  const wrong: string[] = [];
  // Behind its token check that door tells of errors as its own protocol wants it.
  const ours = routes.filter(({ path }) => path !== '/mcp');
  for (const route of ours) {
    for (const { at, request } of brokenInputs(route, operations.has(route.operationId))) {
      const answer = await ask(request);
      checked.add(route.operationId);
      const details = answer.status === 400 ? (problemOf(answer).details ?? []) : [];
      const isNamed = details.some(({ path, message }) => {
        const isOfAll = path === '' && message.includes(at);
        return isOfAll || path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`);
      });
      if (!isNamed) wrong.push(`${route.operationId} ${at}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(ours.map(({ operationId }) => operationId).filter((id) => !checked.has(id))).toEqual(takesAnything);
});

// Catches: a document that says something else than what comes.
test('every route answers as the document says', { timeout: 240_000 }, async () => {
  known = { ...(await seed(worker)), modelUrl: model.url, askingSession: 'asks' };
  // Answered by one of the calls.
  void worker
    .hook({
      hook_event_name: 'PermissionRequest',
      session_id: 'asks',
      cwd: '/nowhere',
      tool_name: 'Bash',
      tool_input: { command: 'ls' },
    })
    .catch(() => {});
  await until('the request is held', async () => {
    const { data } = await worker.client.permissions.list.query({ session_id: 'asks', states: ['pending'] });
    return data[0];
  });
  const wrong: string[] = [];
  const asked = new Set<string>();
  const check = createAnswerCheck(document, routes);
  async function must(operationId: string, request: RestRequest): Promise<unknown> {
    asked.add(operationId);
    const { value, complaint } = await check(operationId, worker.url, worker.ownerToken, request);
    if (complaint !== null) wrong.push(`${operationId}: ${complaint}`);
    return value;
  }
  await openSocket(worker);
  asked.add('streams.socket');
  for (const { operationId, request, learn } of otherCalls) {
    const answer = await must(operationId, request(known, worker));
    Object.assign(known, learn?.(answer));
  }
  for (const { name, input, asUser, learn } of plausibleCalls) {
    const operation = operations.get(name);
    if (operation === undefined) throw new Error(`There is no ${name}.`);
    const token = asUser ? known['access'] : undefined;
    const answer = await must(name, {
      ...toRequest(operation, input(known)),
      ...(token === undefined ? {} : { token }),
    });
    Object.assign(known, learn?.(answer));
  }
  expect(wrong).toEqual([]);
  expect(routes.map(({ operationId }) => operationId).filter((id) => !asked.has(id))).toEqual([]);
});

// Catches: a generated client that meets a status or a type of which the document knows nothing.
test('what is not there, and a search as events, are in the document', async () => {
  const wrong: string[] = [];
  for (const { method, path, operationId, parameters } of routes) {
    const asked = parameters.filter(({ in: place, name }) => place === 'query' && /_id$|^from$/.test(name));
    if (method !== 'GET' || /events|sse|\/ws|stream/.test(path)) continue;
    for (const { name } of asked) {
      const others = parameters.filter((other) => other.required === true && other.name !== name);
      const query = [name, ...others.map((other) => other.name)].map((one) => `${one}=nope`).join('&');
      const { status } = await ask({ method, path: `${path}?${query}`, body: undefined });
      if (!statusesOf({ method, path }).includes(String(status))) wrong.push(`${operationId} ${name}: ${status}`);
    }
  }
  for (const route of routes.filter(({ body }) => body !== null)) {
    const headers = { ...host(), ...bearer(worker.ownerToken), 'content-type': 'text/plain', 'content-length': 2 };
    const { status } = await send(worker.port, filled(route), { method: route.method, headers, body: '{}' });
    if (!statusesOf(route).includes(String(status))) wrong.push(`${route.operationId}: ${status}`);
  }
  for (const { operationId, path, method, body } of told) {
    const { status, text } = await ask({ path, method, body });
    if (!statusesOf({ method, path }).includes(String(status))) wrong.push(`${operationId}: ${status} ${text}`);
  }
  expect(wrong).toEqual([]);
  const check = createAnswerCheck(document, routes);
  const headers = { accept: 'text/event-stream' };
  const request = { method: 'GET', path: '/api/v1/search?q=a', body: undefined, headers };
  expect((await check('search.query', worker.url, worker.ownerToken, request)).complaint).toBeNull();
});

// Catches: a form that cannot show which of its fields is wrong, because what they say together was told of none.
test.each([
  ['POST', '/summaries', { scope: 'turn' }, ['session_id', 'prompt_id']],
  ['POST', '/summaries', { scope: 'week' }, ['project_id', 'week']],
  ['POST', '/learnings', { category: 'fact', scope: 'path', statement: 'It is so.' }, ['project_id', 'path']],
  ['POST', '/learnings/proposals', { category: 'fact', statement: 'It is so.' }, ['project_id']],
  ['PATCH', '/sessions/x', { status: 'active', end_reason: 'done' }, ['end_reason']],
  ['POST', '/sessions', { agent: 'x', cwd: '/', started_at: '2999-01-01T00:00:00Z' }, ['started_at']],
  ['GET', '/stats/growth?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z', undefined, ['since']],
])('%s %s %j is told where it is wrong', async (method, path, body, at) => {
  const answer = await ask({ method, path: `/api/v1${path}`, body });
  expect([answer.status, problemOf(answer).details?.map((detail) => detail.path)]).toEqual([400, at]);
});

// Catches: a proposal that is refused although its session says where it belongs.
test('what was learnt in a session holds for its project', async () => {
  await worker.client.sessions.create.mutate({ id: 'learns', agent: 'x', cwd: '/shop/learns' });
  const told = { category: 'fact', statement: 'The kiln cools for nine hours.', session_id: 'learns' } as const;
  const { project } = await worker.client.learnings.propose.mutate(told);
  expect(project).toEqual((await worker.client.sessions.get.query({ id: 'learns' })).project);
});

/** The one door that answers 101. */
async function openSocket({ url, ownerToken }: TestWorker): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws`, { headers: bearer(ownerToken) });
  await once(socket, 'open');
  socket.terminate();
}
