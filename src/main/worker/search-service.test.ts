import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchRequest } from '../api/services.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { createTestMemory } from '../search/test-memory.ts';
import { createReaderOperations } from './reader-operations.ts';
import type { Reader } from './reader-pool.ts';
import { createSearchService, type SearchServiceParts } from './search-service.ts';

let memory: ReturnType<typeof createTestMemory>;

beforeEach(() => {
  memory = createTestMemory();
  memory.writeAll([{ title: 'Database locked by another process' }, { title: 'The dark theme' }]);
});
afterEach(() => {
  memory.close();
});

const request: SearchRequest = { text: 'database', filters: {}, mode: 'mixed', fusion: 'mass', limit: 20 };

/** The service over the reader's operations in this thread. */
function serviceWith(queryVector: SearchServiceParts['embedding']['queryVector']) {
  const operations = createReaderOperations(memory.db, createSharedModel('/nowhere'));
  const call = (async (name: 'search', argument: Parameters<typeof operations.search>[0]) =>
    operations[name](argument)) as Reader['call'];
  const submit = () => Promise.reject(new Error('Nothing is written by a search.'));
  return createSearchService({ reader: { call }, writer: { submit }, embedding: { queryVector } });
}

function iterate<T>(values: AsyncIterable<T>): AsyncIterator<T> {
  return values[Symbol.asyncIterator]();
}

describe('progressive search', () => {
  it('gives the lexical answer before an endpoint has answered, and says then that it failed', async () => {
    const { promise, resolve } = Promise.withResolvers<'failed'>();
    const slow = serviceWith(() => promise);
    const answers = iterate(slow.progressive(request, new AbortController().signal));
    const first = await answers.next();
    expect(first.value).toMatchObject({ mode: 'lexical', vector_problem: null, total: 1 });
    resolve('failed');
    expect((await answers.next()).value).toMatchObject({ mode: 'lexical', vector_problem: 'failed', total: 1 });
    expect((await answers.next()).done).toBe(true);
  });

  it('asks no vectors for words alone, and stops when nobody listens any more', async () => {
    const never = () => Promise.reject(new Error('No vector was wanted.'));
    const words = serviceWith(never).progressive({ ...request, mode: 'lexical' }, new AbortController().signal);
    let answers = 0;
    for await (const answer of words) answers += answer.total;
    expect(answers).toBe(1);
    const stop = new AbortController();
    const both = iterate(serviceWith(async () => 'off').progressive(request, stop.signal));
    await both.next();
    stop.abort();
    expect((await both.next()).done).toBe(true);
  });
});

it('answers with words when the model cannot be read, and asks only for what is searched', async () => {
  const vector = memory.embedAll();
  const asked: string[] = [];
  const service = serviceWith(async (text) => {
    asked.push(text);
    return vector;
  });
  const answer = await service.query({ ...request, text: 'type:change database' });
  expect(answer).toMatchObject({ mode: 'lexical', vector_problem: 'failed', total: 1 });
  expect(asked).toEqual(['database']);
});
