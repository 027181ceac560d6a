import { afterEach, beforeEach, expect, test } from 'vitest';
import { raw, status, vectorOf, type Answer } from '../testing/embedding-server.ts';
import { isOf, testEndpoint, type TestEndpoint } from '../testing/test-endpoint.ts';

let endpoint: TestEndpoint;

beforeEach(async () => {
  endpoint = await testEndpoint();
});
afterEach(() => endpoint.server.close());

const never = new AbortController().signal;
const sparing = () => endpoint.provider({ sparesTexts: true });

/** Fails for whatever has the poison in it. */
const poisoned =
  (failure: Answer): Answer =>
  (request, response) => {
    if (request.input.includes('poison')) return failure(request, response);
    response.end(JSON.stringify({ data: request.input.map((text) => ({ embedding: vectorOf(text, 8) })) }));
  };
const zeroOfPoison: Answer = ({ input }, response) => {
  const vectors = input.map((text) => (text === 'poison' ? [0, 0, 0, 0, 0, 0, 0, 0] : vectorOf(text, 8)));
  response.end(JSON.stringify({ data: vectors.map((embedding) => ({ embedding })) }));
};
const stumbles: [string, Answer][] = [
  ['status 400', poisoned(status(400))],
  ['status 500', poisoned(status(500))],
  ['status 502', poisoned(status(502))],
  ['numbers that are none', poisoned(raw('{"data":[{"embedding":[NaN]}]}'))],
  ['zeros', zeroOfPoison],
];

test.each(stumbles)('a text that gets %s has no vector, all others have theirs', async (_, answer) => {
  endpoint.server.always(answer);
  const texts = ['one', 'two', 'poison', 'three', 'four', 'five'];
  const vectors = await sparing().embed(texts, never);
  expect(vectors.map((vector, at) => (vector === null ? null : isOf(vector, texts[at] ?? '')))).toEqual([
    true,
    true,
    null,
    true,
    true,
    true,
  ]);
  // Also when it comes alone, as a new row does.
  const provider = sparing();
  expect(await provider.embed(['poison'], never)).toEqual([null]);
  expect(provider.dimension).toBe(8);
});

test.each([
  ['status 400', status(400), 'REFUSED', 2],
  ['status 502', status(502), 'SERVER_ERROR', 4],
  ['no JSON', raw('ok'), 'BAD_ANSWER', 2],
  ['zeros', raw(JSON.stringify({ data: [{ embedding: [0, 0] }] })), 'BAD_ANSWER', 2],
] as const)('an endpoint that answers %s to all is the one that fails', async (_, answer, code, requests) => {
  endpoint.server.always(answer);
  await expect(sparing().embed(['one'], never)).rejects.toMatchObject({ code });
  expect(endpoint.server.requests).toHaveLength(requests);
});

test('an endpoint that goes away while a bad text is looked for takes no vectors along', async () => {
  const good = poisoned(status(400));
  endpoint.server.always(status(400));
  // The batch fails, the harmless text has its vector, and from then on everything fails.
  endpoint.server.next(status(400), good);
  await expect(sparing().embed(['one', 'poison', 'two'], never)).rejects.toMatchObject({ code: 'REFUSED' });
});
