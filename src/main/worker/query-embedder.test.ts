import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultEmbeddingSettings } from '../embed/settings.ts';
import { noSecretStore } from '../embed/secret-store.ts';
import type { EmbeddingError } from '../embed/embedding-error.ts';
import type { StoredModel } from '../embed/embedding-job.ts';
import {
  answerWith,
  raw,
  startEmbeddingServer,
  status,
  type EmbeddingServer,
} from '../embed/testing/embedding-server.ts';
import type { EmbeddingSettings } from '../../shared/embedding-views.ts';
import { createProviderFactory } from './embedding-providers.ts';
import { createQueryEmbedder, type QueryEmbedder } from './query-embedder.ts';

let server: EmbeddingServer;
let queries: QueryEmbedder;
let problems: EmbeddingError[];
let answers: number;
const model: StoredModel = { pk: 7, modelId: 'small@here', dimension: 8, state: 'active', usable: true };

beforeEach(async () => {
  server = await startEmbeddingServer(8);
  problems = [];
  answers = 0;
  // On a busy machine an answer takes its time.
  queries = embedder(30_000);
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

function embedder(timeoutMs: number): QueryEmbedder {
  return createQueryEmbedder({
    createProvider: createProviderFactory({ secrets: noSecretStore, env: {}, onUsage: () => {} }),
    onAnswer: () => answers++,
    onProblem: (problem) => problems.push(problem),
    timeoutMs,
  });
}

function vector(text: string, of = model) {
  return queries.vector(text, of, settings());
}

function settings(): EmbeddingSettings {
  return { ...defaultEmbeddingSettings, kind: 'endpoint', base_url: server.baseUrl, model: 'small' };
}

test('the built-in model is left to the thread that searches', async () => {
  const builtin = { ...model, modelId: 'static-en-zh-1', dimension: 256 };
  expect(await vector('a question', builtin)).toEqual({
    modelPk: 7,
    modelId: 'static-en-zh-1',
    dimension: 256,
    vector: null,
  });
  expect(server.requests).toEqual([]);
});

test('a query is asked once, also while its answer is on the way', async () => {
  const [first, second] = await Promise.all([vector('a question'), vector(' a question ')]);
  expect(first?.vector).toHaveLength(8);
  expect(second).toEqual(first);
  await vector('a question');
  expect(server.requests).toHaveLength(1);
  expect(answers).toBe(1);
  await vector('a question', { ...model, pk: 8 });
  expect(server.requests).toHaveLength(2);
});

test('long queries are cut, and empty ones are not sent', async () => {
  await vector('x'.repeat(50_000));
  expect(server.requests[0]?.input[0]).toHaveLength(2_000);
  expect((await vector('  '))?.vector).toEqual(new Float32Array(8));
  expect(server.requests).toHaveLength(1);
});

test('an endpoint that is slow costs one search a moment, and the next ones nothing', async () => {
  queries = embedder(100);
  server.always(() => {});
  expect(await vector('slow')).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual(['TIMEOUT']);
  expect(await vector('another')).toBeNull();
  expect(server.requests).toHaveLength(1);
});

test('after a failure it is asked again once some seconds have passed', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  server.next(status(500));
  expect(await vector('a question')).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual(['SERVER_ERROR']);
  expect(await vector('a question')).toBeNull();
  vi.advanceTimersByTime(6_000);
  expect((await vector('a question'))?.vector).toHaveLength(8);
});

test('a failure is not remembered as an answer, and settings that changed are tried at once', async () => {
  server.next(status(401));
  expect(await vector('a question')).toBeNull();
  queries.reset();
  expect((await vector('a question'))?.vector).toHaveLength(8);
});

test('an answer with another dimension than the vectors have is a problem, not a vector', async () => {
  server.always(answerWith(3));
  expect(await vector('a question')).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual(['WRONG_DIMENSION']);
});

test('another model is asked at its own endpoint, with nothing of the one before', async () => {
  const other = await startEmbeddingServer(5);
  await vector('a question');
  const there = { ...defaultEmbeddingSettings, kind: 'endpoint', base_url: other.baseUrl, model: 'large' } as const;
  const answer = await queries.vector('a question', { ...model, pk: 8, dimension: 5 }, there);
  expect(answer).toMatchObject({ modelPk: 8, dimension: 5 });
  expect(answer?.vector).toHaveLength(5);
  expect([server.requests.length, other.requests.length, problems.length]).toEqual([1, 1, 0]);
  await other.close();
});

test('a late failure of an endpoint that was left marks nothing', async () => {
  server.always(() => {});
  const left = vector('a question');
  await vi.waitUntil(() => server.requests.length === 1, { timeout: 30_000 });
  queries.reset();
  expect(await left).toBeNull();
  expect(problems).toEqual([]);
});

test('who types faster than the endpoint answers makes it no failing one; the newest is asked next', async () => {
  const held: (() => void)[] = [];
  const usual = answerWith(8);
  server.always((request, response) => void held.push(() => usual(request, response)));
  const typed = Array.from({ length: 20 }, (_, at) => vector(`query ${at}`));
  await vi.waitUntil(() => held.length === 4, { timeout: 30_000 });
  for (let at = 0; at < 12; at++) {
    await vi.waitUntil(() => held.length > at, { timeout: 30_000 });
    held[at]?.();
  }
  const answered = (await Promise.all(typed)).map((answer) => answer !== null);
  // Four at once, eight that waited; those between were typed over.
  expect(answered).toEqual(Array.from({ length: 20 }, (_, at) => at < 4 || at >= 12));
  expect(server.requests[4]?.input).toEqual(['query 19']);
  expect(problems).toEqual([]);
});

test('what nobody waits for any more is not sent', async () => {
  const held: (() => void)[] = [];
  const usual = answerWith(8);
  server.always((request, response) => void held.push(() => usual(request, response)));
  const first = [1, 2, 3, 4].map((at) => vector(`query ${at}`));
  await vi.waitUntil(() => held.length === 4, { timeout: 30_000 });
  const gone = queries.vector('gone', model, settings(), AbortSignal.abort());
  for (const answer of held) answer();
  expect(await gone).toBeNull();
  await Promise.all(first);
  expect(server.requests).toHaveLength(4);
});

test('a secret in a query does not leave', async () => {
  await vector(`why is AKIAIOSFODNN7EXAMPLE refused ${'x'.repeat(3_000)}`);
  expect(server.requests[0]?.input[0]).toMatch(/^why is \[REDACTED/);
  expect(server.requests[0]?.input[0]).toHaveLength(2_000);
});

test('a query without a direction is an answer, and one of megabytes is none', async () => {
  server.next(raw(JSON.stringify({ data: [{ embedding: [0, 0, 0, 0, 0, 0, 0, 0] }] })));
  expect((await vector('nothing'))?.vector).toEqual(new Float32Array(8));
  server.next(raw(JSON.stringify({ data: [{ embedding: [1] }], more: 'x'.repeat(2_000_000) })));
  expect(await vector('much')).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual(['BAD_ANSWER']);
});
