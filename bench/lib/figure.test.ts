import { expect, test } from 'vitest';
import { isMet, percentile, toTable } from './figure.ts';

// Catches: an off-by-one that reports p99 of a hundred samples as their maximum, or p50 as the wrong half.
test.each([
  [[5], 0.5, 5],
  [[1, 2, 3, 4], 0.5, 2],
  [Array.from({ length: 100 }, (_, index) => 100 - index), 0.99, 99],
  [Array.from({ length: 100 }, (_, index) => index + 1), 1, 100],
])('percentile of %j at %d is %d', (samples, share, expected) => {
  expect(percentile(samples, share)).toBe(expected);
});

test('a target has a direction', () => {
  expect(isMet({ name: 'a', unit: 'ms', value: 3, target: { kind: 'at most', value: 2 } })).toBe(false);
  expect(isMet({ name: 'a', unit: '/s', value: 3, target: { kind: 'at least', value: 2 } })).toBe(true);
  expect(isMet({ name: 'a', unit: 'ms', value: 3 })).toBeNull();
});

test('the table names the baseline and the miss', () => {
  const table = toTable([
    { name: 'hook', unit: 'ms', value: 3, baseline: { name: 'bare', value: 1 }, target: { kind: 'at most', value: 2 } },
  ]);
  expect(table).toContain('1.00 ms (bare)');
  expect(table).toMatch(/NO$/);
});
