import { expect, test, vi } from 'vitest';
import { createSerial } from './serial.ts';

function gatedWork() {
  const finish: (() => void)[] = [];
  const work = vi.fn<() => Promise<void>>(() => new Promise<void>((resolve) => finish.push(resolve)));
  return { work, finishNext: () => finish.shift()?.() };
}

// Catches: a refresh for each of a hundred events, or none for the last of them.
test('many calls during one run make one more run', async () => {
  const { work, finishNext } = gatedWork();
  const serial = createSerial(work);
  for (let call = 0; call < 100; call += 1) serial.run();
  expect(work).toHaveBeenCalledTimes(1);
  finishNext();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2), { timeout: 30_000 });
  finishNext();
  await Promise.resolve();
  expect(work).toHaveBeenCalledTimes(2);
});

// Catches: one failed refresh after which the list is never refreshed again.
test('goes on after a failure', async () => {
  const work = vi.fn<() => Promise<void>>().mockRejectedValueOnce(new Error('gone')).mockResolvedValue(undefined);
  const serial = createSerial(work);
  serial.run();
  serial.run();
  await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(2), { timeout: 30_000 });
});

// Catches: work that starts for a page that is gone.
test('starts nothing after its stop', () => {
  const { work } = gatedWork();
  const serial = createSerial(work);
  serial.stop();
  serial.run();
  expect(work).not.toHaveBeenCalled();
});
