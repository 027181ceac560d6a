import { afterEach, expect, test } from 'vitest';
import { testWorkers } from './testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

// Catches a token that a person pasted into the search and that then stands in the file, and in every completion.
test('past queries are completed without their secrets, survive a restart, and are forgotten when asked', async () => {
  const worker = await workers.start();
  const { search } = worker.client;
  await search.remember.mutate({ query: 'why does deploy fail' });
  await search.remember.mutate({ query: `why does ghp_${'a1B2'.repeat(9)} fail` });
  const reopened = await worker.restart();
  const asked = async () =>
    (await reopened.client.search.suggest.query({ text: 'why' })).map(({ kind, insert }) => [kind, insert]);
  expect(await asked()).toEqual([
    ['query', 'why does [REDACTED:github_token] fail'],
    ['query', 'why does deploy fail'],
  ]);
  await reopened.client.search.forgetQueries.mutate();
  expect(await asked()).toEqual([]);
});
