import Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { getLoadablePath } from 'sqlite-vec';

declare const access: unique symbol;

/** A connection that may read. A function that takes one cannot write: it has no `exec` and no `transaction`. */
export interface ReadableDb {
  readonly [access]: 'read' | 'write';
  prepare: Database.Database['prepare'];
  pragma: Database.Database['pragma'];
  /** What can hold vectors here: sqlite-vec where it could be loaded, plain tables elsewhere. */
  readonly vectorBackend: VectorBackend;
  inTransaction(): boolean;
  /** Runs reads that must all see the same state of the file; inside a transaction it only runs them. */
  snapshot<T>(read: () => T): T;
}

export const vectorBackends = ['sqlite-vec', 'table'] as const;
export type VectorBackend = (typeof vectorBackends)[number];

/** The one connection that may write; only the writer thread holds it. */
export interface WritableDb extends ReadableDb {
  readonly [access]: 'write';
  exec: Database.Database['exec'];
  transaction: Database.Database['transaction'];
}

export interface OpenDatabase<Db extends ReadableDb> {
  db: Db;
  close(): void;
}

/** How a commit is made durable: `normal` survives a killed process, `full` also a power cut. */
export type Durability = 'normal' | 'full';

export interface OpenOptions {
  /** `table` does without sqlite-vec, as on a platform that it has no build for. */
  vectorBackend?: 'table';
  /** A file that may not have more pages than these is to its writer as a full disk is: `SQLITE_FULL`. */
  mostPages?: number;
}

/** Page cache of one connection, in KiB as SQLite counts it when negative. */
const writerCacheKib = 16_384;
const readerCacheKib = 8_192;
/**
 * A checkpoint takes some milliseconds for its syncs and a hundredth of one for each page, which the commit that sets it off
 * has to bear. So another thread makes them (`openCheckpointer`), and the writer itself only when nothing waits or the log has
 * come to this many pages (128 MB): the few that came since are left then, and the log begins anew.
 */
const walPagesAtMost = 32_000;
/** What the log may keep after a checkpoint: all of that, because to cut a megabyte off takes a millisecond, and a commit waits. */
const walLimitBytes = 132 * 1024 * 1024;

/** Opens the writer's connection; the file is made when it is not there. Throws `SqliteError`. */
export function openWritable(
  file: string,
  { durability = 'normal', ...options }: OpenOptions & { durability?: Durability } = {},
): OpenDatabase<WritableDb> {
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
  if (options.mostPages !== undefined) handle.pragma(`max_page_count = ${options.mostPages}`);
  const db = {
    ...readingPart(handle, options),
    exec: handle.exec.bind(handle),
    transaction: handle.transaction.bind(handle),
  };
  return { db: db as unknown as WritableDb, close: () => handle.close() };
}

/** Opens a read-only connection to a file that a writer has made. Throws `SqliteError` when it is not there. */
export function openReadable(file: string, options: OpenOptions = {}): OpenDatabase<ReadableDb> {
  const handle = new Database(file, { readonly: true, fileMustExist: true });
  handle.pragma('query_only = ON');
  handle.pragma('temp_store = MEMORY');
  handle.pragma(`cache_size = -${readerCacheKib}`);
  const db = readingPart(handle, options);
  return { db: db as unknown as ReadableDb, close: () => handle.close() };
}

export interface Checkpointer {
  /** Folds what is in the log by now into the file; writers and readers go on meanwhile. */
  checkpoint(): void;
  close(): void;
}

/** A connection beside the writer's that writes no row of its own. Throws `SqliteError` when the file is not there. */
export function openCheckpointer(file: string): Checkpointer {
  const handle = new Database(file, { fileMustExist: true });
  handle.pragma('wal_autocheckpoint = 0');
  return {
    checkpoint: () => void handle.pragma('wal_checkpoint(PASSIVE)'),
    close: () => handle.close(),
  };
}

function readingPart(handle: Database.Database, options: OpenOptions) {
  const vectorBackend = options.vectorBackend ?? loadSqliteVec(handle);
  const begin = handle.prepare('BEGIN');
  const commit = handle.prepare('COMMIT');
  const snapshot = <T>(read: () => T): T => {
    if (handle.inTransaction) return read();
    begin.run();
    try {
      return read();
    } finally {
      commit.run();
    }
  };
  return {
    prepare: handle.prepare.bind(handle),
    pragma: handle.pragma.bind(handle),
    vectorBackend,
    inTransaction: () => handle.inTransaction,
    snapshot,
  };
}

function loadSqliteVec(handle: Database.Database): VectorBackend {
  try {
    // The system's loader cannot look into an archive; the packager leaves libraries beside it.
    handle.loadExtension(getLoadablePath().replace(/\bapp\.asar(?=[/\\])/u, 'app.asar.unpacked'));
    return 'sqlite-vec';
  } catch {
    return 'table';
  }
}
