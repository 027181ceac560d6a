import { expect, test } from 'vitest';
import { cronProblem, readCron } from './cron.ts';

// Catches: a schedule that is read as another one than the worker runs.
test.each([
  ['*/15 * * * *', { kind: 'minutes', every: 15 }],
  ['* * * * *', { kind: 'minutes', every: 1 }],
  ['5 * * * *', { kind: 'hours', every: 1, minute: 5 }],
  ['0 */6 * * *', { kind: 'hours', every: 6, minute: 0 }],
  [' 30  3 * * * ', { kind: 'daily', hour: 3, minute: 30 }],
  ['0 9 * * 1-5', { kind: 'weekdays', hour: 9, minute: 0 }],
  ['0 9 * * mon-fri', { kind: 'weekdays', hour: 9, minute: 0 }],
  ['0 4 * * 0', { kind: 'weekly', days: [0], hour: 4, minute: 0 }],
  ['0 4 * * 7', { kind: 'weekly', days: [0], hour: 4, minute: 0 }],
  ['0 4 * * sun,3', { kind: 'weekly', days: [3, 0], hour: 4, minute: 0 }],
  ['0 4 * * 0-6', { kind: 'daily', hour: 4, minute: 0 }],
  ['15 2 1 * *', { kind: 'monthly', day: 1, hour: 2, minute: 15 }],
])('%s is read', (text, reading) => {
  expect(cronProblem(text)).toBeNull();
  expect(readCron(text)).toEqual(reading);
});

// Catches: words for a schedule that says more than they do.
test.each(['0 4 1 * 1', '0 4 * 6 *', '0,30 4 * * *', '5-10 * * * *', '*/7 3 * * *', '0 4 */2 * *', '0 1-5 * * *'])(
  '%s is right but not put into words',
  (text) => {
    expect(cronProblem(text)).toBeNull();
    expect(readCron(text)).toBeNull();
  },
);

// Catches: a wrong schedule that only the worker notices, with the wrong field named.
test.each([
  ['', 'count'],
  ['0 4 * *', 'count'],
  ['0 0 4 * * *', 'count'],
  ['60 4 * * *', 'minute'],
  ['0 24 * * *', 'hour'],
  ['0 4 0 * *', 'day'],
  ['0 4 * 13 *', 'month'],
  ['0 4 * * 8', 'weekday'],
  ['*/0 * * * *', 'minute'],
  ['1-2-3 * * * *', 'minute'],
  ['5-1 * * * *', 'minute'],
  ['1//2 * * * *', 'minute'],
  [', * * * *', 'minute'],
  ['-1 * * * *', 'minute'],
  ['0 4 * * someday', 'weekday'],
  ['０ 4 * * *', 'minute'],
  ['<img> 4 * * *', 'minute'],
])('%j is wrong in its %s', (text, where) => {
  const problem = cronProblem(text);
  expect(problem?.kind === 'field' ? problem.field : problem?.kind).toBe(where);
  expect(readCron(text)).toBeNull();
});
