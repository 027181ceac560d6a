import Database from 'better-sqlite3';
import { chmodSync, closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openReadable } from './database.ts';
import { makeFolder } from './make-folder.ts';

const prefix = 'memory-';
const draftEnd = '.part';

export interface BackUpReport {
  name: string;
  sizeBytes: number;
  /** Older copies that were removed. */
  removed: number;
}

/**
 * Writes a whole, consistent copy of the database into the folder, proves it by an integrity check and keeps the newest `kept`.
 * Blocks its thread for as long as that takes. The copy is taken from one snapshot, because SQLite's online backup begins anew
 * at each write of another connection, and here one writes all day. Throws `SqliteError`, or the system's error.
 */
export function backUp(source: string, folder: string, { at, kept }: { at: number; kept: number }): BackUpReport {
  makeFolder(folder);
  const name = `${prefix}${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}.db`;
  const draft = join(folder, `${name}${draftEnd}`);
  // What a kill left behind.
  for (const left of namesIn(folder, draftEnd)) rmSync(join(folder, left));
  try {
    // SQLite takes an empty file as it is, so the copy is its owner's alone from the first byte.
    closeSync(openSync(draft, 'wx', 0o600));
    copy(source, draft);
    check(draft);
    // VACUUM INTO leaves that to the system, and older copies go now.
    sync(draft);
    const target = join(folder, name);
    renameSync(draft, target);
    chmodSync(target, 0o600);
    const old = namesIn(folder, '.db').toSorted().slice(0, -kept);
    for (const other of old) rmSync(join(folder, other));
    return { name, sizeBytes: statSync(target).size, removed: old.length };
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function copy(source: string, target: string): void {
  const handle = new Database(source, { readonly: true, fileMustExist: true });
  try {
    handle.prepare('VACUUM INTO ?').run(target);
  } finally {
    handle.close();
  }
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

function check(file: string): void {
  const { db, close } = openReadable(file);
  try {
    const verdict = String(db.pragma('integrity_check(1)', { simple: true }));
    if (verdict !== 'ok') throw new Error(`The copy is damaged and was not kept: ${verdict}`);
  } finally {
    close();
  }
}

function namesIn(folder: string, end: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith(end));
}
