import { expect, test } from 'vitest';
import { jobKills } from '../bench/jobs.ts';

// Catches: a lease that outlives its worker, an effect without its end, an end that a second attempt makes again.
test('5 kills while jobs run: every job ends once', { timeout: 240_000 }, async () => {
  const { hits, jobs, cutOff, ...outcome } = await jobKills(5, 7);
  expect(outcome).toEqual({ kills: 5, wrong: [], extraEffects: 0, damage: [] });
  expect([hits > 0, cutOff > 0, jobs > 20]).toEqual([true, true, true]);
});
