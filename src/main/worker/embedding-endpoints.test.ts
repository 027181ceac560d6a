import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startEmbeddingServer } from '../embed/testing/embedding-server.ts';
import {
  capture,
  configure,
  embeddingWork,
  hasDimension,
  isDone,
  until,
  type EmbeddingWork,
} from './testing/embedding-work.ts';

let work: EmbeddingWork;
beforeEach(async () => {
  work = await embeddingWork();
});
afterEach(() => work.end());

test('a row that the endpoint stumbles over has no vector, and all others have theirs', async () => {
  const worker = await work.workers.start();
  await capture(worker, 5);
  work.server.always(({ input }, response) => {
    const isPoison = input.some((text) => text.includes('table 3 was locked'));
    response.statusCode = isPoison ? 400 : 200;
    response.end(JSON.stringify(isPoison ? { error: 'no' } : { data: input.map(() => ({ embedding: [1, 2] })) }));
  });
  await configure(worker, work.endpoint());
  await until(worker, ({ active, state }) => state === 'idle' && active?.dimension === 2 && active.vectors === 5);
  // It is paid for once: what is done is not asked for again.
  const before = work.server.requests.length;
  await capture(worker, 1, 5);
  await until(worker, isDone(6));
  expect(work.server.requests.slice(before).flatMap(({ input }) => input)).toHaveLength(1);
});

test('an endpoint that never answers does not hold up who closes', async () => {
  const worker = await work.workers.start();
  await capture(worker, 1);
  await configure(worker, work.endpoint());
  await until(worker, hasDimension(24));
  work.server.always(() => {});
  const before = work.server.requests.length;
  const rebuilding = worker.client.embedding.rebuild.mutate().catch(() => null);
  await vi.waitUntil(() => work.server.requests.length > before, { timeout: 30_000 });
  // Waiting for the endpoint would take longer than a test may.
  await worker.close();
  await rebuilding;
});

test('searches of another model are asked at its own endpoint', async () => {
  const worker = await work.workers.start();
  await capture(worker, 2);
  await configure(worker, work.endpoint());
  await until(worker, hasDimension(24));
  expect(await worker.client.search.query.query({ text: 'locked' })).toMatchObject({ vector_problem: null });
  const other = await startEmbeddingServer(12);
  await configure(worker, work.endpoint({ base_url: other.baseUrl }));
  // While the new model is being made as well as once it answers.
  await worker.client.search.query.query({ text: 'meanwhile' });
  await until(worker, hasDimension(12));
  const before = work.server.requests.length;
  expect(await worker.client.search.query.query({ text: 'migrate' })).toMatchObject({
    mode: 'mixed',
    vector_problem: null,
  });
  expect(other.requests.at(-1)?.input).toEqual(['migrate']);
  expect(work.server.requests).toHaveLength(before);
  await other.close();
});
