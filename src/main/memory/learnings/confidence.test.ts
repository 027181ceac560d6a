import { expect, test } from 'vitest';
import { learningSources } from '../../../shared/learning-views.ts';
import { confidenceOf, leastConfidence, mostConfidence, priors, type Grounds } from './confidence.ts';

const fresh: Grounds = {
  source: 'fix',
  supportingSessions: 1,
  contradictingSessions: 0,
  confirmCount: 0,
  rejectCount: 0,
  useCount: 0,
};

test('what nobody looked at is as sure as its source', () => {
  for (const source of learningSources) expect(confidenceOf({ ...fresh, source })).toBeCloseTo(priors[source], 10);
});

// Catches: a count that moves it the wrong way, and more of it that moves it back.
test.each<[keyof Grounds, 1 | -1]>([
  ['supportingSessions', 1],
  ['confirmCount', 1],
  ['useCount', 1],
  ['contradictingSessions', -1],
  ['rejectCount', -1],
])('%s', (name, direction) => {
  const values = [1, 2, 3, 10].map((count) => confidenceOf({ ...fresh, [name]: count }) * direction);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(new Set(values).size).toBe(4);
});

test('it stays within its bounds', () => {
  expect(confidenceOf({ ...fresh, source: 'person', confirmCount: 1e9, useCount: 1e9 })).toBe(mostConfidence);
  expect(confidenceOf({ ...fresh, source: 'model', rejectCount: 1e9 })).toBe(leastConfidence);
});
