import { expect, test } from 'vitest';
import { createQuiet } from './quiet.ts';

// Catches jobs that fight with an import for the disk, and jobs that never run on a machine that is never still.
test('calm after a moment without rows; strained when it is never calm, and a little at a time then', () => {
  const quiet = createQuiet({ quietMs: 1_000, longestMs: 5_000 });
  expect(quiet.look(0)).toBe('calm');
  const seen: string[] = [];
  for (let now = 0; now < 12_000; now += 500) {
    quiet.disturb(now);
    const state = quiet.look(now);
    seen.push(state);
    if (state === 'strained') quiet.relieve(now);
  }
  expect(seen.filter((state) => state === 'strained')).toHaveLength(2);
  expect(seen).not.toContain('calm');
  expect([quiet.look(12_499), quiet.look(12_500), quiet.calmAt()]).toEqual(['busy', 'calm', 12_500]);
  quiet.disturb(20_000);
  expect(quiet.look(20_999)).toBe('busy');
});
