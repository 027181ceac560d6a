import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { migrations } from './migrations/index.ts';

export type FileFinding =
  | { is: 'absent' | 'empty' | 'no_file' | 'no_database' | 'foreign' | 'in_use' }
  /** A worker that was killed left a log, which the next one folds in. */
  | { is: 'sound'; version: number; sizeBytes: number; hasLog: boolean }
  | { is: 'newer'; version: number; newest: number }
  | { is: 'damaged' | 'unreadable' | 'unchecked'; reason: string };

const magic = 'SQLite format 3\0';
/** SQLite's own numbers: https://www.sqlite.org/rescode.html */
const busy = 5;
const damage = new Set([11, 26]);

/**
 * Looks at a memory's file while no worker has it, and leaves not even a mark of it in the folder. A connection of the store would:
 * a reader makes the log's index files, a writer folds the log in. So this is Node's own SQLite, which can be told not to.
 * It reads the whole file: about a second for a gigabyte that the system has at hand.
 */
export async function inspectFile(file: string, newest = migrations.at(-1)?.version ?? 0): Promise<FileFinding> {
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return { is: 'absent' };
    if (!stat.isFile()) return { is: 'no_file' };
    const sizeBytes = stat.size;
    const logBytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const hasLog = logBytes > 0;
    // A memory that was made a moment ago has all that it holds in its log.
    if (sizeBytes === 0) return hasLog ? { is: 'unchecked', reason: `${file}-wal` } : { is: 'empty' };
    if (beginning(file) !== magic) return { is: 'no_database' };
    const found = await check(file, hasLog);
    if (found.version > newest) return { is: 'newer', version: found.version, newest };
    if (found.version === 0 && found.tables > 0) return { is: 'foreign' };
    return { is: 'sound', version: found.version, sizeBytes: sizeBytes + logBytes, hasLog };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const number = numberOf(error);
    if (number === null) return { is: error instanceof Damage ? 'damaged' : 'unreadable', reason };
    if ((number & 0xff) === busy) return { is: 'in_use' };
    return { is: damage.has(number & 0xff) ? 'damaged' : 'unchecked', reason };
  }
}

/** Whether a process holds the lock of a data folder; asked without taking it. */
export async function isLocked(lock: string): Promise<boolean> {
  try {
    if (statSync(lock, { throwIfNoEntry: false })?.isFile() !== true) return false;
    await read(`${pathToFileURL(lock).href}?mode=ro`, 'SELECT count(*) AS count FROM sqlite_schema');
    return false;
  } catch (error) {
    return numberOf(error) === busy;
  }
}

class Damage extends Error {}

function beginning(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(magic.length);
    return bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

async function check(file: string, hasLog: boolean): Promise<{ version: number; tables: number }> {
  // Immutable: no lock and no log. With a log its index is read where it lies, and built in memory where it is stale.
  const url = `${pathToFileURL(file).href}?mode=ro&${hasLog ? 'readonly_shm=1' : 'immutable=1'}`;
  const [first] = await read(url, 'PRAGMA user_version');
  const [second] = await read(url, 'SELECT count(*) AS count FROM sqlite_schema');
  const faults = await read(url, 'PRAGMA quick_check(3)');
  const said = faults.map((row) => String(row['quick_check']));
  if (said.join() !== 'ok') throw new Damage(said.join('; ').replaceAll('\n', ' '));
  return { version: Number(first?.['user_version']), tables: Number(second?.['count']) };
}

async function read(url: string, sql: string): Promise<Record<string, unknown>[]> {
  // Only here, so that an older Node can still be told that it is too old.
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(url, { readOnly: true, timeout: 0 });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

function numberOf(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;
}
