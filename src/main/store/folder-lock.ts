import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { dataPaths } from './data-folder.ts';
import { StoreError } from './store-error.ts';
import { readWorkerFile } from './worker-file.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Takes the data folder for this process, making it when it is not there; returns its release.
 *
 * The lock is an exclusive SQLite transaction on a file of its own, so the operating system drops it with the process,
 * however that ends, and a process id that was used again cannot be mistaken for a worker.
 * Throws `StoreError` DATA_FOLDER_IN_USE or DATA_FOLDER_UNUSABLE.
 */
export function lockFolder(dataDir: string): () => void {
  const paths = dataPaths(dataDir);
  try {
    makeFolder(dataDir);
  } catch (cause) {
    throw unusable(dataDir, cause);
  }
  let lock: Database.Database | undefined;
  try {
    lock = new Database(paths.lock, { timeout: 0 });
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
  return () => held.close();
}

/** Whether a worker holds the folder now; a file that names one may be left over from a worker that was killed. */
export function isFolderHeld(dataDir: string): boolean {
  const file = dataPaths(dataDir).lock;
  if (!existsSync(file)) return false;
  let probe: Database.Database | undefined;
  try {
    probe = new Database(file, { timeout: 0, fileMustExist: true });
    probe.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
  } finally {
    probe?.close();
  }
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
