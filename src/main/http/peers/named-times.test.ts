import { expect, test } from 'vitest';
import { dateOf, dayNumber } from '../../search/query/zoned-calendar.ts';
import { namedDays } from './named-times.ts';

const [november, january, july] = [dayNumber(2025, 11, 22), dayNumber(2025, 1, 10), dayNumber(2025, 7, 1)];
const written = (day: number) => {
  const { year, month, day: ofMonth } = dateOf(day);
  return [year, month, ofMonth].join('-');
};

// Catches: a season of another year, a winter that ends before it begins, a year that is told for its quarter.
test.each<[phrase: string, today: number, from: string, to: string]>([
  ['last summer', november, '2025-6-21', '2025-9-23'],
  ['Last  Summer', july, '2024-6-21', '2024-9-23'],
  ['this summer', july, '2025-6-21', '2025-9-23'],
  ['this summer', january, '2025-6-21', '2025-9-23'],
  ['summer', january, '2024-6-21', '2024-9-23'],
  ['during the summer of 2023', november, '2023-6-21', '2023-9-23'],
  ['summer 2023', november, '2023-6-21', '2023-9-23'],
  ['last fall', november, '2024-9-23', '2024-12-21'],
  ['this autumn', november, '2025-9-23', '2025-12-21'],
  ['this winter', january, '2024-12-21', '2025-3-20'],
  ['last winter', january, '2023-12-21', '2024-3-20'],
  ['last winter', november, '2024-12-21', '2025-3-20'],
  ['this winter', november, '2025-12-21', '2026-3-20'],
  ['last spring', november, '2025-3-20', '2025-6-21'],
  ['this season', november, '2025-9-23', '2025-12-21'],
  ['last season', january, '2024-9-23', '2024-12-21'],
  ['christmas', november, '2024-12-22', '2024-12-29'],
  ['last christmas', january, '2024-12-22', '2024-12-29'],
  ['new year', january, '2024-12-29', '2025-1-5'],
  ["valentine's day", november, '2025-2-13', '2025-2-16'],
  ['halloween 2024', november, '2024-10-28', '2024-11-4'],
  ['thanksgiving 2024', november, '2024-11-25', '2024-12-2'],
  ['first half of 2024', november, '2024-1-1', '2024-7-1'],
  ['second half of 2024', november, '2024-7-1', '2025-1-1'],
  ['4th quarter', november, '2025-10-1', '2026-1-1'],
  ['the second quarter of 2024', november, '2024-4-1', '2024-7-1'],
  ['Q3 2024', november, '2024-7-1', '2024-10-1'],
  ['last quarter', january, '2024-10-1', '2025-1-1'],
  ['this quarter', november, '2025-10-1', '2026-1-1'],
  ['last half-year', january, '2024-7-1', '2025-1-1'],
])('%s, on day %i', (phrase, today, from, to) => {
  const days = namedDays(phrase, today);
  expect([written(days?.from ?? 0), written(days?.to ?? 0)]).toEqual([from, to]);
});

// Catches: a word of a search that is taken for a time.
test.each([
  'spring boot',
  'fall back to polling',
  'third half of 2024',
  'season',
  'last',
  'this summer 2023',
  '',
  'offspring',
])('%j is none of them', (phrase) => {
  expect(namedDays(phrase, november)).toBeNull();
});
