import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { startWriter } from './writer-client.ts';

const script = join(import.meta.dirname, 'testing', 'failing-writer.ts');
const hook = (body: string) => ({ kind: 'hook', body, sizeBytes: body.length, receivedAt: 0 }) as const;

afterEach(() => void vi.useRealTimers());

async function start(onStoredAgain = () => {}) {
  const faults: string[] = [];
  const onFault = (fault: string) => void faults.push(fault);
  const writer = await startWriter(script, '', { onEntries: () => {}, onFault, onStoredAgain });
  return { writer, faults };
}

test('a writer that dies refuses what it had not stored, and takes what comes after', async () => {
  const { writer, faults } = await start();
  await expect(writer.submit(hook('die'))).rejects.toMatchObject({ code: 'NOT_STORED' });
  await expect(writer.submit(hook('live'))).resolves.toBeNull();
  expect(faults).toEqual([expect.stringContaining('It was told to.')]);
  await writer.close();
});

// Catches a memory that stores nothing more until the app is started anew, because the disk was full for a minute.
test('a writer that dies again and again is left alone for a while, and then started again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const storedAgain = vi.fn<() => void>();
  const { writer, faults } = await start(storedAgain);
  for (let round = 0; round < 6; round++) {
    await expect(writer.submit(hook('die'))).rejects.toMatchObject({ code: 'NOT_STORED' });
  }
  await expect(writer.submit(hook('live'))).rejects.toThrow('started again by itself');
  expect(faults.at(-1)).toContain('tried again every 30 seconds');
  expect(writer.isFailing()).toBe(true);

  vi.advanceTimersByTime(30_000);
  expect(storedAgain).not.toHaveBeenCalled();
  await expect(writer.submit(hook('live'))).resolves.toBeNull();
  expect(writer.isFailing()).toBe(false);
  await expect(writer.submit(hook('live'))).resolves.toBeNull();
  expect(storedAgain).toHaveBeenCalledOnce();
  await writer.close();
});

test('a writer that is left alone is closed at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const { writer } = await start();
  for (let round = 0; round < 6; round++) {
    await expect(writer.submit(hook('die'))).rejects.toThrow('could not be stored');
  }
  await writer.close();
  expect(vi.getTimerCount()).toBe(0);
});

// Catches: a value that cannot be passed to another thread and takes all that was handed in beside it, or the process, along.
test('what cannot be passed on is refused by itself', async () => {
  const { writer, faults } = await start();
  const strange: { body: string } = Object.assign(() => {}, { body: 'live' });
  const [bad, good] = await Promise.allSettled([
    writer.submit(Object.assign(hook('live'), { extra: strange })),
    writer.submit(hook('live')),
  ]);
  expect(bad.status === 'rejected' ? String(bad.reason) : '').toContain('for hook');
  expect(good).toMatchObject({ status: 'fulfilled' });
  expect(faults).toEqual([]);
  await writer.close();
});
