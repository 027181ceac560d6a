import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { raw, status, vectorOf, type Answer } from '../testing/embedding-server.ts';
import { failureOf, isOf, testEndpoint, testKey, type TestEndpoint } from '../testing/test-endpoint.ts';
import { batchesOf, endpointModelId, mostAnswerBytes } from './endpoint-provider.ts';

let endpoint: TestEndpoint;

beforeEach(async () => {
  endpoint = await testEndpoint();
});
afterEach(() => endpoint.server.close());

const never = new AbortController().signal;

describe('an endpoint that works', () => {
  test('gives a unit vector for each text, tells its dimension, and counts what it used', async () => {
    const provider = endpoint.provider();
    expect(provider.dimension).toBeNull();
    const texts = ['one', 'two', 'three'];
    const vectors = await provider.embed(texts, never);
    expect(texts.map((text, at) => isOf(vectors[at], text))).toEqual([true, true, true]);
    for (const vector of vectors) expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    expect(provider.dimension).toBe(8);
    expect(endpoint.usage).toEqual({ requests: 1, tokens: 30 });
    expect(endpoint.server.requests).toEqual([
      expect.objectContaining({
        path: '/v1/embeddings',
        authorization: `Bearer ${testKey}`,
        model: 'small',
        input: texts,
      }),
    ]);
  });

  test('is asked in batches, by number and by length, and keeps the order', async () => {
    const texts = Array.from({ length: 150 }, (_, at) => `text ${at} ${at < 100 ? '' : 'x'.repeat(2_000)}`);
    const vectors = await endpoint.provider().embed(texts, never);
    expect(texts.filter((text, at) => !isOf(vectors[at], text))).toEqual([]);
    for (const { input } of endpoint.server.requests) {
      expect(input.length).toBeLessThanOrEqual(64);
      expect(input.join('').length).toBeLessThanOrEqual(48_000);
    }
    expect(batchesOf(['x'.repeat(100_000), 'y'])).toEqual([['x'.repeat(100_000)], ['y']]);
    expect(batchesOf([])).toEqual([]);
  });

  test('may answer in another order, in base64, or without an index', async () => {
    const [one, two] = [vectorOf('one', 8), vectorOf('two', 8)];
    const base64 = Buffer.from(Float32Array.from(two).buffer).toString('base64');
    const answers = [
      [
        { index: 1, embedding: two },
        { index: 0, embedding: one },
      ],
      [
        { index: 0, embedding: one },
        { index: 1, embedding: base64 },
      ],
      [{ embedding: one }, { embedding: two }],
    ];
    for (const data of answers) {
      endpoint.server.next(raw(JSON.stringify({ data, usage: 'none of your business' })));
      const [first, second] = await endpoint.provider().embed(['one', 'two'], never);
      expect([isOf(first, 'one'), isOf(second, 'two')]).toEqual([true, true]);
    }
  });

  test('is sent the dimension that it is to cut to, only when one was chosen', async () => {
    await endpoint.provider({ dimension: 4, asksDimension: true }).embed(['a'], never);
    await endpoint.provider({ dimension: 8, asksDimension: false }).embed(['a'], never);
    expect(endpoint.server.requests.map(({ dimensions }) => dimensions)).toEqual([4, undefined]);
  });

  test('is reached with a base URL as people paste it', async () => {
    for (const tail of ['/', '/embeddings', '/embeddings/', '//']) {
      await endpoint.provider({ baseUrl: `${endpoint.server.baseUrl}${tail}` }).embed(['a'], never);
    }
    expect(new Set(endpoint.server.requests.map(({ path }) => path))).toEqual(new Set(['/v1/embeddings']));
    expect(endpointModelId('http://127.0.0.1:11434/v1', 'nomic')).toBe('nomic@http://127.0.0.1:11434/v1');
    // Two gateways of one host are two places, and one that is pasted in another way is the same.
    expect(endpointModelId('https://h/a/v1', 'm')).not.toBe(endpointModelId('https://h/b/v1', 'm'));
    expect(endpointModelId('https://h/a/v1/embeddings/', 'm')).toBe(endpointModelId('https://h/a/v1', 'm'));
  });

  test('without a key gets no header for one', async () => {
    await endpoint.provider({ key: null }).embed(['a'], never);
    expect(endpoint.server.requests[0]?.authorization).toBeUndefined();
  });

  test('may send the request on within its own host', async () => {
    endpoint.server.next(status(308, { location: '/elsewhere/embeddings' }));
    await endpoint.provider().embed(['a'], never);
    expect(endpoint.server.requests.map(({ path, input }) => [path, input])).toEqual([
      ['/v1/embeddings', ['a']],
      ['/elsewhere/embeddings', ['a']],
    ]);
  });
});

const good = (vector: unknown) => ({
  data: [
    { index: 0, embedding: vector },
    { index: 1, embedding: vector },
  ],
});
const broken: [string, Answer, string, RegExp][] = [
  ['a web page', raw('<!doctype html><html></html>', 'text/html'), 'BAD_ANSWER', /web page.*base URL/],
  ['no JSON', raw('ok'), 'BAD_ANSWER', /JSON/],
  ['nothing', raw(''), 'BAD_ANSWER', /JSON/],
  ['JSON cut short', raw('{"data":[{"embedding":[0.1,'), 'BAD_ANSWER', /JSON/],
  ['null', raw('null'), 'BAD_ANSWER', /./],
  ['another shape', raw('{"embeddings":[[1,2]]}'), 'BAD_ANSWER', /data/],
  ['fewer vectors than texts', raw(JSON.stringify({ data: [{ embedding: [1] }] })), 'BAD_ANSWER', /1 vectors for 2/],
  [
    'more vectors than texts',
    raw(JSON.stringify({ data: [1, 2, 3].map(() => ({ embedding: [1] })) })),
    'BAD_ANSWER',
    /3 vectors/,
  ],
  [
    'one index twice',
    raw(JSON.stringify({ data: [0, 0].map((index) => ({ index, embedding: [1] })) })),
    'BAD_ANSWER',
    /two/,
  ],
  [
    'an index beyond',
    raw(JSON.stringify({ data: [0, 9].map((index) => ({ index, embedding: [1] })) })),
    'BAD_ANSWER',
    /two/,
  ],
  ['NaN', raw('{"data":[{"embedding":[NaN]},{"embedding":[1]}]}'), 'BAD_ANSWER', /JSON/],
  ['an infinite number', raw('{"data":[{"embedding":[1e999]},{"embedding":[1]}]}'), 'BAD_ANSWER', /./],
  [
    'NaN in base64',
    raw(JSON.stringify(good(Buffer.from([0, 0, 0xc0, 0x7f]).toString('base64')))),
    'BAD_ANSWER',
    /no number/,
  ],
  ['base64 of half a number', raw(JSON.stringify(good('AAA='))), 'BAD_ANSWER', /base64/],
  ['null for a number', raw(JSON.stringify(good([1, null]))), 'BAD_ANSWER', /./],
  ['empty vectors', raw(JSON.stringify(good([]))), 'BAD_ANSWER', /0 dimensions/],
  ['vectors of two lengths', raw('{"data":[{"embedding":[1,2]},{"embedding":[1]}]}'), 'WRONG_DIMENSION', /1 .*2/],
  [
    'a redirect to another host',
    status(307, { location: 'https://example.com/v1/embeddings' }),
    'REFUSED',
    /example\.com/,
  ],
  ['a redirect to another port', status(307, { location: 'http://127.0.0.1:1/x' }), 'REFUSED', /127\.0\.0\.1:1/],
  ['a redirect to nowhere', status(302, { location: 'http://' }), 'REFUSED', /cannot be read/],
  [
    'a key that is refused',
    status(401, {}, { error: { message: `Incorrect key ${testKey}.` } }),
    'REFUSED',
    /Incorrect key \[key\]/,
  ],
  [
    'a model it does not know',
    status(404, {}, { error: 'model "small" not found' }),
    'REFUSED',
    /model "small" not found/,
  ],
  ['a problem in a page', status(403, {}, '<html>'), 'REFUSED', /does not accept the key \(status 403\)/],
];

describe('an endpoint that answers', () => {
  test.each(broken)('%s is told so, once, without the key', async (_, answer, code, message) => {
    endpoint.server.always(answer);
    const failure = await failureOf(endpoint.provider().embed(['one', 'two'], never));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.stack).not.toContain(testKey);
    expect(endpoint.pauses).toEqual([]);
  });

  test('redirects without end is left', async () => {
    endpoint.server.always(status(307, { location: '/v1/embeddings' }));
    await expect(endpoint.provider().embed(['a'], never)).rejects.toThrow(/again and again/);
    expect(endpoint.server.requests.length).toBeLessThan(6);
  });

  test('another dimension than before is not taken', async () => {
    const failure = await failureOf(endpoint.provider({ dimension: 16 }).embed(['a'], never));
    expect(failure.code).toBe('WRONG_DIMENSION');
    expect(failure.message).toMatch(/8 .*16/);
    const provider = endpoint.provider();
    await provider.embed(['a'], never);
    endpoint.server.next(raw('{"data":[{"embedding":[1,2,3]}]}'));
    await expect(provider.embed(['b'], never)).rejects.toMatchObject({ code: 'WRONG_DIMENSION' });
  });

  test('without end is not read to its end', async () => {
    endpoint.server.always((_, response) => {
      const piece = Buffer.alloc(1024 * 1024, ' ');
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.writeHead(200);
      response.on('drain', more);
      more();
    });
    const failure = await failureOf(endpoint.provider().embed(['a'], never));
    expect(failure.code).toBe('BAD_ANSWER');
    expect(failure.message).toMatch(/more than 1 MB/);
  });
});

test('an answer may be as long as honest ones are', () => {
  const longest = (count: number, dimension: number) => {
    const embedding = Array.from({ length: dimension }, () => -1 / 3e10);
    return JSON.stringify({ data: Array.from({ length: count }, () => ({ embedding })) }).length;
  };
  for (const [count, dimension] of [
    [1, 4_096],
    [1, 8_192],
    [64, 1_024],
  ] as const) {
    expect(mostAnswerBytes(count, dimension)).toBeGreaterThan(longest(count, dimension));
  }
  expect(mostAnswerBytes(1, null)).toBe(1024 * 1024);
  expect(mostAnswerBytes(64, 4_096)).toBeLessThan(10 * 1024 * 1024);
});

test('a server of another kind on that port is told as what it is', async () => {
  const other = createServer(
    (_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('pong'),
  );
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(endpoint.provider({ baseUrl: `http://127.0.0.1:${port}` }).embed(['a'], never)).rejects.toMatchObject({
    code: 'BAD_ANSWER',
  });
  other.close();
});
