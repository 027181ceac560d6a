import { expect, test } from 'vitest';
import { failureClasses, type FailureClass } from '../../shared/job-views.ts';
import { failureOf, mostAttempts, verdictOn, type Verdict } from './back-off.ts';
import { JobFailedError } from './job.ts';

const noon = new Date(2026, 10, 21, 12).getTime();
const verdict = (
  failureClass: FailureClass,
  attempt: number,
  retryAfterMs: number | null = null,
  random = 1,
): Verdict =>
  verdictOn({ class: failureClass, message: 'x', retryAfterMs }, attempt, { now: noon, random: () => random });
const retry = (afterMs: number, counts = true): Verdict => ({ what: 'retry', afterMs, counts });
const hour = 3_600_000;

const table: [string, Verdict, Verdict][] = [
  ['a hang comes back soon', verdict('transient', 1), retry(10_000)],
  ['and later each time', verdict('transient', 4), retry(80_000)],
  ['drawn from the upper half', verdict('transient', 1, null, 0), retry(5_000)],
  ['until it was tried often enough', verdict('transient', 6), { what: 'park' }],
  ['a limit is waited for as long as it says', verdict('rate_limit', 1, 600_000), retry(600_000)],
  ['but never less than the back-off', verdict('rate_limit', 1, 1), retry(30_000)],
  ['and it has more attempts', verdict('rate_limit', 9), retry(hour)],
  ['which end too', verdict('rate_limit', 10), { what: 'park' }],
  ['no money: the next day, and it does not count', verdict('cap', 99), retry(12 * hour, false)],
  ['or when there is money again', verdict('cap', 1, 5_000), retry(5_000, false)],
];
// Catches a paid call that is repeated in a loop, and a job that gives up at the first cut line.
test.each(table)('%s', (_, found, wanted) => expect(found).toEqual(wanted));

test.each(['quota', 'setup', 'auth', 'format', 'too_long', 'bug'] as const)(
  '%s is never tried again by itself',
  (name) => {
    expect(verdict(name, 1, 1)).toEqual({ what: 'park' });
  },
);

test('each class has a limit', () => {
  for (const name of [...failureClasses, null]) expect(mostAttempts(name)).toBeGreaterThan(1);
});

// Catches an error of a provider that is taken for a bug, because it comes from another room.
test('the class is read off whatever error has one', () => {
  const foreign = Object.assign(new Error('429'), { class: 'rate_limit', retryAfterMs: 7 });
  expect(failureOf(foreign)).toEqual({ class: 'rate_limit', message: '429', retryAfterMs: 7 });
  expect(failureOf(new JobFailedError('auth', 'no'))).toEqual({ class: 'auth', message: 'no', retryAfterMs: null });
  for (const bug of [new Error('x'), Object.assign(new Error('x'), { class: 'first' }), 'x', null]) {
    expect(failureOf(bug)).toBeNull();
  }
});
