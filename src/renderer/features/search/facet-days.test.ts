import { expect, test } from 'vitest';
import { dayBars } from './facet-days.ts';

const day = (value: string, count: number) => ({ value, label: value, count });

// Catches: time that runs backwards, days without hits that are skipped, a month's end that is miscounted.
test('days go from old to new with the gaps between them', () => {
  expect(dayBars([day('2026-03-02', 4), day('2026-02-27', 1)])).toEqual([
    { day: '2026-02-27', count: 1, height: 0.5 },
    { day: '2026-02-28', count: 0, height: 0 },
    { day: '2026-03-01', count: 0, height: 0 },
    { day: '2026-03-02', count: 4, height: 1 },
  ]);
});

// Catches: years of empty bars for two hits that lie far apart, and a loop that does not end.
test.each([
  [[day('2026-03-02', 4), day('2019-01-01', 1)], 2],
  [[], 0],
  [[day('2026-03-02', 0)], 1],
  [[day('broken', 1)], 0],
])('%j makes %i bars', (days, count) => {
  expect(dayBars(days)).toHaveLength(count);
});
