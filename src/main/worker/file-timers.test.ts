import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { startFileTimers } from './file-timers.ts';
import type { WriterTask } from './thread-messages.ts';
import { createWriter, type Writer } from './writer.ts';

const mebibyte = 1024 * 1024;

let folder: ReturnType<typeof temporaryFolder>;
let writer: Writer;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  folder = temporaryFolder();
  writer = createWriter(join(folder.dir, 'memory.db'));
});
afterEach(() => {
  vi.useRealTimers();
  writer.close();
  folder.remove();
});

const logBytes = () => statSync(join(folder.dir, 'memory.db-wal')).size;

function fillLog(): void {
  const other = new Database(join(folder.dir, 'memory.db'));
  other.pragma('wal_autocheckpoint = 0');
  other.exec('CREATE TABLE IF NOT EXISTS bulk (bytes BLOB)');
  other.prepare('INSERT INTO bulk VALUES (zeroblob(?))').run(40 * mebibyte);
  other.close();
}

const health: WriterTask = {
  kind: 'operation',
  ticket: 1,
  name: 'healthCommit',
  argument: { writes: false, at: 1 },
};
const hook: WriterTask = { kind: 'hook', ticket: 2, body: '{}', sizeBytes: 2, receivedAt: 1 };

// Catches a log that stays long for as long as a monitor asks for the health, or that is emptied while an agent works.
test('a long log is emptied after half a minute without an agent, whoever asks for the health', () => {
  const timers = startFileTimers(writer, (fault) => expect.unreachable(String(fault)));
  fillLog();
  for (let quarter = 0; quarter < 4; quarter++) {
    vi.advanceTimersByTime(15_000);
    timers.heard([health, hook]);
  }
  expect(logBytes()).toBeGreaterThan(40 * mebibyte);
  for (let quarter = 0; quarter < 2; quarter++) {
    timers.heard([health]);
    vi.advanceTimersByTime(15_000);
  }
  expect(logBytes()).toBe(0);

  // Long again by what is no agent's, after the pause was over.
  fillLog();
  timers.heard([health]);
  vi.advanceTimersByTime(30_000);
  expect(logBytes()).toBe(0);
  timers.stop();
});

// Catches a checkpoint on a full disk that ends the thread, and what nobody tries again after it.
test('what fails is told and tried again later', () => {
  const [told, done]: [string[], string[]] = [[], []];
  let isFull = true;
  const attempt = (what: string) => () => {
    if (isFull) throw new Error(`${what}: the disk is full.`);
    done.push(what);
    return false;
  };
  const failing = { rest: attempt('rest'), shortenLog: attempt('shortenLog'), maintain: attempt('maintain') };
  const timers = startFileTimers(failing, (fault) => told.push(String(fault)));
  vi.advanceTimersByTime(100);
  expect(told).toEqual(['Error: rest: the disk is full.']);
  vi.advanceTimersByTime(60 * 60 * 1000);
  expect(told).toContain('Error: maintain: the disk is full.');
  expect(told.filter((fault) => fault.includes('shortenLog')).length).toBeGreaterThan(100);
  isFull = false;
  vi.advanceTimersByTime(60 * 60 * 1000);
  expect(done).toEqual(['shortenLog', 'maintain']);
  timers.heard([health]);
  vi.advanceTimersByTime(100);
  expect(done.at(-1)).toBe('rest');
  timers.stop();
});
