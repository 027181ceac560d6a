import { expect, test } from 'vitest';
import { createRateLimiter } from './rate-limit.ts';

const bucket = (key: string, perMinute = 6) => ({ key, perMinute });

// Catches: a limit that lets twice as many through at the turn of a minute, and one that never opens again.
test('a full bucket lets a minute’s worth through at once, then as many as flow in', () => {
  let at = 1_000_000;
  const limiter = createRateLimiter(() => at);
  const take = () => limiter.take([bucket('a')]);
  expect(Array.from({ length: 6 }, () => take().remaining)).toEqual([5, 4, 3, 2, 1, 0]);
  expect(take()).toEqual({ ok: false, limit: 6, remaining: 0, resetAt: 1_060, retryAfterSeconds: 10 });
  expect(limiter.take([bucket('b')]).ok, 'another one has its own').toBe(true);
  at += 9_999;
  expect(take()).toMatchObject({ ok: false, retryAfterSeconds: 1 });
  at += 1;
  expect(take().ok).toBe(true);
  expect(take().ok).toBe(false);
  at += 3_600_000;
  expect(take().remaining, 'and never more than full').toBe(5);
});

// Catches: a key that is locked out for as long as the clock was set back.
test('a clock that is set back takes nothing away', () => {
  let at = 10_000_000;
  const limiter = createRateLimiter(() => at);
  const take = () => limiter.take([bucket('a')]);
  expect(take().remaining).toBe(5);
  at -= 3_600_000;
  expect(take()).toMatchObject({ ok: true, remaining: 4 });
  at += 10_000;
  expect(take(), 'and it fills from there').toMatchObject({ ok: true, remaining: 4 });
});

// Catches: a refused request that uses up what another group would have allowed.
test('of two buckets the tighter one counts, and a refusal takes from neither', () => {
  const limiter = createRateLimiter(() => 0);
  const both = () => limiter.take([bucket('group', 2), bucket('all', 10)]);
  expect(both()).toMatchObject({ ok: true, limit: 2, remaining: 1 });
  both();
  for (let n = 0; n < 20; n++) expect(both()).toMatchObject({ ok: false, limit: 2 });
  expect(limiter.take([bucket('all', 10)]).remaining).toBe(7);
  expect(limiter.take([bucket('other', 100), bucket('all', 10)], 8)).toMatchObject({ ok: false, limit: 10 });
  expect(limiter.take([bucket('small', 3)], 50), 'what is larger than a bucket passes a full one').toMatchObject({
    ok: true,
    remaining: 0,
  });
});

// Catches: a batch of five hundred calls a minute by a key that may make ten.
test('what a request took more than there was has to flow in first', () => {
  let at = 0;
  const limiter = createRateLimiter(() => at);
  expect(limiter.take([bucket('a')], 60)).toMatchObject({ ok: true, remaining: 0 });
  at += 9 * 60_000;
  expect(limiter.take([bucket('a')])).toMatchObject({ ok: false, remaining: 0, retryAfterSeconds: 10 });
  at += 60_000;
  expect(limiter.take([bucket('a')]).ok).toBe(true);
});

// Catches: a hundred calls in one message for the price of one.
test('what is owed has to flow in first, whatever there was', () => {
  let at = 0;
  const limiter = createRateLimiter(() => at);
  limiter.take([bucket('a')]);
  limiter.owe([bucket('a'), bucket('b')], 11);
  expect(limiter.take([bucket('a')])).toMatchObject({ ok: false, retryAfterSeconds: 70 });
  expect(limiter.take([bucket('b')])).toMatchObject({ ok: false, retryAfterSeconds: 60 });
  at += 70_000;
  expect(limiter.take([bucket('a')]).ok).toBe(true);
});

test('ten thousand names are remembered, not more', () => {
  const limiter = createRateLimiter(() => 0);
  limiter.take([bucket('first', 1)]);
  for (let n = 0; n < 10_000; n++) limiter.take([bucket(`name ${n}`, 1)]);
  expect(limiter.take([bucket('name 9999', 1)]).ok).toBe(false);
  expect(limiter.take([bucket('first', 1)]).ok).toBe(true);
});
