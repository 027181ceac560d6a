import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createReader } from './reader-pool.ts';

const script = join(import.meta.dirname, 'testing', 'echo-reader.ts');
const noModel = { folder: '', memory: new SharedArrayBuffer(0), layout: null, problem: null };
const start = () => createReader(script, { databaseFile: '', model: noModel });

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
