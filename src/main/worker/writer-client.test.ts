import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWriter } from './writer-client.ts';

const script = join(import.meta.dirname, 'testing', 'failing-writer.ts');
const hook = (body: string) => ({ kind: 'hook', body, sizeBytes: body.length, receivedAt: 0 }) as const;

async function start() {
  const faults: string[] = [];
  const writer = await startWriter(script, '', { onEntries: () => {}, onFault: (fault) => faults.push(fault) });
  return { writer, faults };
}

test('a writer that dies refuses what it had not stored, and takes what comes after', async () => {
  const { writer, faults } = await start();
  await expect(writer.submit(hook('die'))).rejects.toMatchObject({ code: 'NOT_STORED' });
  await expect(writer.submit(hook('live'))).resolves.toBeNull();
  expect(faults).toEqual([expect.stringContaining('It was told to.')]);
  await writer.close();
});

test('a writer that dies again and again is given up: everything is refused at once, and closing ends', async () => {
  const { writer, faults } = await start();
  for (let round = 0; round < 6; round++) {
    await expect(writer.submit(hook('die'))).rejects.toMatchObject({ code: 'NOT_STORED' });
  }
  await expect(writer.submit(hook('live'))).rejects.toMatchObject({ code: 'NOT_STORED' });
  expect(faults.at(-1)).toContain('start the app anew');
  await writer.close();
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
