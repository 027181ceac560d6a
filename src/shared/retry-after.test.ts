import { expect, test } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

// Catches: a pause of years from a text that Date.parse takes for a date, and one that is over before it began.
test.each([
  ['5', 5_000],
  [' 1.5 ', 1_500],
  ['Thu, 01 Jan 1970 00:00:20 GMT', 10_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['99999999', 60_000],
  ['-3', null],
  ['2030', 60_000],
  ['soon', null],
  ['', null],
  [null, null],
])('Retry-After %j means %j ms', (header, ms) => {
  expect(readRetryAfter(header, 10_000, 60_000)).toBe(ms);
});
