import Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';

declare const access: unique symbol;

/** A connection that may read. A function that takes one cannot write: it has no `exec` and no `transaction`. */
export interface ReadableDb {
  readonly [access]: 'read' | 'write';
  prepare: Database.Database['prepare'];
  pragma: Database.Database['pragma'];
}

/** The one connection that may write; only the writer thread holds it. */
export interface WritableDb extends ReadableDb {
  readonly [access]: 'write';
  exec: Database.Database['exec'];
  transaction: Database.Database['transaction'];
  inTransaction(): boolean;
}

export interface OpenDatabase<Db extends ReadableDb> {
  db: Db;
  close(): void;
}

/** How a commit is made durable: `normal` survives a killed process, `full` also a power cut. */
export type Durability = 'normal' | 'full';

/** Page cache of one connection, in KiB as SQLite counts it when negative. */
const writerCacheKib = 16_384;
const readerCacheKib = 8_192;
/**
 * A checkpoint syncs to the disk and takes some milliseconds, which the commit that sets it off has to bear. So the writer
 * makes one when nothing waits; only a log of this many pages (16 MB) is folded in at once.
 */
const walPagesAtMost = 4_000;
/** After a checkpoint the write-ahead log is cut back to this many bytes. */
const walLimitBytes = 16 * 1024 * 1024;

/** Opens the writer's connection; the file is made when it is not there. Throws `SqliteError`. */
export function openWritable(file: string, durability: Durability = 'normal'): OpenDatabase<WritableDb> {
  // SQLite gives its log and index the mode of the database, so the file is made for its owner alone.
  closeSync(openSync(file, 'a', 0o600));
  const handle = new Database(file);
  handle.pragma('journal_mode = WAL');
  handle.pragma(`synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`);
  handle.pragma('foreign_keys = ON');
  handle.pragma('secure_delete = ON');
  handle.pragma('temp_store = MEMORY');
  handle.pragma(`cache_size = -${writerCacheKib}`);
  handle.pragma(`wal_autocheckpoint = ${walPagesAtMost}`);
  handle.pragma(`journal_size_limit = ${walLimitBytes}`);
  const db = {
    prepare: handle.prepare.bind(handle),
    pragma: handle.pragma.bind(handle),
    exec: handle.exec.bind(handle),
    transaction: handle.transaction.bind(handle),
    inTransaction: () => handle.inTransaction,
  };
  return { db: db as unknown as WritableDb, close: () => handle.close() };
}

/** Opens a read-only connection to a file that a writer has made. Throws `SqliteError` when it is not there. */
export function openReadable(file: string): OpenDatabase<ReadableDb> {
  const handle = new Database(file, { readonly: true, fileMustExist: true });
  handle.pragma('query_only = ON');
  handle.pragma('temp_store = MEMORY');
  handle.pragma(`cache_size = -${readerCacheKib}`);
  const db = { prepare: handle.prepare.bind(handle), pragma: handle.pragma.bind(handle) };
  return { db: db as unknown as ReadableDb, close: () => handle.close() };
}
