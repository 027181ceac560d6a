import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WritableDb } from './database.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { StoreError } from './store-error.ts';
import { makeFolder } from './make-folder.ts';

/** Copies taken before a migration; older ones are removed. */
const copiesKept = 3;

export interface MigrationReport {
  from: number;
  to: number;
  /** The copy of the file as it was, when there was something to lose. */
  copy: string | null;
}

/**
 * Brings the file to the newest schema, each step in a transaction of its own, after copying it to `backupDir`.
 * Throws `StoreError` NEWER_DATABASE when a newer app has written the file; nothing is changed then.
 */
export function migrate(
  db: WritableDb,
  backupDir: string,
  steps: readonly Migration[] = allMigrations,
): MigrationReport {
  const from = schemaVersion(db);
  const newest = steps.at(-1)?.version ?? 0;
  if (from > newest) {
    throw new StoreError(
      'NEWER_DATABASE',
      `This memory was written by a newer version of the app (schema ${from}, this one knows ${newest}). Update the app; the file was not touched.`,
    );
  }
  const due = steps.filter((step) => step.version > from);
  if (due.length === 0) return { from, to: from, copy: null };
  const copy = from > 0 ? copyBefore(db, backupDir, from) : null;
  for (const step of due) runStep(db, step);
  return { from, to: newest, copy };
}

/** The number of the last migration that ran on this file; 0 for a new one. */
export function schemaVersion(db: WritableDb): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function runStep(db: WritableDb, step: Migration): void {
  const { up } = step;
  db.transaction(() => {
    if (typeof up === 'string') db.exec(up);
    else up(db);
    db.pragma(`user_version = ${step.version}`);
  })();
}

function copyBefore(db: WritableDb, backupDir: string, version: number): string {
  makeFolder(backupDir);
  const prefix = 'before-schema-';
  const target = join(backupDir, `${prefix}${version + 1}-${Date.now()}.db`);
  // VACUUM INTO writes a whole, consistent file, whatever is still in the write-ahead log.
  if (!existsSync(target)) db.prepare('VACUUM INTO ?').run(target);
  const copies = readdirSync(backupDir)
    .filter((name) => name.startsWith(prefix))
    .toSorted((a, b) => stampOf(a) - stampOf(b));
  for (const old of copies.slice(0, -copiesKept)) rmSync(join(backupDir, old));
  return target;
}

function stampOf(name: string): number {
  return Number(/(\d+)\.db$/.exec(name)?.[1] ?? 0);
}
