import Database from 'better-sqlite3';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWriter, type Writer } from './writer.ts';

const mebibyte = 1024 * 1024;

let folder: string;
let file: string;
let writer: Writer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cmem-log-'));
  file = join(folder, 'memory.db');
  writer = createWriter(file);
});
afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true, force: true });
});

const logBytes = () => statSync(`${file}-wal`).size;

function writeBytes(count: number): void {
  const other = new Database(file);
  other.pragma('wal_autocheckpoint = 0');
  other.exec('CREATE TABLE IF NOT EXISTS bulk (bytes BLOB)');
  other.prepare('INSERT INTO bulk VALUES (zeroblob(?))').run(count);
  other.close();
}

function storedBytes(): unknown {
  const reading = new Database(file, { readonly: true });
  const bytes: unknown = reading.prepare('SELECT sum(length(bytes)) FROM bulk').pluck().get();
  reading.close();
  return bytes;
}

// Catches a log of a hundred megabytes that a burst leaves on the disk for as long as the app runs.
test('a long log is emptied, and nothing of it is lost', () => {
  writeBytes(40 * mebibyte);
  expect(logBytes()).toBeGreaterThan(40 * mebibyte);
  expect(writer.shortenLog()).toBe(false);
  expect(logBytes()).toBe(0);
  expect(storedBytes()).toBe(40 * mebibyte);
});

test('a short log stays', () => {
  writeBytes(mebibyte);
  const before = logBytes();
  expect(writer.shortenLog()).toBe(false);
  expect(logBytes()).toBe(before);
});

// Catches one that stays long for good because a backup was reading at that moment.
test('a log that a reader needs is asked for again', () => {
  writeBytes(40 * mebibyte);
  const reading = new Database(file, { readonly: true });
  reading.exec('BEGIN');
  reading.prepare('SELECT count(*) FROM bulk').get();
  writeBytes(mebibyte);
  expect(writer.shortenLog()).toBe(true);
  reading.exec('COMMIT');
  reading.close();
  expect(writer.shortenLog()).toBe(false);
  expect(logBytes()).toBe(0);
});
