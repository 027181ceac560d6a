import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultEmbeddingSettings } from '../embed/settings.ts';
import { raw, status as answerStatus, type Answer } from '../embed/testing/embedding-server.ts';
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

describe('the built-in model', () => {
  test('gives new observations their vectors without being asked', async () => {
    const worker = await work.workers.start();
    await capture(worker, 3);
    expect(await until(worker, isDone(3))).toMatchObject({
      settings: defaultEmbeddingSettings,
      keychain: false,
      active: { model_id: 'static-en-zh-1', dimension: 256, vectors: 3 },
      progress: null,
      problem: null,
      usage: { requests: 0, tokens: 0, cost_usd: 0 },
    });
    await capture(worker, 2, 3);
    await until(worker, isDone(5));
    expect((await worker.status()).embedding.active?.vectors).toBe(5);
  });

  test('that went missing after its work is told as well', async () => {
    const worker = await work.workers.start();
    await capture(worker, 2);
    await until(worker, isDone(2));
    const again = await worker.restart({ embedderDir: join(import.meta.dirname, 'nowhere') });
    expect(await until(again, ({ state }) => state === 'failing')).toMatchObject({
      problem: { code: 'MODEL_MISSING' },
      active: { vectors: 2 },
    });
    expect(await again.client.search.query.query({ text: 'migrate' })).toMatchObject({ vector_problem: 'failed' });
  });

  test('that is missing is a state, not a crash, and searches go on', async () => {
    const worker = await work.workers.start({ embedderDir: join(import.meta.dirname, 'nowhere') });
    await capture(worker, 2);
    const failing = await until(worker, ({ state }) => state === 'failing');
    expect(failing).toMatchObject({ active: null, problem: { code: 'MODEL_MISSING' } });
    const answer = await worker.client.search.query.query({ text: 'migrate' });
    expect(answer.hits).toHaveLength(2);
    await expect(worker.client.embedding.test.mutate({ settings: defaultEmbeddingSettings })).rejects.toThrow(
      /MODEL_MISSING/,
    );
  });
});

describe('another model', () => {
  test('takes over once all rows have its vectors; until then the one before answers', async () => {
    const worker = await work.workers.start();
    await capture(worker, 40);
    await until(worker, isDone(40));
    const held: (() => void)[] = [];
    const usual: Answer = ({ input }, response) =>
      void held.push(() => response.end(JSON.stringify({ data: input.map(() => ({ embedding: [1, 2, 3] })) })));
    work.server.always(usual);
    await configure(worker, work.endpoint());
    await vi.waitUntil(() => held.length === 1, { timeout: 30_000 });
    held.shift()?.();
    // The first batch is written, the second is on its way.
    await vi.waitUntil(() => held.length === 1, { timeout: 30_000 });
    expect(await worker.client.embedding.status.query()).toMatchObject({
      state: 'indexing',
      active: { model_id: 'static-en-zh-1', vectors: 40 },
      progress: { dimension: 3, done: 32, total: 40 },
    });
    held.shift()?.();
    const { active } = await until(worker, isDone(40));
    expect(active?.dimension).toBe(3);
    expect(active?.model_id).toMatch(/^small@http:\/\/127\.0\.0\.1:\d+\/v1$/);
  });

  test('that was given up for the one before leaves nothing behind', async () => {
    const worker = await work.workers.start();
    await capture(worker, 5);
    await until(worker, isDone(5));
    work.server.always(() => {});
    await configure(worker, work.endpoint());
    await vi.waitUntil(() => work.server.requests.length > 0, { timeout: 30_000 });
    await configure(worker, defaultEmbeddingSettings);
    expect((await until(worker, isDone(5))).active?.model_id).toBe('static-en-zh-1');
  });

  test('and its price are counted', async () => {
    const worker = await work.workers.start();
    await capture(worker, 3);
    await configure(worker, work.endpoint({ price_per_million_tokens: 2 }));
    await until(worker, hasDimension(24));
    // Ten tokens a text, by the endpoint's own count.
    expect(await until(worker, ({ usage }) => usage.requests > 0)).toMatchObject({
      usage: { requests: 1, tokens: 30, cost_usd: 0.00006 },
    });
  });

  test('with other dimensions of the built-in one is another model too', async () => {
    const worker = await work.workers.start();
    await capture(worker, 3);
    await until(worker, isDone(3));
    await configure(worker, { ...defaultEmbeddingSettings, dimension: 64 });
    await until(worker, ({ active, state }) => state === 'idle' && active?.dimension === 64 && active.vectors === 3);
    await expect(configure(worker, { ...defaultEmbeddingSettings, dimension: 100 })).rejects.toThrow(/256, 128, 64/);
  });

  test('none at all: searches go on with words', async () => {
    const worker = await work.workers.start();
    await capture(worker, 2);
    await until(worker, isDone(2));
    expect(await configure(worker, { ...defaultEmbeddingSettings, kind: 'none' })).toMatchObject({
      state: 'off',
      active: null,
    });
    expect((await worker.client.search.query.query({ text: 'migrate' })).hits).toHaveLength(2);
    await configure(worker, defaultEmbeddingSettings);
    await until(worker, isDone(2));
  });
});

describe('the work', () => {
  test('stands still when paused, also after a restart, and goes on when resumed', async () => {
    let worker = await work.workers.start();
    await worker.client.embedding.pause.mutate();
    await capture(worker, 4);
    worker = await worker.restart();
    expect(await until(worker, ({ state }) => state === 'paused')).toMatchObject({ active: null });
    await worker.client.embedding.resume.mutate();
    await until(worker, isDone(4));
  });

  test('goes on after a restart where it was', async () => {
    let worker = await work.workers.start();
    await capture(worker, 40);
    await until(worker, isDone(40));
    let asked = 0;
    work.server.always(({ input }, response) => {
      // The second batch never comes.
      if (++asked === 1) response.end(JSON.stringify({ data: input.map(() => ({ embedding: [1, 2] })) }));
    });
    await configure(worker, work.endpoint());
    await vi.waitUntil(() => asked === 2, { timeout: 30_000 });
    worker = await worker.restart();
    work.server.always(({ input }, response) => {
      response.end(JSON.stringify({ data: input.map(() => ({ embedding: [1, 2] })) }));
    });
    const before = work.server.requests.length;
    await until(worker, ({ active, state }) => state === 'idle' && active?.dimension === 2 && active.vectors === 40);
    const texts = work.server.requests.slice(before).flatMap(({ input }) => input);
    expect(texts).toHaveLength(8);
  });

  test('that is done is known to be done after a restart, and new rows are seen all the same', async () => {
    let worker = await work.workers.start();
    await capture(worker, 3);
    await until(worker, isDone(3));
    // At once: nothing is read again. Rows count as new for a moment; who closes within it has them looked at once more.
    await vi.waitUntil(
      async () => {
        await until(worker, isDone(3));
        worker = await worker.restart();
        return isDone(3)(await worker.client.embedding.status.query());
      },
      { timeout: 50_000, interval: 500 },
    );
    await capture(worker, 2, 3);
    // Closed before the moment of quiet is over: what waits is not forgotten.
    worker = await worker.restart();
    await until(worker, isDone(5));
  });

  test('is done anew when told so, and the old vectors answer meanwhile', async () => {
    const worker = await work.workers.start();
    await capture(worker, 3);
    await configure(worker, work.endpoint());
    await until(worker, hasDimension(24));
    const before = work.server.requests.length;
    // The model behind the name was changed.
    work.server.always(({ input }, response) => {
      response.end(JSON.stringify({ data: input.map(() => ({ embedding: [1, 2, 3, 4] })) }));
    });
    await worker.client.embedding.rebuild.mutate();
    await until(worker, ({ active, state }) => state === 'idle' && active?.dimension === 4 && active.vectors === 3);
    expect(work.server.requests.slice(before).flatMap(({ input }) => input)).toHaveLength(4);
  });

  test('tells windows of its state, not of every batch', async () => {
    const worker = await work.workers.start();
    const told: unknown[] = [];
    const stop = worker.onEvent((event) => void (event.type === 'embedding.changed' && told.push(event.data['state'])));
    await capture(worker, 80);
    await until(worker, isDone(80));
    await configure(worker, { ...defaultEmbeddingSettings, kind: 'none' });
    await vi.waitUntil(() => told.includes('off'), { timeout: 30_000 });
    expect(told.length).toBeLessThan(8);
    stop();
  });
});

describe('an endpoint that fails', () => {
  const failures: [string, Answer, string][] = [
    ['answers a web page', raw('<html>', 'text/html'), 'BAD_ANSWER'],
    ['refuses', answerStatus(401), 'REFUSED'],
    ['answers garbage', raw('{"data":[{"embedding":["x"]}]}'), 'BAD_ANSWER'],
  ];

  test.each(failures)('(%s) is told, searches go on, and it is taken up again', async (_, answer, code) => {
    const worker = await work.workers.start();
    await capture(worker, 3);
    work.server.always(answer);
    await configure(worker, work.endpoint());
    const failing = await until(worker, ({ state }) => state === 'failing');
    expect(failing.problem?.code).toBe(code);
    expect((await worker.client.search.query.query({ text: 'migrate' })).hits).toHaveLength(3);
    work.server.always(({ input }, response) => {
      response.end(JSON.stringify({ data: input.map(() => ({ embedding: [1, 2] })) }));
    });
    await worker.client.embedding.resume.mutate();
    expect(await until(worker, isDone(3))).toMatchObject({ problem: null, active: { dimension: 2 } });
  });

  test('(is gone) leaves a search its words at once, and a state that says why', async () => {
    const worker = await work.workers.start();
    await capture(worker, 3);
    await configure(worker, work.endpoint());
    await until(worker, hasDimension(24));
    await work.server.close();
    const answer = await worker.client.search.query.query({ text: 'which table was locked' });
    expect(answer).toMatchObject({ mode: 'lexical', vector_problem: 'failed' });
    expect(answer.hits.length).toBeGreaterThan(0);
    expect(await worker.client.embedding.status.query()).toMatchObject({
      state: 'failing',
      problem: { code: 'UNREACHABLE' },
      active: { vectors: 3 },
    });
  });

  test('(another dimension) is not mixed with the vectors that are there', async () => {
    const worker = await work.workers.start();
    await capture(worker, 2);
    await configure(worker, work.endpoint());
    await until(worker, hasDimension(24));
    work.server.always(({ input }, response) => {
      response.end(JSON.stringify({ data: input.map(() => ({ embedding: [1, 2] })) }));
    });
    await capture(worker, 1, 2);
    const failing = await until(worker, ({ state }) => state === 'failing');
    expect(failing).toMatchObject({ problem: { code: 'WRONG_DIMENSION' }, active: { dimension: 24, vectors: 2 } });
  });
});

test('a test of settings keeps nothing and says what came', async () => {
  const worker = await work.workers.start();
  const tried = await worker.client.embedding.test.mutate({ settings: work.endpoint(), key: 'sk-tried' });
  expect(tried.dimension).toBe(24);
  expect(work.server.requests[0]?.authorization).toBe('Bearer sk-tried');
  expect((await worker.client.embedding.status.query()).settings).toEqual(defaultEmbeddingSettings);
  work.server.always(answerStatus(404, {}, { error: 'model "small" not found' }));
  await expect(worker.client.embedding.test.mutate({ settings: work.endpoint() })).rejects.toThrow(
    /model "small" not found.*REFUSED/,
  );
});
