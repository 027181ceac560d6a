import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createReader } from './reader-pool.ts';

const script = join(import.meta.dirname, 'testing', 'echo-reader.ts');
const noModel = { folder: '', memory: new SharedArrayBuffer(0), layout: null, problem: null };
const start = () => createReader(script, { databaseFile: '', model: noModel, isBackground: false });

const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

// Catches: questions that wait for the end of a turn, and are forgotten when it is the last one.
test('what was asked before the end is answered, and nothing after it', async () => {
  const reader = start();
  const asked = [reader.call('getSession', 'a'), reader.call('getSession', 'b')];
  await reader.close();
  await expect(Promise.all(asked)).resolves.toEqual(['a', 'b']);
  await expect(reader.call('getSession', 'c')).rejects.toThrow('closing');
});

// Catches: an error that is thrown where nobody asks any more, which ends the worker.
test('an argument that cannot cross fails its call alone', async () => {
  const reader = start();
  const memory = new ArrayBuffer(8);
  structuredClone(memory, { transfer: [memory] });
  await expect(reader.move([memory], 'getSession', 'a')).rejects.toThrow(/detached|could not be cloned|transfer/i);
  await expect(reader.call('getSession', 'b')).resolves.toBe('b');
  await reader.close();
});

// Catches: a call that is lost because its thread was about to rest, and one thread for each pause that nobody ends.
test('a thread that is asked nothing ends, and the next call starts another one', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const before = threads();
  const reader = createReader(script, { databaseFile: '', model: noModel, isBackground: false }, 1_000);
  await expect(reader.call('getSession', 'a')).resolves.toBe('a');
  expect(threads()).toBeGreaterThan(before);
  vi.advanceTimersByTime(999);
  const late = reader.call('getSession', 'b');
  vi.advanceTimersByTime(1_000);
  await expect(late).resolves.toBe('b');
  for (const id of ['c', 'd']) {
    vi.advanceTimersByTime(1_000);
    await expect(reader.call('getSession', id)).resolves.toBe(id);
  }
  vi.advanceTimersByTime(1_000);
  await reader.close();
  expect(threads()).toBe(before);
  vi.useRealTimers();
});
