import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWritable, type OpenDatabase, type WritableDb } from '../database.ts';
import { migrate } from '../migrate.ts';
import { temporaryFolder } from '../testing/temporary-store.ts';
import { migrations } from './index.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: OpenDatabase<WritableDb>;
beforeEach(() => {
  folder = temporaryFolder();
  file = openWritable(join(folder.dir, 'memory.db'));
});
afterEach(() => {
  file.close();
  folder.remove();
});

/** A file as the last release left it: two sessions, three rows, and what was handed back of them. */
function fillSchema4(db: WritableDb): void {
  migrate(db, join(folder.dir, 'backups'), migrations.slice(0, 4));
  db.exec(`
    INSERT INTO projects VALUES (1, 'p', 'shop', '/shop', NULL, 0, 9);
    INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
      VALUES (1, 's1', 1, 'claude-code', '/shop', 'ended', 1, 9), (2, 's2', 1, 'claude-code', '/shop', 'active', 1, 9);
    INSERT INTO events (pk, event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
      SELECT value, randomblob(16), 'hook', 3, 'PostToolUse', 1 + (value = 3), value, value, 2, '{}' FROM json_each('[1,2,3]');
    INSERT INTO observations (pk, id, session_pk, project_pk, event_pk, type, title, importance, failed, occurred_at, term_count, revision)
      SELECT pk, 'o' || pk, session_pk, 1, pk, 'change', 't', 0.5, 0, pk, 1, pk FROM events;
    INSERT INTO observation_marks VALUES (2, 'pinned', 5);
    INSERT INTO session_marks VALUES (2, 'hidden', 5);
    INSERT INTO context_choices (project_pk, context, changed_at) VALUES (1, 0, 5);
    INSERT INTO injections (pk, id, session_pk, kind, text, tokens, budget_tokens, occurred_at)
      VALUES (1, 'i1', 2, 'startup', 'told', 1, 9, 100), (2, 'i2', 2, 'prompt', 'told again', 1, 9, 200), (3, 'i3', 1, 'file', 'x', 1, 9, 300);
    INSERT INTO injection_lines (injection_pk, position, section, reason, text, value, tokens, observation_pk, told_session_pk)
      VALUES (1, 0, 'observations', 'important', 'a', 1, 1, 1, NULL), (1, 1, 'observations', 'important', 'b', 1, 1, 2, NULL),
        (2, 0, 'observations', 'important', 'a', 1, 1, 1, NULL), (3, 0, 'sessions', 'recent', 'c', 1, 1, NULL, 2);`);
}

const uses = (db: WritableDb) =>
  db.prepare('SELECT observation_pk, count, last_at FROM observation_uses').raw(true).all();

// Catches: rows that are lost or changed on the way, and uses of before that nobody counts, so that what was used fades first.
it('keeps what the last release wrote and counts what was handed back', () => {
  const { db } = file;
  fillSchema4(db);
  const tables = ['observations', 'injections', 'observation_marks', 'session_marks', 'context_choices', 'event_log'];
  const content = () => tables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all());
  const before = content();
  expect(migrate(db, join(folder.dir, 'backups'))).toMatchObject({ from: 4, to: migrations.length });
  expect(content()).toEqual(before);
  expect(uses(db)).toEqual([
    [1, 2, 200],
    [2, 1, 100],
  ]);
  db.exec(`INSERT INTO injection_lines (injection_pk, position, section, reason, text, value, tokens, observation_pk)
    VALUES (3, 1, 'observations', 'important', 'b', 1, 1, 2)`);
  expect(uses(db).at(-1)).toEqual([2, 2, 300]);
  db.exec('DELETE FROM sessions WHERE pk = 1');
  expect(db.prepare('SELECT id FROM injections').pluck().all()).toEqual([]);
  expect(uses(db)).toEqual([]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});

/** Small, or pruned by number; an index would cost every event more than a deletion gains. */
const withoutIndex = ['event_log.project_pk', 'event_log.session_pk', 'transcripts.session_pk'];

// Catches: a deletion that reads a whole table for each row that goes, and a column that takes any type.
it('has only strict tables, and an index for whatever is deleted through', () => {
  const { db } = file;
  migrate(db, join(folder.dir, 'backups'));
  const list = (sql: string, ...given: string[]) =>
    db
      .prepare<string[], string>(sql)
      .pluck()
      .all(...given);
  const own = `FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`;
  expect(list(`SELECT name ${own} AND strict = 0`)).toEqual([]);
  const tables = list(`SELECT name ${own}`);
  const firsts = (table: string) => [
    ...list(`SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0`, table),
    ...list('SELECT name FROM pragma_table_info(?) WHERE pk = 1', table),
  ];
  const missing = tables.flatMap((table) => {
    const indexed = new Set(firsts(table));
    return list('SELECT "from" FROM pragma_foreign_key_list(?)', table)
      .filter((column) => !indexed.has(column))
      .map((column) => `${table}.${column}`);
  });
  expect(tables.length).toBeGreaterThan(40);
  expect(missing.toSorted()).toEqual(withoutIndex);
});
