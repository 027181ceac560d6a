import { expect, test } from 'vitest';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { policyFormOf, policyOf, type Threshold } from './policy-form.ts';

const policy: AgingPolicy = {
  half_life_days: { observation: 30, learning: 180.5 },
  expire_proposals_after_days: 60,
  archive_memories_below: 0.1,
  delete_observations_below: null,
  merge_above: null,
};

// Catches: a form that changes what nobody touched; above all, one that allows to delete.
test('what is not touched stays', () => {
  expect(policyOf(policyFormOf(policy))).toEqual(policy);
});

// Catches: an empty field that counts as 0, which would delete or expire everything or nothing.
test('an emptied threshold means never', () => {
  const form = policyFormOf({ ...policy, delete_observations_below: 0.2 });
  expect(policyOf({ ...form, thresholds: { ...form.thresholds, delete_observations_below: ' ' } })).toEqual(policy);
});

// Catches: a strength of 5 (meant as percent) that would delete everything.
test.each<[Threshold, string]>([
  ['delete_observations_below', '5'],
  ['delete_observations_below', '-0.1'],
  ['delete_observations_below', '10%'],
  ['delete_observations_below', 'NaN'],
  ['archive_memories_below', '1.01'],
  ['merge_above', '0.4'],
  ['expire_proposals_after_days', '0'],
  ['expire_proposals_after_days', '1.5'],
  ['expire_proposals_after_days', '9999'],
])('%s takes no %j', (name, text) => {
  const form = policyFormOf(policy);
  expect(policyOf({ ...form, thresholds: { ...form.thresholds, [name]: text } })).toBeNull();
});

test.each(['', '0', 'x', '100000'])('a half-life is not %j', (text) => {
  const form = policyFormOf(policy);
  expect(policyOf({ ...form, halfLives: { ...form.halfLives, learning: text } })).toBeNull();
});

test('a comma is a point', () => {
  const form = policyFormOf(policy);
  const typed = { ...form.thresholds, archive_memories_below: '0,25' };
  expect(policyOf({ ...form, thresholds: typed })?.archive_memories_below).toBe(0.25);
});
