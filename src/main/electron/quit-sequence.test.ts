import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createQuitSequence, type QuitSteps } from './quit-sequence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(drain: () => Promise<void>) {
  const log: string[] = [];
  const steps: QuitSteps = {
    hide: () => void log.push('hide'),
    drain: () => {
      log.push('drain');
      return drain();
    },
    quit: () => void log.push('quit'),
    onIncomplete: (reason) => void log.push(reason),
  };
  const sequence = createQuitSequence(steps, 5000);
  /** True when the quit was let through. */
  const ask = (): boolean => {
    let prevented = false;
    sequence.onBeforeQuit({ preventDefault: () => (prevented = true) });
    return !prevented;
  };
  return { log, ask, sequence };
}

// Catches: a process that ends before what it acknowledged is durable, and a quit that is asked for twice.
test('a quit waits until all is drained, once', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { log, ask, sequence } = setUp(() => promise);
  expect(sequence.isQuitting()).toBe(false);
  expect(ask()).toBe(false);
  expect(ask()).toBe(false);
  expect(sequence.isQuitting()).toBe(true);
  expect(log).toEqual(['hide', 'drain']);
  resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['hide', 'drain', 'quit']);
  expect(ask()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

// Catches: an app that hangs for ever on a disk that does not answer.
test('a drain that does not end is given up after the deadline', async () => {
  const { log, ask } = setUp(() => new Promise(() => undefined));
  ask();
  await vi.advanceTimersByTimeAsync(4999);
  expect(log).toEqual(['hide', 'drain']);
  await vi.advanceTimersByTimeAsync(1);
  expect(log).toEqual(['hide', 'drain', 'deadline', 'quit']);
  expect(ask()).toBe(true);
});

// Catches: a failure while closing that keeps the app open without a window.
test.each([
  ['rejects', () => Promise.reject(new Error('disk'))],
  [
    'throws',
    () => {
      throw new Error('disk');
    },
  ],
])('a drain that %s does not keep the app', async (_how, drain) => {
  const { log, ask } = setUp(drain);
  ask();
  await vi.advanceTimersByTimeAsync(0);
  expect(log).toEqual(['hide', 'drain', 'failed', 'quit']);
});
