import { expect, test } from 'vitest';
import { faultInCron, isDue, nextRun } from './schedules.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const nightly = '30 3 * * *';

test('a schedule is told in local time', () => {
  expect(nextRun(nightly, at(21, 12))).toBe(at(22, 3, 30));
  expect(nextRun('0 6 * * 1', at(21, 12))).toBe(at(23, 6));
});

// Catches a backup that is made once for each night that the machine slept, or never.
test.each([
  ['a moment before it is due', at(21, 12), at(22, 3, 29), false],
  ['when it is due', at(21, 12), at(22, 3, 30), true],
  ['five nights later', at(21, 12), at(26, 9), true],
  ['just after it was made up for', at(26, 9), at(26, 9, 1), false],
])('%s', (_, since, now, wanted) => expect(isDue(nightly, since, now)).toBe(wanted));

// Catches a schedule that is kept and then throws every half minute.
test.each([
  ['30 3 * *', /4 fields/],
  ['* * * * * *', /6 fields/],
  ['@daily', /1 fields/],
  ['61 * * * *', /minute/],
  ['a b c d e', /no schedule/],
  ['0 0 30 2 *', /never comes/],
  ['', /no schedule/],
])('%j is refused with a sentence', (cron, reason) => expect(faultInCron(cron, at(21, 12))).toMatch(reason));

test('spaces around and between fields are nobody’s fault', () => {
  expect(faultInCron('  0  4 * *   * ', at(21, 12))).toBeNull();
});
