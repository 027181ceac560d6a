import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { status, vectorOf, type Answer } from '../testing/embedding-server.ts';
import { failureOf, isOf, testEndpoint, type TestEndpoint } from '../testing/test-endpoint.ts';

let endpoint: TestEndpoint;

beforeEach(async () => {
  endpoint = await testEndpoint();
});
afterEach(() => endpoint.server.close());

const never = new AbortController().signal;

describe('an endpoint that fails for a while', () => {
  test.each([
    ['says that it is asked too often', status(429, {}, { error: { message: 'slow down' } })],
    ['has a problem', status(503)],
    ['hangs up', ((_, response) => void response.destroy()) satisfies Answer],
    [
      'hangs up in the middle',
      ((_, response) => void response.writeHead(200).write('{', () => response.destroy())) satisfies Answer,
    ],
  ])('and %s is asked again, later each time', async (_, answer) => {
    endpoint.server.next(answer, answer);
    await expect(endpoint.provider().embed(['a'], never)).resolves.toHaveLength(1);
    expect(endpoint.pauses).toEqual([100, 200]);
    expect(endpoint.usage.requests).toBe(1);
  });

  test('is given the time that it asks for', async () => {
    endpoint.server.next(status(429, { 'retry-after': '7' }), status(503, { 'retry-after': '0' }));
    await endpoint.provider().embed(['a'], never);
    expect(endpoint.pauses).toEqual([7_000, 200]);
  });

  test('is not waited for when it asks for longer than this may take', async () => {
    endpoint.server.always(status(429, { 'retry-after': '3600' }, { error: { message: 'quota' } }));
    await expect(endpoint.provider().embed(['a'], never)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterMs: 300_000,
    });
    expect(endpoint.pauses).toEqual([]);
  });

  test('is given up after some tries', async () => {
    endpoint.server.always(status(502));
    await expect(endpoint.provider().embed(['a'], never)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    expect(endpoint.server.requests).toHaveLength(3);
  });

  test('and is not there is told as unreachable', async () => {
    await endpoint.server.close();
    const failure = await failureOf(endpoint.provider().embed(['a'], never));
    expect(failure.code).toBe('UNREACHABLE');
    expect(failure.message).toMatch(/ECONNREFUSED/);
  });

  test('and is too slow is told as such', async () => {
    endpoint.server.always(() => {});
    const slow = endpoint.provider({ timeoutMs: 30, retry: { attempts: 2, firstPauseMs: 1, longestPauseMs: 1 } });
    await expect(slow.embed(['a'], never)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(endpoint.pauses).toHaveLength(1);
  });

  test('and never ends its answer is told as slow too', async () => {
    endpoint.server.always((_, response) => void response.writeHead(200).write('{"data":['));
    const slow = endpoint.provider({ timeoutMs: 50, retry: { attempts: 1, firstPauseMs: 1, longestPauseMs: 1 } });
    await expect(slow.embed(['a'], never)).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('is left at once when the work is given up, and serves the next after it', async () => {
    const stop = new AbortController();
    endpoint.server.next(() => stop.abort(new Error('stopped')));
    const provider = endpoint.provider();
    await expect(provider.embed(['a'], stop.signal)).rejects.toThrow('stopped');
    await expect(provider.embed(['b'], never)).resolves.toHaveLength(1);
  });
});

describe('texts that are too long for the model', () => {
  const limited =
    (code: number, most: number): Answer =>
    ({ input }, response) => {
      const tooLong = input.join('').length > most;
      const body = tooLong
        ? { error: 'input too large' }
        : { data: input.map((text) => ({ embedding: vectorOf(text, 8) })) };
      response.writeHead(tooLong ? code : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };

  test.each([400, 413, 422, 500])('are sent fewer at a time, then cut (status %i)', async (code) => {
    endpoint.server.always(limited(code, 700));
    const texts = ['short', 'y'.repeat(600), 'z'.repeat(2_000)];
    const vectors = await endpoint.provider().embed(texts, never);
    expect(vectors).toHaveLength(3);
    expect(isOf(vectors[0], 'short') && isOf(vectors[1], 'y'.repeat(600)) && isOf(vectors[2], 'z'.repeat(500))).toBe(
      true,
    );
  });

  test('do not hide a request that is refused whatever is in it', async () => {
    endpoint.server.always(status(400, {}, { detail: 'unknown field' }));
    const texts = Array.from({ length: 64 }, () => 'x'.repeat(700));
    await expect(endpoint.provider().embed(texts, never)).rejects.toThrow(/unknown field/);
    expect(endpoint.server.requests.length).toBeLessThan(12);
  });
});
