import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkIndexes } from '../../search/index-check.ts';
import { encodedTerms } from '../../search/lexical-index.ts';
import { createSearcher } from '../../search/searcher.ts';
import { openReadable, openWritable, type ReadableDb, type WritableDb } from '../database.ts';
import { migrate } from '../migrate.ts';
import { createTagReader } from '../tables/observation-tags.ts';
import { temporaryFolder } from '../testing/temporary-store.ts';
import { migrations } from './index.ts';

const rows = 40;
const subjects = ['The cache kept a deleted branch', '登录超时，数据库死锁', 'A migration locked the table'];
const conceptsOf = (n: number) => (n % 2 === 0 ? ['test', `Step ${n}`] : n % 3 === 0 ? ['死锁', 'test', 'test'] : []);

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** A file as the first version left it, with rows in every table that it fills. */
function fillFirstVersion(db: WritableDb): void {
  db.exec(`
    INSERT INTO projects VALUES (1, 'p1', 'shop', '/shop', NULL, 1, 9), (2, 'p2', 'blog', '/blog', 'git@example.com:blog', 1, 9);
    INSERT INTO project_aliases VALUES ('path:/shop', 1), ('git:/blog/.git', 2);
    INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at, observation_count)
      VALUES (1, 's1', 1, 'claude-code', '/shop', 'ended', 1, 9, ${rows / 2}), (2, 's2', 2, 'claude-code', '/blog', 'active', 1, 9, ${rows / 2});
    INSERT INTO agents (session_pk, id, type, started_at) VALUES (1, 'a1', 'Explore', 1);
    INSERT INTO hook_activity VALUES ('PostToolUse', 9, ${rows});
    INSERT INTO transcripts VALUES ('/t/s1.jsonl', 1, '7', 1200, '{}', 9);
    INSERT INTO configurations VALUES ('capture.caught_up_to', '9', 9);
    INSERT INTO capture_pauses VALUES (3, 4);
    INSERT INTO api_keys VALUES ('k', 'viewer', x'01', '[]', 1, 2);`);
  const event = db.prepare(
    `INSERT INTO events (pk, event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
     VALUES (?, randomblob(16), 'hook', 3, ?, ?, ?, ?, 2, '{}')`,
  );
  const observation = db.prepare(
    `INSERT INTO observations (pk, id, session_pk, project_pk, event_pk, type, title, facts, concepts, files_changed, importance,
       failed, occurred_at, term_count, revision) VALUES (?, ?, ?, ?, ?, 'change', ?, '["it was seen twice"]', ?, ?, 0.5, 0, ?, ?, ?)`,
  );
  const log = db.prepare(
    `INSERT INTO event_log (type, at, project_pk, session_pk, data) VALUES ('observation.created', ?, ?, ?, '{}')`,
  );
  const file = db.prepare('INSERT INTO files (pk, path) VALUES (?, ?)');
  const link = db.prepare('INSERT INTO observation_files VALUES (?, ?)');
  const index = db.prepare('INSERT INTO observation_terms (rowid, terms) VALUES (?, ?)');
  for (let n = 1; n <= rows; n++) {
    const place = 1 + (n % 2);
    const content = {
      title: `${subjects[n % subjects.length] ?? ''} ${n}`,
      subtitle: null,
      facts: ['it was seen twice'],
      narrative: null,
      concepts: conceptsOf(n),
      files_read: [],
      files_changed: [`/src/part-${n}.ts`],
      tool: null,
    };
    event.run(n, 'PostToolUse', place, n, n);
    const revision = log.run(n, place, place).lastInsertRowid;
    const { title, concepts, files_changed } = content;
    const texts = [title, JSON.stringify(concepts), JSON.stringify(files_changed)];
    const terms = encodedTerms(content);
    observation.run(n, `o${n}`, place, place, n, ...texts, n, terms.length, revision);
    file.run(n, `/src/part-${n}.ts`);
    link.run(n, n);
    index.run(n, terms.join(' '));
  }
  event.run(rows + 1, 'UserPromptSubmit', 1, 1, 1);
  event.run(rows + 2, 'Stop', 1, 1, 1);
  db.exec(`
    INSERT INTO prompts (id, session_pk, event_pk, text, occurred_at) VALUES ('q', 1, ${rows + 1}, 'why is it locked', 1);
    INSERT INTO messages (id, session_pk, event_pk, role, is_final, text, occurred_at)
      VALUES ('m', 1, ${rows + 2}, 'assistant', 1, 'It was the cache.', 1);`);
}

/** Every row of every table that the first version has, in its columns, as it reads today. */
function contentOf(
  db: Pick<ReadableDb, 'prepare'>,
  tables: Readonly<Record<string, string[]>>,
): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([table, columns]) => {
      const named = columns.map((column) => `"${column}"`).join(', ');
      return [table, db.prepare(`SELECT ${named} FROM ${table} ORDER BY 1, 2`).all()];
    }),
  );
}

function tablesOf(db: WritableDb): Record<string, string[]> {
  const columns = db
    .prepare<[], [table: string, column: string]>(
      `SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c
       WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid`,
    )
    .raw(true)
    .all();
  const tables: Record<string, string[]> = {};
  for (const [table, column] of columns) (tables[table] ??= []).push(column);
  return tables;
}

// Catches a migration that works on an empty file only, or that loses, changes or orphans what a first version recorded.
test('a file of the first version keeps every row and is searched and tagged like a new one', () => {
  const path = join(folder.dir, 'memory.db');
  const backups = join(folder.dir, 'backups');
  const first = openWritable(path);
  migrate(first.db, backups, migrations.slice(0, 1));
  fillFirstVersion(first.db);
  const tables = tablesOf(first.db);
  const before = contentOf(first.db, tables);
  expect(Object.keys(tables).filter((table) => before[table]?.length === 0)).toEqual([]);
  first.close();

  const { db, close } = openWritable(path);
  const report = migrate(db, backups);
  expect(report).toMatchObject({ from: 1, to: migrations.length });
  expect(contentOf(db, tables)).toEqual(before);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.exec(`INSERT INTO observation_terms (observation_terms) VALUES ('integrity-check')`);

  const copy = new Database(String(report.copy), { readonly: true });
  expect(copy.pragma('user_version', { simple: true })).toBe(1);
  expect(contentOf(copy, tables)).toEqual(before);
  copy.close();

  const tags = createTagReader(db);
  const all = Array.from({ length: rows }, (_, place) => place + 1);
  for (const name of ['test', '死锁', 'step 12']) {
    const expected = all.filter((n) => conceptsOf(n).some((concept) => concept.toLowerCase() === name));
    expect(expected.length).toBeGreaterThan(0);
    expect(tags.rowsWithAny([name]).toSorted((one, other) => one - other)).toEqual(expected);
  }

  const readable = openReadable(path);
  const searcher = createSearcher(readable.db, () => new Float32Array(0));
  const found = (text: string) =>
    searcher
      .search({ text, filters: {}, limit: 100, mode: 'lexical', fusion: 'mass', vector: 'off' })
      .hits.map(({ observation }) => observation.id);
  expect(found('migration locked').toSorted()).toEqual(
    all
      .filter((n) => n % 3 === 2)
      .map((n) => `o${n}`)
      .toSorted(),
  );
  expect(found('死锁').length).toBeGreaterThan(0);
  expect(found('tag:死锁')).toHaveLength(all.filter((n) => conceptsOf(n).includes('死锁')).length);
  expect(checkIndexes(readable.db, () => new Uint8Array(0))).toMatchObject({ faulty: [], report: { vectors: null } });

  db.exec('DELETE FROM projects WHERE pk = 1');
  const deleted = db.prepare<[], number>('SELECT observation_pk FROM observation_tombstones').pluck().all();
  expect(deleted).toHaveLength(rows / 2);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(found('migration').length).toBeGreaterThan(0);
  readable.close();
  close();
});
