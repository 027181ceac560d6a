import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWritable } from './database.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { StoreError } from './store-error.ts';
import { temporaryFolder } from './testing/temporary-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

const paths = () => ({ file: join(folder.dir, 'memory.db'), backups: join(folder.dir, 'backups') });

test('versions grow by one in the order of the list', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, position) => position + 1));
});

test('a new file gets every step and no copy; a second start changes nothing', () => {
  const { file, backups } = paths();
  const { db, close } = openWritable(file);
  const newest = migrations.at(-1)?.version;
  expect(migrate(db, backups)).toEqual({ from: 0, to: newest, copy: null });
  expect(migrate(db, backups)).toEqual({ from: newest, to: newest, copy: null });
  close();
});

test('every table with rows of ours is STRICT, so that a wrong type is refused and not kept', () => {
  const { file, backups } = paths();
  const { db, close } = openWritable(file);
  migrate(db, backups);
  const loose = db
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .all();
  expect(loose).toEqual([]);
  close();
});

const extra: Migration = {
  version: (migrations.at(-1)?.version ?? 0) + 1,
  name: 'extra',
  up: (db) => db.exec('ALTER TABLE projects ADD COLUMN note TEXT'),
};

test('a copy with all rows is taken before a populated file is migrated', () => {
  const { file, backups } = paths();
  const { db, close } = openWritable(file);
  migrate(db, backups);
  db.exec(`INSERT INTO projects (id, name, root, created_at, last_event_at) VALUES ('p', 'shop', '/shop', 1, 1)`);
  const report = migrate(db, backups, [...migrations, extra]);
  expect(db.prepare('SELECT name, note FROM projects').get()).toEqual({ name: 'shop', note: null });
  close();
  const copy = new Database(String(report.copy), { readonly: true });
  expect(copy.prepare('SELECT name FROM projects').all()).toEqual([{ name: 'shop' }]);
  expect(copy.pragma('user_version', { simple: true })).toBe(report.from);
  copy.close();
});

test('a step that fails leaves the schema and the rows as they were', () => {
  const { file, backups } = paths();
  const { db, close } = openWritable(file);
  migrate(db, backups);
  const broken: Migration = { ...extra, up: 'ALTER TABLE projects ADD COLUMN note TEXT; SELECT * FROM nowhere;' };
  expect(() => migrate(db, backups, [...migrations, broken])).toThrow('nowhere');
  expect(schemaVersion(db)).toBe(migrations.at(-1)?.version);
  expect(db.prepare(`SELECT name FROM pragma_table_info('projects') WHERE name = 'note'`).all()).toEqual([]);
  close();
});

test('a file of a newer app is refused with advice, and not touched', () => {
  const { file, backups } = paths();
  const { db, close } = openWritable(file);
  migrate(db, backups);
  db.pragma('user_version = 999');
  expect(() => migrate(db, backups)).toThrow(StoreError);
  expect(() => migrate(db, backups)).toThrow(/newer version of the app.*Update the app/s);
  expect(schemaVersion(db)).toBe(999);
  close();
});

test('only the newest copies are kept', () => {
  const { file, backups } = paths();
  const { db, close } = openWritable(file);
  migrate(db, backups);
  const steps: Migration[] = [...migrations];
  for (let added = 0; added < 5; added++) {
    steps.push({
      version: steps.length + 1,
      name: `step ${added}`,
      up: `CREATE TABLE extra_${added} (a INTEGER) STRICT`,
    });
    migrate(db, backups, steps);
  }
  expect(readdirSync(backups)).toHaveLength(3);
  close();
});
