import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReadableDb } from '../database.ts';
import { temporaryStore, type TemporaryStore } from '../testing/temporary-store.ts';
import { createDeletionReader } from './deletions.ts';
import { createInjectionReader } from './injections.ts';
import { createObservationReader } from './observation-reader.ts';
import { createPermissionRequestReader } from './permission-request-reader.ts';
import { createSessionReader } from './session-reader.ts';
import { createSpeechReader } from './speech-reader.ts';
import { createSummaryReader } from './summary-reader.ts';

let store: TemporaryStore;

beforeEach(() => (store = temporaryStore()));
afterEach(() => store.close());

/** The same connection; every statement that is prepared on it is written down. */
function watched(db: ReadableDb): { db: ReadableDb; statements: string[] } {
  const statements: string[] = [];
  const prepare = (sql: string) => {
    statements.push(sql);
    return db.prepare(sql);
  };
  return { db: { ...db, prepare: prepare as ReadableDb['prepare'] }, statements };
}

const [limit, keptMs] = [20, 1_000];

test.each<[string, (db: ReadableDb) => unknown]>([
  ['sessions', (db) => createSessionReader(db).list({ limit })],
  ['sessions of a state', (db) => createSessionReader(db).list({ limit, status: 'ended' })],
  ['sessions of a project', (db) => createSessionReader(db).list({ limit, project_id: 'p' })],
  ['prompts', (db) => createSpeechReader(db).prompts({ limit })],
  ['prompts of a session', (db) => createSpeechReader(db).prompts({ limit, session_id: 's' })],
  ['messages', (db) => createSpeechReader(db).messages({ limit })],
  ['messages of an agent', (db) => createSpeechReader(db).messages({ limit, agent: 'claude-code' })],
  ['contexts', (db) => createInjectionReader(db).list({ limit })],
  ['contexts of a session', (db) => createInjectionReader(db).list({ limit, session_id: 's' })],
  ['permission requests', (db) => createPermissionRequestReader(db).list({ limit })],
  ['deletions', (db) => createDeletionReader(db).list({ limit, keptMs })],
  ['summaries', (db) => createSummaryReader(db).list({ limit })],
  ['a timeline', (db) => createObservationReader(db).timeline({ session_id: 's', limit })],
])('a page of %s is read in order, without sorting all of them', (_, list) => {
  const { db, statements } = watched(store.readable);
  list(db);
  const pages = statements.filter((sql) => sql.includes('LIMIT @limit'));
  expect(pages.length).toBeGreaterThan(0);
  for (const sql of pages) {
    const values: Record<string, number> = {};
    for (const [, name = ''] of sql.matchAll(/@(\w+)/g)) values[name] = 1;
    const plan = store.readable.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(values);
    expect(plan.map(({ detail }) => detail)).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  }
});
