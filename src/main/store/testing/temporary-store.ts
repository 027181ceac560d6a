import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReadable, openWritable, type OpenOptions, type ReadableDb, type WritableDb } from '../database.ts';
import { migrate } from '../migrate.ts';

export interface TemporaryStore {
  dir: string;
  file: string;
  writable: WritableDb;
  readable: ReadableDb;
  close(): void;
}

export function temporaryFolder(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'claude-mem-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }) };
}

/** A database on disk with the production migrations, for tests. */
export function temporaryStore(options: OpenOptions = {}): TemporaryStore {
  const { dir, remove } = temporaryFolder();
  const file = join(dir, 'memory.db');
  const writable = openWritable(file, options);
  migrate(writable.db, join(dir, 'backups'));
  const readable = openReadable(file, options);
  return {
    dir,
    file,
    writable: writable.db,
    readable: readable.db,
    close() {
      readable.close();
      writable.close();
      remove();
    },
  };
}
