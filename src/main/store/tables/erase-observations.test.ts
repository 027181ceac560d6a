import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ContextLine } from '../../../shared/context-views.ts';
import { createTestVectors } from '../../search/vectors/test-vectors.ts';
import { createInjectionWriter } from './injections.ts';

let memory: ReturnType<typeof createTestVectors>;
beforeEach(() => void (memory = createTestVectors()));
afterEach(() => memory.close());

function idIn(table: 'observations' | 'sessions', pk: number): string {
  const id = memory.readable.prepare<[number], string>(`SELECT id FROM ${table} WHERE pk = ?`).pluck().get(pk);
  if (id === undefined) throw new Error(`There is no ${pk} in ${table}.`);
  return id;
}

type About = Pick<ContextLine, 'observation_id' | 'session_id' | 'learning_id' | 'memory_id'>;
const none: About = { observation_id: null, session_id: null, learning_id: null, memory_id: null };
const row = (pk: number): About => ({ ...none, observation_id: idIn('observations', pk) });
const session = (pk: number): About => ({ ...none, session_id: idIn('sessions', pk) });

/** Tells a session of rows and sessions, one line each. */
function tell(id: string, sessionPk: number, told: ReturnType<typeof row>[]): void {
  const lines = told.map((of): ContextLine => ({
    section: 'observations',
    text: 'the secret',
    reason: 'important',
    value: 1,
    tokens: 1,
    ...of,
  }));
  createInjectionWriter(memory.writable).insert({
    id,
    sessionPk,
    kind: 'startup',
    agentId: null,
    promptId: null,
    prompt: null,
    file: null,
    text: 'the secret',
    tokens: 1,
    budgetTokens: 1,
    lines,
    at: 0,
  });
}

const left = () => memory.readable.prepare('SELECT id FROM injections ORDER BY id').pluck().all();
const lines = () => memory.readable.prepare('SELECT count(*) FROM injection_lines').pluck().get();

// Catches words of a forgotten row that stay in what other sessions were told.
it('takes along all that told of a row, and nothing else', () => {
  const [secret, other] = [memory.add('the secret', null), memory.add('something else', null, { session: 2 })];
  tell('both', 2, [row(secret), row(other)]);
  tell('other', 1, [row(other)]);
  tell('session', 2, [session(1)]);
  expect(memory.eraser.erase([secret])).toBe(1);
  expect([left(), lines()]).toEqual([['other', 'session'], 2]);
});

// Catches names of files and tags that stay when nothing names them any more, or that go while a row still does.
it('takes along files and tags that only these rows name', () => {
  const [gone, kept] = [memory.add('first', null), memory.add('second', null)];
  memory.writable.exec(`
    INSERT INTO files (pk, path) VALUES (901, '/only.ts'), (902, '/both.ts');
    INSERT INTO tags (pk, name) VALUES (901, 'only'), (902, 'both');
    INSERT INTO observation_files VALUES (901, ${gone}), (902, ${gone}), (902, ${kept});
    INSERT INTO observation_tags VALUES (901, ${gone}), (902, ${gone}), (902, ${kept});`);
  memory.eraser.erase([gone]);
  const names = memory.readable.prepare('SELECT path FROM files UNION ALL SELECT name FROM tags ORDER BY 1').pluck();
  expect(names.all()).toEqual(['/both.ts', 'both']);
});

it.each([
  ['session', 'DELETE FROM sessions WHERE pk = 1'],
  ['project', 'DELETE FROM projects WHERE pk = 1'],
])('does so when a %s goes with its rows', (_what, sql) => {
  const [secret, other] = [memory.add('the secret', null), memory.add('something else', null, { session: 2 })];
  tell('row', 2, [row(secret)]);
  tell('session', 2, [session(1)]);
  tell('other', 2, [row(other), session(2)]);
  memory.writable.exec(sql);
  memory.eraser.sweep();
  expect([left(), lines()]).toEqual([['other'], 2]);
  expect(memory.writable.pragma('foreign_key_check')).toEqual([]);
});
