import Database from 'better-sqlite3';
import { dataPaths } from './data-folder.ts';
import { StoreError } from './store-error.ts';
import { readWorkerFile } from './worker-file.ts';
import { makeFolder } from './make-folder.ts';

const usualCollisionMs = 200;

export interface LockOptions {
  /**
   * For how long to wait, at each of two steps, while somebody has it. Two that come at once hold each other up for a moment;
   * without waiting both would go, and nobody would have the folder. SQLite lets one of them through as soon as the other one has
   * given up.
   */
  collisionMs?: number;
}

/** A connection that nobody refers to any more would be collected, and its lock with it. */
const locks = new Set<Database.Database>();

/**
 * Takes the data folder for this process, making it when it is not there; returns its release.
 *
 * The lock is an exclusive SQLite transaction on a file of its own, so the operating system drops it with the process,
 * however that ends, and a process id that was used again cannot be mistaken for a worker.
 * Throws `StoreError` DATA_FOLDER_IN_USE or DATA_FOLDER_UNUSABLE.
 */
export function lockFolder(dataDir: string, { collisionMs = usualCollisionMs }: LockOptions = {}): () => void {
  const paths = dataPaths(dataDir);
  try {
    makeFolder(dataDir);
  } catch (cause) {
    throw unusable(dataDir, cause);
  }
  let lock: Database.Database | undefined;
  try {
    lock = new Database(paths.lock, { timeout: collisionMs });
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) {
      throw inUse(dataDir, paths.worker);
    }
    throw unusable(dataDir, cause);
  }
  const held = lock;
  locks.add(held);
  return () => {
    locks.delete(held);
    held.close();
  };
}

function inUse(dataDir: string, workerPath: string): StoreError {
  const holder = readWorkerFile(workerPath);
  const who = holder ? ` by process ${holder.pid} at ${holder.url}` : '';
  return new StoreError(
    'DATA_FOLDER_IN_USE',
    `The data folder ${dataDir} is in use${who}. Use that worker, stop it first, or give another folder with --data.`,
    holder ? { holder: { pid: holder.pid, url: holder.url } } : {},
  );
}

function unusable(dataDir: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    'DATA_FOLDER_UNUSABLE',
    `The data folder ${dataDir} cannot be used (${reason}). Check that it is a folder that you may write to, or give another with --data.`,
    { cause },
  );
}
