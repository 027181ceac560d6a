import { expect, test } from 'vitest';
import type { CostRow } from '../../../shared/cost-views.ts';
import { chartDays, chartLargest, chartScale } from './chart-scale.ts';

function row(key: string, cost: number): CostRow {
  return {
    key,
    label: key,
    calls: 1,
    input_tokens: 0,
    output_tokens: 0,
    cache_read_tokens: 0,
    cache_write_tokens: 0,
    cost_usd: cost,
    saved_usd: 0,
  };
}

// Catches: a bar that is higher than the chart, lines at odd amounts, a chart with a hundred lines or none.
test.each([0.0001, 0.0004, 0.007, 0.01, 0.37, 0.99, 1, 1.01, 4.2, 7, 10, 99.99, 100, 12_345])(
  'a scale for %d holds it on few round lines',
  (largest) => {
    const { top, ticks } = chartScale(largest);
    expect(top).toBeGreaterThanOrEqual(largest * 0.999);
    expect(top).toBeLessThanOrEqual(largest * 2.6);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks[0]).toBe(0);
    for (const tick of ticks.slice(1)) expect(String(tick).replaceAll(/[0.]/g, '').length).toBeLessThanOrEqual(2);
  },
);

// Catches: a division by zero on the first day.
test.each([0, -1, Number.NaN])('a scale for %d is that of nothing', (largest) => {
  expect(chartScale(largest)).toEqual({ top: 0.01, ticks: [0, 0.01] });
});

// Catches: days that are skipped where nobody paid, and one that is there twice when the clocks change.
test('the days follow each other without a gap', () => {
  const days = chartDays([row('2026-11-01', 0.5), row('2026-03-29', 2)], new Date(2026, 10, 2, 23, 30).getTime(), 240);
  expect(new Set(days.map(({ day }) => day)).size).toBe(240);
  expect(days.at(-1)).toEqual({ day: '2026-11-02', row: null });
  expect(days.at(-2)?.row?.cost_usd).toBe(0.5);
  expect(days.find(({ day }) => day === '2026-03-29')?.row?.cost_usd).toBe(2);
});

// Catches: a cap of a hundred dollars that makes days of a few cents invisible.
test('a cap is on the chart only where it is near', () => {
  const days = [{ day: '2026-11-01', row: row('2026-11-01', 2) }];
  expect(chartLargest(days, null)).toBe(2);
  expect(chartLargest(days, 5)).toBe(5);
  expect(chartLargest(days, 100)).toBe(2);
  expect(chartLargest(days, 1)).toBe(2);
  expect(chartLargest([], 5)).toBe(0);
});
