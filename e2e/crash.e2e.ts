import { expect, test } from 'vitest';
import { crashRounds } from '../bench/crash.ts';

// Catches: an answer that is sent before its commit, a lock that a killed worker leaves behind, an index that a torn write breaks.
test('20 kills under load lose no acknowledged event and damage nothing', { timeout: 120_000 }, async () => {
  const { acknowledged, ...outcome } = await crashRounds(20, 7);
  expect(outcome).toEqual({ kills: 20, missing: [], damage: [] });
  expect(acknowledged).toBeGreaterThan(500);
});
