import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { testWorkers, type TestWorker } from '../../src/main/worker/testing/test-worker.ts';

/** A client of mcp-memory-service: it knows the paths and shapes of that API, an address and a key, and nothing of ours. */

const memory = z.object({
  content: z.string(),
  content_hash: z.string(),
  tags: z.array(z.string()),
  memory_type: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  created_at: z.number(),
  created_at_iso: z.string(),
});
const stored = z.object({ success: z.boolean(), message: z.string(), content_hash: z.string(), memory });
const page = z.object({
  memories: z.array(memory),
  total: z.number(),
  page: z.number(),
  page_size: z.number(),
  has_more: z.boolean(),
});
const found = z.object({
  results: z.array(z.object({ memory, similarity_score: z.number().nullable(), relevance_reason: z.string() })),
  total_found: z.number(),
  query: z.string(),
  search_type: z.enum(['semantic', 'tag', 'time', 'similar']),
  processing_time_ms: z.number(),
});

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => {
  worker = await workers.start();
});
afterAll(() => workers.end());

async function call<Shape>(
  shape: z.ZodType<Shape>,
  method: string,
  path: string,
  body?: object,
  more?: Record<string, string>,
): Promise<Shape> {
  const response = await fetch(worker.url + path, {
    method,
    headers: { 'X-API-Key': worker.ownerToken, 'Content-Type': 'application/json', ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status, path).toBe(200);
  return shape.parse(await response.json());
}

const contents = ({ results }: z.infer<typeof found>) => results.map((result) => result.memory.content);

// Catches: a client of theirs that has to be changed before it works here.
test('stores, lists, finds and deletes', async () => {
  const { status } = await call(z.object({ status: z.string() }), 'GET', '/api/health');
  expect(status).toBe('healthy');

  const locked = await call(stored, 'POST', '/api/memories', {
    content: 'The database is locked while the nightly backup runs.',
    tags: ['database', 'ops'],
    memory_type: 'decision',
    metadata: { source: 'review', links: ['a', 'b'] },
    client_hostname: 'laptop',
  });
  expect(locked.memory).toMatchObject({ memory_type: 'decision', tags: ['database', 'ops', 'source:laptop'] });
  expect(locked.memory.metadata).toMatchObject({ source: 'review', hostname: 'laptop' });
  await call(stored, 'POST', '/api/memories', {
    content: 'Deploys go out on Tuesdays.',
    tags: ['ops'],
    conversation_id: 'c1',
  });
  await call(stored, 'POST', '/api/memories', { content: '登录页面用 React 写成。', tags: ['前端'] });

  const first = await call(page, 'GET', '/api/memories?page=1&page_size=2');
  expect(first).toMatchObject({ total: 3, page: 1, page_size: 2, has_more: true });
  const second = await call(page, 'GET', '/api/memories?page=2&page_size=2');
  expect(second).toMatchObject({ total: 3, has_more: false });
  expect(new Set([...first.memories, ...second.memories].map(({ content }) => content)).size).toBe(3);
  expect((await call(page, 'GET', '/api/memories?memory_type=decision')).total).toBe(1);
  expect((await call(page, 'GET', '/api/memories?tag=ops,database&tag_match=all')).total).toBe(1);
  const tags = await call(
    z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number() })) }),
    'GET',
    '/api/tags',
  );
  expect(tags.tags[0]).toEqual({ tag: 'ops', count: 2 });

  const words = await call(found, 'POST', '/api/search', {
    query: 'nightly backup',
    n_results: 5,
    quality_boost: true,
  });
  expect(contents(words)[0]).toContain('nightly backup');
  // By meaning: it shares no word with the question.
  const meaning = await call(found, 'POST', '/api/search', { query: '数据库被锁定', n_results: 1 });
  expect(contents(meaning)).toEqual([locked.memory.content]);
  expect(await call(found, 'POST', '/api/search', { query: 'nightly backup', similarity_threshold: 1 })).toMatchObject({
    total_found: 0,
  });
  const any = await call(found, 'POST', '/api/search/by-tag', { tags: ['database', '前端'] });
  expect(any).toMatchObject({ total_found: 2, search_type: 'tag' });
  const all = await call(found, 'POST', '/api/search/by-tag', { tags: ['ops', 'database'], match_all: true });
  expect(contents(all)).toEqual([locked.memory.content]);
  expect(await call(found, 'POST', '/api/search/by-time', { query: 'today', n_results: 10 })).toMatchObject({
    total_found: 3,
    search_type: 'time',
  });
  expect(await call(found, 'POST', '/api/search/by-time', { query: 'last month' })).toMatchObject({ total_found: 0 });

  const types = z.object({ types: z.array(z.object({ memory_type: z.string(), count: z.number() })) });
  expect((await call(types, 'GET', '/api/types')).types).toEqual([
    { memory_type: 'semantic', count: 2 },
    { memory_type: 'decision', count: 1 },
  ]);
  const similar = await call(found, 'GET', `/api/search/similar/${locked.content_hash}?n_results=2`);
  expect(similar.search_type).toBe('similar');
  expect(contents(similar)).not.toContain(locked.memory.content);

  const path = `/api/memories/${locked.content_hash}`;
  await call(stored, 'PUT', path, { tags: ['database'], memory_type: 'incident', metadata: { source: 'again' } });
  expect(await call(memory, 'GET', path)).toMatchObject({ tags: ['database'], memory_type: 'incident' });
  // Catches: of agents that note something at once all but the last one, who were told that it was stored.
  const notes = Array.from({ length: 12 }, (_, at) => ({ [`k${at}`]: at }));
  await Promise.all(notes.map((metadata) => call(stored, 'PUT', path, { metadata })));
  const noted = await call(memory, 'GET', path);
  expect(noted).toMatchObject({ tags: ['database'], memory_type: 'incident' });
  for (const note of notes) expect(noted.metadata).toMatchObject(note);
  await call(z.object({ success: z.literal(true), content_hash: z.literal(locked.content_hash) }), 'DELETE', path);
  const gone = await fetch(worker.url + path, { headers: { 'X-API-Key': worker.ownerToken } });
  expect(gone.status).toBe(404);
  expect((await call(page, 'GET', '/api/memories')).total).toBe(2);
});

// Catches: an agent that finds its own memories under no tag, JSON that comes back as a text, and known words that drop the rest.
test('keeps who it is, metadata as it was sent, and what is new beside known words', async () => {
  const bot = { 'X-Agent-ID': 'bot7' };
  const first = { content: 'Nested things stay nested.', tags: ['a,b'], metadata: { nested: { a: [1, null] } } };
  const made = await call(stored, 'POST', '/api/memories', first, bot);
  expect(made).toMatchObject({ success: true, memory: { tags: ['a', 'b', 'agent:bot7'], metadata: first.metadata } });
  expect((await call(page, 'GET', '/api/memories?tag=agent:bot7')).total).toBe(1);
  const again = { content: first.content, tags: ['c'], memory_type: 'note', metadata: { more: true } };
  expect(await call(stored, 'POST', '/api/memories', again)).toMatchObject({
    success: false,
    content_hash: made.content_hash,
    memory: {
      tags: ['a', 'b', 'agent:bot7', 'c'],
      memory_type: 'note',
      metadata: { nested: { a: [1, null] }, more: true },
    },
  });
  const headers = { 'X-API-Key': worker.ownerToken, 'Content-Type': 'application/json', 'X-Agent-ID': 'a,b' };
  const refused = await fetch(`${worker.url}/api/memories`, { method: 'POST', headers, body: '{"content":"x"}' });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    details: [{ path: 'X-Agent-ID', message: expect.stringMatching('no comma') as unknown }],
  });
});

// Catches: a client that is told that something was made, with its address, where nothing was.
test('201 with the address for what is new, 200 for what was there', async () => {
  const send = async (path: string, body: object) => {
    const headers = { 'X-API-Key': worker.ownerToken, 'Content-Type': 'application/json' };
    const { status, headers: told } = await fetch(`${worker.url}/api/v1/memories${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return [status, told.has('location')];
  };
  const [one, other] = [{ text: 'Releases are cut on Mondays.' }, { text: 'Hot fixes go out at once.' }];
  expect(await send('', one)).toEqual([201, true]);
  expect(await send('', { ...one, tags: ['release'] })).toEqual([200, false]);
  expect(await send('/batch', { memories: [one, other] })).toEqual([201, false]);
  expect(await send('/batch', { memories: [one, other] })).toEqual([200, false]);
});

test.each([
  ['POST', '/api/memories', { content: '' }, 'content'],
  ['POST', '/api/memories', { content: 1 }, 'content'],
  ['POST', '/api/search', {}, 'query'],
  ['POST', '/api/search', { query: 'x', n_results: 1_000 }, 'n_results'],
  ['POST', '/api/search/by-tag', { tags: [] }, 'tags'],
  ['POST', '/api/search/by-time', { query: 'purple' }, 'query'],
  ['GET', '/api/memories?page=0', undefined, 'page'],
])('%s %s with %j is refused by name', async (method, path, body, at) => {
  const response = await fetch(worker.url + path, {
    method,
    headers: { 'X-API-Key': worker.ownerToken, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', details: [{ path: at }] });
});

test.each(['/api/memories', '/api/tags', '/api/memories/x'])('%s wants a key', async (path) => {
  expect((await fetch(worker.url + path)).status).toBe(401);
  expect((await fetch(worker.url + path, { headers: { 'X-API-Key': 'cmk_wrong' } })).status).toBe(401);
});

// Catches: an event that a client of theirs waits for and that never comes, or tells of what was searched for.
test('a script that knows their paths only does all of it, and hears of it', async () => {
  const other = await workers.start();
  const env = { ...process.env, MEMORY_URL: other.url, MEMORY_API_KEY: other.ownerToken };
  const script = join(import.meta.dirname, '../../docs/client/peers.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env, timeout: 50_000 });
  const heard = [...stdout.matchAll(/^heard (\w+) (.*)$/gm)];
  const said = (name: string): unknown => JSON.parse(heard.find(([, event]) => event === name)?.[2] ?? 'null');
  const id = /^stored (.+)$/m.exec(stdout)?.[1];
  expect(stdout.split('\n').filter((line) => line !== '' && !/^(?:heard|stored)/.test(line))).toEqual([
    'health healthy',
    'listed 1 The staging database is copied on Fridays.',
    'found The staging database is copied on Fridays.',
    'by tag 1',
    'by time 1',
    'deleted true',
    'left 0',
  ]);
  expect(said('memory_stored')).toMatchObject({ content_hash: id, tags: ['database'], memory_type: 'decision' });
  expect(said('search_completed')).toMatchObject({ results_count: 1 });
  expect(JSON.stringify(said('search_completed'))).not.toContain('staging');
  expect(said('memory_deleted')).toMatchObject({ content_hash: id, success: true });
});
