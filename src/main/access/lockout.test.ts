import { expect, test } from 'vitest';
import { accountRule, createLockout } from './lockout.ts';

const second = 1_000;
const minute = 60 * second;

// Catches: a lock that never grows, grows without end, or never ends.
test('five failures are free, then each locks twice as long, up to a quarter of an hour', () => {
  let at = 0;
  const lockout = createLockout(accountRule, () => at);
  const locks: number[] = [];
  for (let n = 0; n < 14; n++) {
    const { lockedForMs, lockedUntil } = lockout.attempt('a');
    expect(lockedForMs).toBeNull();
    locks.push((lockedUntil ?? at) - at);
    if (lockedUntil !== null) {
      at = lockedUntil - 1;
      expect(lockout.attempt('a').lockedForMs).toBe(1);
      at = lockedUntil;
    }
  }
  const grows = [30, 60, 120, 240, 480, 900, 900, 900, 900, 900].map((wait) => wait * second);
  expect(locks).toEqual([0, 0, 0, 0, ...grows]);
  expect(lockout.attempt('b').lockedForMs, 'another one is not concerned').toBeNull();
  at += 24 * 60 * minute;
  expect(lockout.attempt('a').count, 'a day later all is forgotten').toBe(1);
  lockout.withdraw('a');
  expect(lockout.attempt('a').count, 'one that nobody looked at is none').toBe(1);
  lockout.succeeded('a');
  expect(lockout.attempt('a').count).toBe(1);
});

// Catches: a lock that somebody gets rid of by restarting the worker, or by failing with ten thousand other names.
test('what was known before is known again, and the memory is bounded', () => {
  let at = 0;
  const lockout = createLockout(accountRule, () => at);
  lockout.restore('a', 7, 10 * second);
  expect(lockout.attempt('a').lockedForMs).toBe(10 * second);
  at = 10 * second;
  expect(lockout.attempt('a')).toMatchObject({ count: 8, lockedUntil: at + 240 * second });
  for (let n = 0; n < 20_000; n++) lockout.attempt(`name ${n}`);
  expect(lockout.attempt('name 19999').count).toBe(2);
  expect(lockout.attempt('name 1').count, 'gone for newer ones').toBe(1);
});
