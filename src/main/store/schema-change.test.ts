import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { openReadable, openWritable } from './database.ts';
import { readThroughChanges } from './schema-change.ts';

const folder = mkdtempSync(join(tmpdir(), 'cmem-schema-'));
const file = join(folder, 'memory.db');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const changesTables = `
  const { workerData } = require('node:worker_threads');
  const db = new (require('better-sqlite3'))(workerData);
  for (;;) db.exec('CREATE TABLE comes_and_goes (a); DROP TABLE comes_and_goes');`;

// Catches: a check of the indexes that ends in a 500 because vectors were made anew while its reader started.
test('new connections read while tables come and go', async () => {
  const writable = openWritable(file);
  writable.db.exec(`CREATE VIRTUAL TABLE words USING fts5 (text); INSERT INTO words VALUES ('found');`);
  writable.close();
  const changing = new Worker(changesTables, { eval: true, workerData: file });
  try {
    await new Promise((resolve) => void changing.once('online', resolve));
    for (let round = 0; round < 200; round += 1) {
      const { db, close } = openReadable(file);
      const read = (): unknown => db.prepare('SELECT text FROM words').pluck().get();
      expect(readThroughChanges(read)).toBe('found');
      close();
    }
  } finally {
    await changing.terminate();
  }
});

test('a read that waits for something is made again too', async () => {
  const changed = Object.assign(new Error('database schema has changed'), { code: 'SQLITE_SCHEMA' });
  const outcomes = [changed, changed, 'found'];
  const read = async (): Promise<unknown> => {
    await Promise.resolve();
    const next = outcomes.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  await expect(readThroughChanges(read)).resolves.toBe('found');
});

test('no other error is tried again, and a change that does not end is told', () => {
  let tries = 0;
  const failing = (code: string) => (): never => {
    tries += 1;
    throw Object.assign(new Error(code), { code });
  };
  expect(() => readThroughChanges(failing('SQLITE_CORRUPT'))).toThrow('SQLITE_CORRUPT');
  expect(tries).toBe(1);
  expect(() => readThroughChanges(failing('SQLITE_SCHEMA'))).toThrow('SQLITE_SCHEMA');
  expect(tries).toBe(51);
});
