import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultEmbeddingSettings } from '../embed/settings.ts';
import { noSecretStore } from '../embed/secret-store.ts';
import type { EmbeddingError } from '../embed/embedding-error.ts';
import type { StoredModel } from '../embed/embedding-job.ts';
import { answerWith, startEmbeddingServer, status, type EmbeddingServer } from '../embed/testing/embedding-server.ts';
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
  queries = createQueryEmbedder({
    createProvider: createProviderFactory({ secrets: noSecretStore, env: {}, onUsage: () => {} }),
    onAnswer: () => answers++,
    onProblem: (problem) => problems.push(problem),
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

function vector(text: string, of = model) {
  return queries.vector(text, of, {
    ...defaultEmbeddingSettings,
    kind: 'endpoint',
    base_url: server.baseUrl,
    model: 'small',
  });
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
  server.always(() => {});
  const startedAt = performance.now();
  expect(await vector('slow')).toBeNull();
  expect(performance.now() - startedAt).toBeLessThan(5_000);
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
