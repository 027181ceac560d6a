import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTenure } from './tenure.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;

/** What became of a tenure by now. */
async function outcome(tenure: ReturnType<typeof createTenure>): Promise<string> {
  return Promise.race([tenure.left, Promise.resolve().then(() => 'stays')]);
}

// Catches: a worker that runs for ever after its agent has gone, and one that goes while somebody uses it.
test('the worker of an agent goes half an hour after the last one left', async () => {
  const tenure = createTenure('agent', () => {});
  let quietSince: number | null = null;
  const stop = tenure.watch(() => quietSince);
  vi.advanceTimersByTime(120 * minute);
  expect(await outcome(tenure)).toBe('stays');
  quietSince = Date.now();
  vi.advanceTimersByTime(28 * minute);
  expect(await outcome(tenure)).toBe('stays');
  vi.advanceTimersByTime(4 * minute);
  expect(await outcome(tenure)).toBe('unused');
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

// Catches: a worker that goes from under the person who started it, or who sees its window.
test('the worker of a person stays, and hands over to nobody', async () => {
  const adopted = vi.fn<() => void>();
  const theirs = createTenure('agent', adopted);
  theirs.adopt();
  theirs.adopt();
  expect(adopted).toHaveBeenCalledTimes(1);
  for (const tenure of [createTenure('person', () => {}), theirs]) {
    const stop = tenure.watch(() => 0);
    vi.advanceTimersByTime(24 * 60 * minute);
    expect(() => tenure.handOver()).toThrow(`process ${process.pid}`);
    expect([tenure.startedBy(), await outcome(tenure)]).toEqual(['person', 'stays']);
    stop();
  }
});
