import { statSync } from 'node:fs';
import type { WritableDb } from './database.ts';

/** As better-sqlite3 opens a connection. */
const busyTimeoutMs = 5_000;

/** Folds the whole write-ahead log into the file and empties it; false when a reader still needs it. Waits for nobody. Throws `SqliteError`. */
export function truncateLog(db: Pick<WritableDb, 'pragma'>): boolean {
  db.pragma('busy_timeout = 0');
  try {
    return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 1;
  } finally {
    db.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }
}

/** Bytes of the write-ahead log of a database file, 0 without one. */
export function logSize(databaseFile: string): number {
  return statSync(`${databaseFile}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
