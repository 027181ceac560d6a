import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { createWriter, type Writer } from '../writer.ts';
import { finishDeletions } from './delete-session.ts';
import { eraseExpired } from './erase-expired.ts';
import { scrub } from './scrub.ts';
import { lay, layUnderstanding, saying } from './testing/laid-memory.ts';
import { recordMemory, tellSession, type RecordMemory } from './testing/record-memory.ts';

let memory: RecordMemory;
beforeEach(() => void (memory = recordMemory()));
afterEach(() => memory.close());

const at = () => Date.now();
const dayMs = 24 * 60 * 60 * 1000;

/** As the service calls the writer. */
const calling = () => ({
  call: (async (name: never, argument: never) => memory.call(name, argument)) as Parameters<typeof scrub>[0]['call'],
});

/** Whether a word stands anywhere in the file or its log, in any case. */
function isInFile(word: string): boolean {
  memory.writer().rest();
  const files = [memory.file, `${memory.file}-wal`];
  return files.some((file) => readFileSync(file).toString('latin1').toLowerCase().includes(word));
}

// Catches a word that stays behind: in the index, in free pages, in the log, in what others keep.
test('no byte of an erased session is left, and nothing brings it back', async () => {
  lay(memory);
  const task = { kind: 'remember-query' as const, ticket: 1, at: at() };
  memory.writer().enqueue([
    { ...task, query: 'marzipan queue' },
    { ...task, query: 'harbour queue' },
  ]);
  memory.writer().drain(() => {});
  expect(memory.call('recordsErase', { kind: 'session', id: 'mine', at: at() })).toBe(true);
  await scrub(calling());
  expect(isInFile('marzipan')).toBe(false);
  expect(statSync(`${memory.file}-wal`).size).toBe(0);
  expect(memory.db.prepare<[], string>('SELECT query FROM search_history').pluck().all()).toEqual(['harbour queue']);
  expect(memory.read.suggest({ text: 'marz', limit: 9 })).toEqual([]);

  memory.restart();
  tellSession(memory, 'mine', 'marzipan');
  expect(memory.read.getSession('mine')).toBeNull();
  expect(memory.call('recordsRestoreSession', { id: 'mine', at: at() })).toBeNull();
  expect(() =>
    memory.call('recordsAddSession', { session: { id: 'mine', agent: 'x', cwd: '/shop' }, at: at() }),
  ).toThrow('CONFLICT');
  expect(isInFile('marzipan')).toBe(false);
  // The rest is whole.
  expect(memory.read.checkIndexes().faulty).toEqual([]);
  expect(memory.read.timeline({ session_id: 'other', limit: 50 }).data).toHaveLength(4);
});

// Catches an erased session whose words another deletion keeps, and gives back when it is restored.
test('what another deletion keeps of an erased session goes, too', async () => {
  lay(memory);
  tellSession(memory, 'third', 'lantern');
  layUnderstanding(memory, 'third', 'lantern');
  memory.db.exec(`
    INSERT INTO injection_lines (injection_pk, position, section, reason, text, value, tokens, told_session_pk)
      SELECT pk, 3, 'x', 'y', 'Marzipan again', 1, 1, (SELECT pk FROM sessions WHERE id = 'mine') FROM injections
      WHERE id = 'third-i'`);
  memory.call('recordsDeleteSession', { id: 'third', at: at() });
  memory.call('recordsErase', { kind: 'session', id: 'mine', at: at() });
  await scrub(calling());
  expect(isInFile('marzipan')).toBe(false);
  memory.call('recordsRestoreSession', { id: 'third', at: at() });
  expect(memory.read.getSession('third')).toMatchObject({ observation_count: 4 });
  expect(memory.db.pragma('foreign_key_check')).toEqual([]);
});

// Catches the event log: a question for leave shows its command, and older entries the titles of learnings and weeks.
test('no byte of an erased observation is left, and its session stays', async () => {
  lay(memory);
  memory.db.exec(`
    INSERT INTO permission_requests (id, session_pk, cwd, tool, summary, input, allowable, state, created_at, expires_at)
      SELECT 'asked', pk, '/shop', 'Bash', 'npm run marzipan', '{"command":"npm run marzipan"}', 1, 'allowed', 1, 2
      FROM sessions WHERE id = 'mine';
    INSERT INTO event_log (type, at, project_pk, session_pk, data)
      SELECT 'permission.requested', 1, project_pk, pk, '{"request_id":"asked","title":"npm run marzipan"}'
        FROM sessions WHERE id = 'mine'
      UNION ALL SELECT 'learning.changed', 1, 1, NULL, '{"learning_id":"mine-sure","title":"Marzipan first"}'
      UNION ALL SELECT 'summary.created', 1, 1, NULL, '{"summary_id":"mine-w","scope":"week","title":"Marzipan"}'`);
  for (const { id } of memory.read.timeline({ session_id: 'mine', limit: 50 }).data) {
    expect(memory.call('recordsErase', { kind: 'observation', id, at: at() })).toBe(true);
    expect(memory.call('recordsRestoreObservation', { id, at: at() })).toBe(false);
  }
  await scrub(calling());
  expect(isInFile('marzipan')).toBe(false);
  const entries = memory.read.eventPage({ after: 0, limit: 200 }).events;
  expect(entries.filter(({ type }) => type === 'permission.requested')).toEqual([]);
  expect(
    entries.filter(({ data }) => data['learning_id'] === 'mine-sure' || data['summary_id'] === 'mine-w'),
  ).toHaveLength(2);
  tellSession(memory, 'mine', 'marzipan');
  expect(memory.read.getSession('mine')).toMatchObject({ observation_count: 0 });
});

// Catches a cleanup that erases too early, or never.
test('what was deleted long ago is erased, what was deleted of late is kept', async () => {
  lay(memory);
  const [first] = memory.read.timeline({ session_id: 'other', limit: 1 }).data;
  memory.call('recordsDeleteSession', { id: 'mine', at: at() - 31 * dayMs });
  memory.call('recordsDeleteObservation', { id: first?.id ?? '', at: at() - 29 * dayMs });
  const { signal } = new AbortController();
  expect(await eraseExpired(calling(), at() - 30 * dayMs, signal)).toBe(1);
  expect(isInFile('marzipan')).toBe(false);
  expect(memory.call('recordsRestoreObservation', { id: first?.id ?? '', at: at() })).toBe(true);
  expect(await eraseExpired(calling(), at() - 30 * dayMs, signal)).toBe(0);
  expect(saying(memory, 'harbour').length).toBeGreaterThan(0);
});

// Catches a transcript that is read from its beginning again, or whose open calls are remembered in an erased session's words.
test('a transcript is read on from where it was, and its reader forgets what was erased', () => {
  tellSession(memory, 'mine', 'marzipan');
  const state = JSON.stringify({ calls: { t: { name: 'Bash', input: { command: 'marzipan' } } } });
  memory.db.exec(
    `INSERT INTO transcripts SELECT '/t/mine.jsonl', pk, '7', 900, '${state}', 1 FROM sessions WHERE id = 'mine'`,
  );
  memory.db.exec(`INSERT INTO transcripts VALUES ('/t/mine-too.jsonl', NULL, '8', 9, '${state}', 1)`);
  const kept = () =>
    memory.db
      .prepare<[], object>('SELECT path, session_pk, offset_bytes, state FROM transcripts ORDER BY path DESC')
      .all();
  const before = kept();
  memory.call('recordsDeleteSession', { id: 'mine', at: at() });
  expect(kept()[0]).toMatchObject({ session_pk: null, offset_bytes: 900, state });
  memory.call('recordsRestoreSession', { id: 'mine', at: at() });
  expect(kept()).toEqual(before);
  memory.call('recordsErase', { kind: 'session', id: 'mine', at: at() });
  expect(kept()).toMatchObject([{ offset_bytes: 900, state: '{}' }, { state }]);
});

// Catches a search that repeats what had been deleted alone before its session was erased.
test('a search for what an erased session said is forgotten, deleted before or not', () => {
  tellSession(memory, 'mine', 'marzipan');
  tellSession(memory, 'other', 'harbour');
  memory.db.exec(`INSERT INTO search_history (query, used_at, count) VALUES ('marzipan', 1, 1), ('harbour', 1, 1)`);
  for (const { id } of memory.read.timeline({ session_id: 'mine', limit: 20 }).data) {
    memory.call('recordsDeleteObservation', { id, at: at() });
  }
  memory.call('recordsErase', { kind: 'session', id: 'mine', at: at() });
  expect(memory.db.prepare('SELECT query FROM search_history').pluck().all()).toEqual(['harbour']);
});

// Catches a program that calls its session as a folder is called, and with it empties the transcripts of others.
test('only its own transcripts follow a session, whatever it is called', () => {
  memory.call('recordsAddSession', { session: { id: 'home', agent: 'codex', cwd: '/shop' }, at: at() });
  const paths = ['/home/me/a.jsonl', '/home/home.d/a.jsonl', '/p/home.jsonl', '/p/home/subagents/agent-1.jsonl'];
  for (const path of paths) {
    memory.db.prepare(`INSERT INTO transcripts VALUES (?, NULL, '8', 9, '{"open":1}', 1)`).run(path);
  }
  memory.call('recordsErase', { kind: 'session', id: 'home', at: at() });
  expect(memory.db.prepare(`SELECT path FROM transcripts WHERE state = '{}' ORDER BY path`).pluck().all()).toEqual(
    paths.slice(2).toSorted(),
  );
});

/** The file and its log as a kill leaves them, opened by another writer. */
function afterKill(use: (file: string, writer: Writer) => void): void {
  const folder = temporaryFolder();
  try {
    const file = join(folder.dir, 'memory.db');
    for (const end of ['', '-wal']) copyFileSync(`${memory.file}${end}`, `${file}${end}`);
    const writer = createWriter(file);
    use(file, writer);
    writer.close();
  } finally {
    folder.remove();
  }
}

const saysMarzipan = (file: string) => readFileSync(file).toString('latin1').toLowerCase().includes('marzipan');

// Catches words that stand in the log for as long as the next worker runs.
test('what was erased just before a kill is gone from the log as soon as the memory is opened again', async () => {
  lay(memory);
  memory.call('recordsErase', { kind: 'session', id: 'mine', at: at() });
  await scrub(calling());
  expect(saysMarzipan(`${memory.file}-wal`)).toBe(true);
  afterKill((file) => {
    expect(saysMarzipan(file)).toBe(false);
    expect(saysMarzipan(`${file}-wal`)).toBe(false);
  });
});

// Catches words that stay in the index for good when the worker is killed before it has merged them.
test('a scrub that a kill cut off is done by the next worker, and no other one', async () => {
  lay(memory);
  const isDue = () => memory.call('recordsIsScrubDue');
  expect(isDue()).toBe(false);
  memory.call('recordsErase', { kind: 'session', id: 'mine', at: at() });
  expect(isDue()).toBe(true);
  memory.restart();
  expect(isInFile('marzipan')).toBe(true);
  await finishDeletions(calling());
  expect(isInFile('marzipan')).toBe(false);
  expect(isDue()).toBe(false);
});

// Catches a scrub that was begun before something else was erased and counts for that, too.
test('what is erased during a scrub needs one of its own', () => {
  lay(memory);
  memory.call('recordsErase', { kind: 'session', id: 'mine', at: 1 });
  let isDone = memory.call('recordsScrub', { isFirst: true });
  memory.call('recordsErase', { kind: 'session', id: 'other', at: 2 });
  while (!isDone) isDone = memory.call('recordsScrub', { isFirst: false });
  expect(memory.call('recordsIsScrubDue')).toBe(true);
});
