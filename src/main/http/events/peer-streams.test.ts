import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';
import { signalTypes } from '../../../shared/signal-views.ts';
import { memoryEventTypes } from '../../../shared/views.ts';
import { openSocket, openStream, type TestStream } from './testing/stream-clients.ts';

const refused = z.object({ details: z.array(z.object({ path: z.string() })).optional() });

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => {
  worker = await workers.start();
});
afterAll(() => workers.end());

const key = () => ({ 'x-api-key': worker.ownerToken });
const open = (path: string) => openStream(`${worker.url}${path}`, key());
const named = ({ events }: TestStream, name: string) => events.find(({ event }) => event === name);
const tagged = ({ events }: TestStream) => events.map(({ data }) => JSON.parse(data) as Record<string, unknown>);

async function post(path: string, body: object): Promise<Response> {
  return fetch(`${worker.url}${path}`, {
    method: 'POST',
    headers: { ...key(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('/events tells clients of mcp-memory-service what they know, without what was searched for', async () => {
  const stream = await open('/events');
  await stream.until((one) => named(one, 'connection_established') !== undefined);
  const stored = (await (await post('/api/memories', { content: 'Retries wait for a jitter.' })).json()) as {
    content_hash: string;
  };
  await stream.until((one) => named(one, 'memory_stored') !== undefined);
  expect(JSON.parse(named(stream, 'memory_stored')?.data ?? '')).toMatchObject({
    content_hash: stored.content_hash,
    content_preview: 'Retries wait for a jitter.',
    timestamp: expect.stringMatching(/^\d{4}-/) as unknown,
  });
  await worker.client.search.query.query({ text: 'an unspoken secret' });
  await stream.until((one) => named(one, 'search_completed') !== undefined);
  expect(JSON.parse(named(stream, 'search_completed')?.data ?? '')).toMatchObject({ results_count: 0 });
  await fetch(`${worker.url}/api/memories/${stored.content_hash}`, { method: 'DELETE', headers: key() });
  await stream.until((one) => named(one, 'memory_deleted') !== undefined);
  // Ours have ids, theirs have none: what was seen last is that of the log.
  expect(named(stream, 'memory_deleted')?.id ?? '').toBe(named(stream, 'memory_stored')?.id ?? '');
  expect(named(stream, 'memory.changed')?.id).toMatch(/^\d+$/);
  expect(JSON.stringify(stream.events)).not.toContain('unspoken');
  stream.close();
});

test('/api/v1/sse and /sse/llm carry the type in the data, and an answer as it grows under the id of its call', async () => {
  const [all, answers] = await Promise.all([open('/api/v1/sse'), open('/api/v1/sse/llm?request_id=ask-7')]);
  await all.until(({ comments }) => comments.length > 0);
  await answers.until(({ comments }) => comments.length > 0);
  await worker.client.memories.remember.mutate({ type: 'semantic', text: 'The build takes a minute.' });
  const asked = await fetch(`${worker.url}/api/v1/ask`, {
    method: 'POST',
    headers: { ...key(), 'content-type': 'application/json', 'x-request-id': 'ask-7' },
    body: JSON.stringify({ question: 'How long does the build take?' }),
  });
  const { text } = (await asked.json()) as { text: string };
  await answers.until((one) => tagged(one).some(({ is_final: isFinal }) => isFinal === true));
  expect(tagged(answers).every(({ type, request_id: id }) => type === 'stream_chunk' && id === 'ask-7')).toBe(true);
  expect(tagged(answers).reduce((said, { chunk }) => said + String(chunk), '')).toBe(text);
  await all.until((one) => tagged(one).some(({ type }) => type === 'memory_update'));
  expect(all.events.every(({ event, id }) => event === undefined && (id ?? '') === '')).toBe(true);
  all.close();
  answers.close();
});

test('what an agent says reaches /api/v1/sse as a message', async () => {
  const stream = await open('/api/v1/sse?types=message');
  await stream.until(({ comments }) => comments.length > 0);
  const session = { session_id: 'said', cwd: '/nowhere/shop' };
  await worker.hook({ ...session, hook_event_name: 'UserPromptSubmit', prompt: 'Go on' });
  await worker.hook({ ...session, hook_event_name: 'Stop', last_assistant_message: 'All is done.' });
  await stream.until((one) => one.events.length > 0);
  const [message] = tagged(stream);
  expect(message).toMatchObject({
    type: 'message',
    agent_id: 'claude-code',
    user_id: 'default',
    content: 'All is done.',
  });
  const found = await worker.client.messages.get.query({ id: String(message?.['message_id']) });
  expect(found.text).toBe('All is done.');
  stream.close();
});

test('a session has a stream of its own and says what it waits for', async () => {
  await worker.hook({ session_id: 'one', cwd: '/nowhere/shop', hook_event_name: 'UserPromptSubmit', prompt: 'a' });
  await worker.hook({ session_id: 'two', cwd: '/nowhere/shop', hook_event_name: 'UserPromptSubmit', prompt: 'b' });
  const stream = await open('/api/v1/sse/events/one?last_event_id=0&types=session.started,prompt.created');
  await worker.hook({ session_id: 'two', cwd: '/nowhere/shop', hook_event_name: 'UserPromptSubmit', prompt: 'c' });
  await worker.hook({ session_id: 'one', cwd: '/nowhere/shop', hook_event_name: 'UserPromptSubmit', prompt: 'd' });
  await stream.until(({ events }) => events.length === 3);
  expect(new Set(tagged(stream).map(({ session_id: id }) => id))).toEqual(new Set(['one']));
  stream.close();
  const health = await worker.get('/api/v1/sse/health/one');
  expect(await health.json()).toMatchObject({ session_id: 'one', status: 'active', pending_permissions: [] });
  for (const path of ['/api/v1/sse/health/none', '/api/v1/sse/events/none']) {
    expect((await worker.get(path)).status).toBe(404);
  }
  for (const [body, status, fields] of [
    [{ permission_id: 'none', decision: 'allow' }, 404, []],
    [{ permission_id: 'none', decision: 'perhaps' }, 400, ['decision']],
    [{ decision: 'allow' }, 400, ['permission_id']],
    [{ request_id: 'none' }, 400, ['decision']],
    [{}, 400, ['permission_id', 'decision']],
  ] as const) {
    const answer = await post('/api/v1/sse/permission-response/one', body);
    expect(answer.status).toBe(status);
    const { details = [] } = refused.parse(await answer.json());
    expect(details.map(({ path }) => path)).toEqual(fields);
  }
});

// Catches: an answer that does not reach the agent, one that counts twice, and one that another session gives.
test('an agent that waits is answered by way of its session', async () => {
  const ask = (command: string) =>
    worker.hook({
      session_id: 'one',
      cwd: '/nowhere/shop',
      hook_event_name: 'PermissionRequest',
      tool_name: 'Bash',
      tool_input: { command },
    });
  for (const [answer, told] of [
    [{ decision: 'allow' }, { behavior: 'allow' }],
    [
      { behavior: 'deny', message: 'Not now' },
      { behavior: 'deny', message: 'Not now', interrupt: false },
    ],
  ] as const) {
    const held = ask(`make ${told.behavior}`);
    const waiting = await vi.waitFor(
      async () => {
        const health = (await (await worker.get('/api/v1/sse/health/one')).json()) as {
          pending_permissions: { permission_id: string; summary: string }[];
        };
        const [first] = health.pending_permissions;
        expect(first).toMatchObject({ summary: `make ${told.behavior}` });
        return first;
      },
      { timeout: 20_000, interval: 20 },
    );
    const body = { ...answer, permission_id: waiting?.permission_id };
    expect((await post('/api/v1/sse/permission-response/two', body)).status).toBe(404);
    const done = await post('/api/v1/sse/permission-response/one', body);
    expect(await done.json()).toEqual({
      success: true,
      permission_id: waiting?.permission_id,
      decision: told.behavior,
    });
    expect(await (await held).json()).toMatchObject({ hookSpecificOutput: { decision: told } });
    expect((await post('/api/v1/sse/permission-response/one', body)).status).toBe(409);
  }
});

test('streams of one organisation tell nothing of another', async () => {
  const { id } = await worker.client.organizations.create.mutate({ name: 'Others' });
  const { key: token } = await worker.client.keys.create.mutate({
    name: 'theirs',
    scopes: ['read', 'write', 'spend'],
    organization_id: id,
  });
  const theirs = { 'x-api-key': token };
  const paths = ['/events?last_event_id=0', '/api/v1/sse', '/api/v1/sse/llm'];
  const streams = await Promise.all(paths.map((path) => openStream(`${worker.url}${path}`, theirs)));
  const socket = await openSocket(`${worker.url}/api/v1/ws`, theirs);
  socket.say({ type: 'subscribe', types: [...memoryEventTypes, ...signalTypes], after: 0 });
  await socket.until(({ type }) => type === 'subscribed');
  for (const stream of streams) await stream.until(({ comments }) => comments.length > 0);
  await worker.client.memories.remember.mutate({ type: 'semantic', text: 'Ours is blue.' });
  await worker.client.ask.answer.mutate({ question: 'What is blue?' });
  await fetch(`${worker.url}/api/v1/memories`, {
    method: 'POST',
    headers: { ...theirs, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'semantic', text: 'Theirs is green.' }),
  });
  await socket.until(({ type }) => type === 'memory_stored');
  await streams[0]?.until((one) => named(one, 'memory_stored') !== undefined);
  await streams[1]?.until(({ events }) => events.length > 0);
  const told = JSON.stringify([socket.said, ...streams.map(({ events }) => events)]);
  expect(told).toContain('Theirs is green.');
  expect(told).not.toMatch(/blue|Ours|stream_chunk/);
  for (const stream of streams) stream.close();
  socket.socket.terminate();
});

test.each(['/api/v1/sse?types=nonsense', '/api/v1/sse/llm?types=message', '/events?slow=maybe', '/events?types='])(
  '%s says what is wrong',
  async (path) => {
    const stream = await open(path);
    expect(stream.status).toBe(400);
    await stream.until(({ ended }) => ended);
    expect(stream.events[0]?.data).toContain('INVALID_INPUT');
  },
);

test.each(['/api/v1/stream/events', '/events', '/api/v1/sse', '/api/v1/sse/llm', '/api/v1/sse/events/one'])(
  '%s is closed to whoever has no token, or may not read',
  async (path) => {
    expect((await openStream(`${worker.url}${path}`)).status).toBe(401);
    const { key: token } = await worker.client.keys.create.mutate({ name: 'writes', scopes: ['write'] });
    expect((await openStream(`${worker.url}${path}`, { 'x-api-key': token })).status).toBe(403);
  },
);
