import { expect, it } from 'vitest';
import { pairedDifference } from './bootstrap.ts';

it('finds a difference that is in every pair and none where there is none, the same each time', () => {
  const theirs = Array.from({ length: 200 }, (_value, index) => (index % 7) / 10);
  const better = theirs.map((value, index) => value + (index % 2 === 0 ? 0.1 : 0.02));
  const difference = pairedDifference(better, theirs, 1);
  expect(difference.mean).toBeCloseTo(0.06, 4);
  expect(difference.low).toBeGreaterThan(0.04);
  expect(difference.high).toBeLessThan(0.08);
  expect(pairedDifference(better, theirs, 1)).toEqual(difference);
  const noise = theirs.map((value, index) => value + (index % 2 === 0 ? 0.1 : -0.1));
  const none = pairedDifference(noise, theirs, 1);
  expect(none.low).toBeLessThan(0);
  expect(none.high).toBeGreaterThan(0);
});
