import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';
import { initialize } from '../mcp/testing/mcp-requests.ts';
import { openSocket, openStream } from './testing/stream-clients.ts';

const workers = testWorkers();
const patience = { timeout: 20_000, interval: 10 };
const password = 'correct horse battery';
let worker: TestWorker;
beforeAll(async () => {
  // Nobody looks every fifteen seconds: what ends, ends with the commit.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  worker = await workers.start();
  await worker.client.sessions.create.mutate({ id: 's1', agent: 'notes', cwd: '/nowhere' });
}, 60_000);
afterAll(async () => {
  await workers.end();
  vi.useRealTimers();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const subscription = `/trpc/events.subscribe?input=${encodeURIComponent('{"json":{}}')}`;

async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const type = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  return fetch(worker.url + path, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) });
}

async function streamsOf(token: string, paths: string[]) {
  const streams = await Promise.all(paths.map((path) => openStream(worker.url + path, bearer(token))));
  expect(streams.map(({ status }) => status)).toEqual(paths.map(() => 200));
  const client = await openSocket(`${worker.url}/api/v1/ws`, bearer(token));
  return {
    client,
    isOpen: () => client.closed === null && streams.every(({ ended }) => !ended),
    ended: () => vi.waitUntil(() => client.closed !== null && streams.every(({ ended }) => ended), patience),
  };
}

// Catches: a kind of stream that nobody ends when its key is revoked.
test('every kind of stream ends with the key that opened it, and no other one', async () => {
  const [lost, kept] = await Promise.all(
    ['lost', 'kept'].map((name) => worker.client.keys.create.mutate({ name, scopes: ['read'] })),
  );
  const key = lost?.key ?? '';
  const others = await streamsOf(kept?.key ?? '', ['/events', subscription]);
  const paths = ['/api/v1/stream/events', '/events', '/api/v1/sse/events/s1', '/api/v1/sse', '/api/v1/sse/llm'];
  const own = await streamsOf(key, [...paths, subscription]);
  const begun = await post('/mcp', initialize('2025-06-18'), bearer(key));
  const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
  const agent = await fetch(`${worker.url}/mcp`, {
    headers: { ...bearer(key), ...session, accept: 'text/event-stream', 'mcp-protocol-version': '2025-06-18' },
  });
  expect(agent.status).toBe(200);
  await worker.client.keys.revoke.mutate({ id: lost?.api_key.id ?? '' });
  await own.ended();
  await agent.text();
  expect([own.client.closed, own.client.reason]).toEqual([4401, expect.stringMatching(/^INVALID_TOKEN: /)]);
  expect(others.isOpen()).toBe(true);
}, 60_000);

// Catches: a right that was taken, and streams that go on to use it.
test.each([
  ['may read no more', { scopes: ['write' as const] }, 4403],
  ['has expired', { expires_at: new Date(0).toISOString() }, 4401],
])('streams end with a change by which a key %s', async (_what, change, code) => {
  const { key, api_key } = await worker.client.keys.create.mutate({ name: 'changed', scopes: ['read', 'write'] });
  const own = await streamsOf(key, ['/api/v1/stream/events', subscription]);
  await worker.client.keys.update.mutate({ id: api_key.id, change: { name: 'renamed' } });
  expect(own.isOpen()).toBe(true);
  await worker.client.keys.update.mutate({ id: api_key.id, change });
  await own.ended();
  expect(own.client.closed).toBe(code);
});

// Catches: streams that outlive the time of their key, or of the key that made it, until somebody looks for it.
test('streams end when the time of their key, or of its maker, is over', async () => {
  const maker = await worker.client.keys.create.mutate({ name: 'maker', scopes: ['admin', 'read'] });
  const made = await post('/api/v1/keys', { name: 'made', scopes: ['read'] }, bearer(maker.key));
  const { key } = z.object({ key: z.string() }).parse(await made.json());
  const own = await streamsOf(maker.key, ['/api/v1/stream/events', subscription]);
  const others = await streamsOf(key, ['/events', subscription]);
  const expires_at = new Date(Date.now() + 200).toISOString();
  await worker.client.keys.update.mutate({ id: maker.api_key.id, change: { expires_at } });
  await Promise.all([own.ended(), others.ended()]);
  expect([own.client.closed, others.client.closed]).toEqual([4401, 4401]);
});

const pair = z.object({ access_token: z.string(), refresh_token: z.string() });
type Login = z.infer<typeof pair> & { id: string; email: string };

async function tokensOf(email: string): Promise<z.infer<typeof pair>> {
  return pair.parse(await (await post('/api/v1/auth/login', { email, password })).json());
}

// Catches: a login that ended for requests and not for what it has open.
test.each<[string, (login: Login) => Promise<unknown>]>([
  ['logs out', ({ refresh_token }) => post('/api/v1/auth/logout', { refresh_token })],
  [
    'shows a refresh token twice',
    async ({ refresh_token }) => {
      await post('/api/v1/auth/refresh', { refresh_token });
      expect((await post('/api/v1/auth/refresh', { refresh_token })).status).toBe(401);
    },
  ],
  [
    'changes the password elsewhere',
    async ({ email }) => {
      const { access_token } = await tokensOf(email);
      const change = { current: password, next: `${password} again` };
      expect((await post('/api/v1/auth/password', change, bearer(access_token))).status).toBe(204);
    },
  ],
  ['is disabled', ({ id }) => worker.client.users.update.mutate({ id, change: { disabled: true } })],
  ['is removed', ({ id }) => worker.client.users.delete.mutate({ id })],
])('streams of a user end when it %s', async (what, end) => {
  const email = `${what.replaceAll(' ', '-')}@example.com`;
  const { id } = await worker.client.users.create.mutate({ email, name: what, password, role: 'viewer' });
  const login = { ...(await tokensOf(email)), id, email };
  const own = await streamsOf(login.access_token, ['/api/v1/stream/events', subscription]);
  await end(login);
  await own.ended();
  expect(own.client.closed).toBe(4401);
});
