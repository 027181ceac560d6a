import { afterEach, beforeEach, expect, test } from 'vitest';
import { lay, layUnderstanding, saying, told } from './testing/laid-memory.ts';
import { bringBack, recordMemory, tellLongSession, tellSession, type RecordMemory } from './testing/record-memory.ts';

let memory: RecordMemory;
beforeEach(() => void (memory = recordMemory()));
afterEach(() => memory.close());

const at = () => Date.now();

// Catches a table that keeps the words of a deleted session where somebody reads them, and one that does not come back.
test.each(['as it was', 'after others took its numbers', 'after a restart'])(
  'a deleted session is nowhere, and comes back whole %s',
  (how) => {
    lay(memory);
    const before = told(memory);
    expect(memory.call('recordsDeleteSession', { id: 'mine', at: at() })).toBe('done');
    expect(saying(memory, 'marzipan')).toEqual([]);
    expect(memory.read.getSession('mine')).toBeNull();
    expect(memory.call('recordsDeleteSession', { id: 'mine', at: at() })).toBeNull();

    if (how === 'after others took its numbers') {
      tellSession(memory, 'later', 'lantern');
      layUnderstanding(memory, 'later', 'lantern');
    }
    if (how === 'after a restart') memory.restart();
    expect(bringBack(memory, 'mine')).toBe(true);
    const after = told(memory);
    const isNumbered = how === 'after others took its numbers';
    for (const [table, rows] of Object.entries(before)) {
      // What can be undone names observations by their numbers: it stays away when they changed. The others used more.
      if (isNumbered && ['changes', 'uses'].includes(table)) continue;
      const wanted: unknown = isNumbered ? expect.arrayContaining(rows) : rows;
      expect({ table, rows: after[table] }).toEqual({ table, rows: wanted });
    }
    expect(memory.db.pragma('foreign_key_check')).toEqual([]);
    expect(memory.db.prepare('SELECT 1 FROM deletions').all()).toEqual([]);
    const search = {
      text: 'marzipan',
      filters: {},
      limit: 20,
      mode: 'lexical',
      fusion: 'mass',
      vector: 'off',
    } as const;
    const found = memory.read.search(search).hits.map(({ observation }) => observation.session_id);
    expect(new Set(found)).toEqual(new Set(['mine']));
    expect(memory.read.checkIndexes().faulty).toEqual([]);
  },
);

// Catches an agent that runs on in a deleted session: what it does is neither shown nor lost.
test('what a deleted session still reports is held, and comes back with it', () => {
  lay(memory);
  memory.call('recordsDeleteSession', { id: 'mine', at: at() });
  tellSession(memory, 'mine', 'marzipan');
  memory.hook({
    session_id: 'mine',
    cwd: '/shop',
    hook_event_name: 'UserPromptSubmit',
    prompt_id: 'n',
    prompt: 'And the nougat?',
  });
  memory.restart();
  memory.hook({ session_id: 'mine', cwd: '/shop', hook_event_name: 'SessionEnd', reason: 'exit' });
  expect([...saying(memory, 'nougat'), ...saying(memory, 'marzipan')]).toEqual([]);
  expect(memory.read.getSession('mine')).toBeNull();

  bringBack(memory, 'mine');
  expect(memory.read.listPrompts({ session_id: 'mine', limit: 9 }).data.map(({ text }) => text)).toEqual([
    'Repair the marzipan queue',
    'And the nougat?',
  ]);
  expect(memory.read.getSession('mine')).toMatchObject({ status: 'ended', end_reason: 'exit', prompt_count: 2 });
  expect(memory.db.prepare('SELECT 1 FROM held_events').all()).toEqual([]);
});

// Catches a single observation that comes back by the next report of its event, and a session that still tells of it.
test('a deleted observation is nowhere, is not reported again, and comes back', () => {
  tellSession(memory, 'other', 'harbour');
  tellSession(memory, 'mine', 'marzipan');
  layUnderstanding(memory, 'mine', 'marzipan');
  const all = memory.read.timeline({ session_id: 'mine', limit: 20 }).data;
  const before = told(memory);
  for (const { id } of all) expect(memory.call('recordsDeleteObservation', { id, at: at() })).toBe(true);
  expect(saying(memory, 'marzipan')).toEqual([]);
  expect(memory.read.getSession('mine')).toMatchObject({
    observation_count: 0,
    failure_count: 0,
    prompt_count: 0,
    title: null,
  });
  expect(memory.read.listSummaries({ session_id: 'mine', limit: 9 }).data.map(({ title }) => title)).toEqual([
    'Another turn',
  ]);
  tellSession(memory, 'mine', 'marzipan');
  expect(memory.read.timeline({ session_id: 'mine', limit: 20 }).data).toEqual([]);

  for (const { id } of all.toReversed()) expect(memory.call('recordsRestoreObservation', { id, at: at() })).toBe(true);
  const after = told(memory);
  // Told again, the client began a second time.
  const known = (rows: unknown[] | undefined) => rows?.filter((row) => !JSON.stringify(row).includes('SessionStart'));
  for (const [table, rows] of Object.entries(before)) {
    expect({ table, rows: known(after[table]) }).toEqual({ table, rows: known(rows) });
  }
  tellSession(memory, 'mine', 'marzipan');
  expect(memory.read.timeline({ session_id: 'mine', limit: 20 }).data).toHaveLength(all.length);
  expect(memory.read.checkIndexes().faulty).toEqual([]);
});

test('an observation comes back after its session only', () => {
  tellSession(memory, 'mine', 'marzipan');
  const id = memory.read.timeline({ session_id: 'mine', limit: 1 }).data[0]?.id ?? '';
  memory.call('recordsDeleteObservation', { id, at: at() });
  memory.call('recordsDeleteSession', { id: 'mine', at: at() });
  expect(() => memory.call('recordsRestoreObservation', { id, at: at() })).toThrow('CONFLICT');
  bringBack(memory, 'mine');
  expect(memory.read.getObservation(id)).toBeNull();
  memory.call('recordsRestoreObservation', { id, at: at() });
  expect(memory.read.getObservation(id)).toMatchObject({ session_id: 'mine' });
  expect(memory.call('recordsRestoreObservation', { id, at: at() })).toBe(false);
});

// Catches a long session that is deleted in one piece, and one of which a part stays when the worker ends meanwhile.
test('a session whose deletion was cut off can be deleted further, and come back whole', () => {
  tellLongSession(memory, 'long', 'marzipan', 130);
  const before = told(memory);
  expect(memory.call('recordsDeleteSession', { id: 'long', at: at() })).toBe('more');
  memory.restart();
  expect(memory.call('recordsHalfDeleted')).toEqual(['long']);
  bringBack(memory, 'long');
  expect(told(memory)).toEqual(before);

  expect(memory.call('recordsDeleteSession', { id: 'long', at: at() })).toBe('more');
  expect(memory.call('recordsDeleteSession', { id: 'long', at: at() })).toBe('done');
  expect(memory.call('recordsHalfDeleted')).toEqual([]);
  expect(saying(memory, 'marzipan')).toEqual([]);
  bringBack(memory, 'long');
  expect(told(memory)).toEqual(before);
});

// Catches a session that somebody took back while it went, and that goes all the same.
test('a session that is restored between two steps of its deletion stays', () => {
  tellLongSession(memory, 'long', 'marzipan', 130);
  expect(memory.call('recordsDeleteSession', { id: 'long', at: at() })).toBe('more');
  bringBack(memory, 'long');
  expect(memory.call('recordsDeleteSession', { id: 'long', at: at(), goesOn: true })).toBeNull();
  expect(memory.read.getSession('long')).toMatchObject({ observation_count: 134 });
});

// Catches a long session that comes back in one piece, while every hook waits.
test('a long session comes back in steps, and what comes between them is taken', () => {
  tellSession(memory, 'other', 'harbour');
  tellLongSession(memory, 'long', 'marzipan', 130);
  layUnderstanding(memory, 'long', 'marzipan');
  const before = told(memory);
  while (memory.call('recordsDeleteSession', { id: 'long', at: at() }) === 'more');
  const logged = () =>
    memory.db.prepare(`SELECT count(*) FROM event_log WHERE type = 'session.restored'`).pluck().get();
  let steps = 0;
  for (let step = memory.call('recordsRestoreSession', { id: 'long', at: at() }); typeof step === 'number'; steps++) {
    expect(logged()).toBe(0);
    memory.hook({ session_id: 'meanwhile', cwd: '/shop', hook_event_name: 'UserPromptSubmit', prompt: `Ask ${steps}` });
    step = memory.call('recordsRestoreSession', { id: 'long', at: at(), step });
  }
  expect(steps).toBeGreaterThan(1);
  expect(logged()).toBe(1);
  expect(memory.read.listPrompts({ session_id: 'meanwhile', limit: 20 }).data).toHaveLength(steps);
  const after = told(memory);
  for (const [table, rows] of Object.entries(before)) {
    // What can be undone names rows by numbers, of which others may have some now.
    if (table === 'changes') continue;
    expect({ table, rows: after[table] }).toEqual({ table, rows: expect.arrayContaining(rows) as unknown });
  }
  expect(memory.db.prepare('SELECT 1 FROM deletions').all()).toEqual([]);
  expect(memory.db.pragma('foreign_key_check')).toEqual([]);
  expect(memory.read.checkIndexes().faulty).toEqual([]);
});

// Catches half a session that nobody can bring back, or take away, after the worker was killed while it came back.
test.each([1, 2, 3])('a restore that ends after %i steps leaves what can be restored', (steps) => {
  tellSession(memory, 'other', 'harbour');
  tellLongSession(memory, 'long', 'marzipan', 190);
  layUnderstanding(memory, 'long', 'marzipan');
  const before = told(memory);
  while (memory.call('recordsDeleteSession', { id: 'long', at: at() }) === 'more');
  const begin = () => {
    for (let step = 0; step < steps; step++) {
      expect(memory.call('recordsRestoreSession', { id: 'long', at: at(), step })).toBe(step + 1);
    }
  };
  begin();
  memory.restart();
  // As at the next start.
  expect(memory.call('recordsHalfDeleted')).toEqual(['long']);
  while (memory.call('recordsDeleteSession', { id: 'long', at: at(), goesOn: true }) === 'more');
  expect(memory.call('recordsHalfDeleted')).toEqual([]);
  expect(saying(memory, 'marzipan')).toEqual([]);
  expect(memory.read.listDeletions({ limit: 9, keptMs: 1 }).data.map(({ id }) => id)).toEqual(['long']);
  begin();
  memory.restart();
  // Nor does a person wait for that.
  expect(bringBack(memory, 'long')).toBe(true);
  expect(told(memory)).toEqual(before);
  expect(memory.read.checkIndexes().faulty).toEqual([]);
});

// Catches a session of which half stays when it is deleted or erased while it comes back.
test.each(['deleted', 'erased', 'expired'])('a session that is %s while it comes back', (how) => {
  tellLongSession(memory, 'long', 'marzipan', 130);
  const before = told(memory);
  const observation = memory.read.timeline({ session_id: 'long', limit: 1 }).data[0]?.id ?? '';
  while (memory.call('recordsDeleteSession', { id: 'long', at: at() }) === 'more');
  memory.call('recordsRestoreSession', { id: 'long', at: at() });
  const step = memory.call('recordsRestoreSession', { id: 'long', at: at(), step: 1 }) ?? 0;
  expect(step).toBe(2);
  // Steps of the deletion before, which somebody still takes.
  expect(memory.call('recordsDeleteSession', { id: 'long', at: at(), goesOn: true })).toBeNull();
  expect(memory.call('recordsDeleteObservation', { id: observation, at: at() })).toBe(false);
  if (how === 'deleted') {
    while (memory.call('recordsDeleteSession', { id: 'long', at: at() }) === 'more');
    expect(memory.call('recordsRestoreSession', { id: 'long', at: at(), step: 2 })).toBeNull();
    expect(saying(memory, 'marzipan')).toEqual([]);
  }
  if (how === 'erased') {
    expect(memory.call('recordsErase', { kind: 'session', id: 'long', at: at() })).toBe(true);
    expect(memory.call('recordsRestoreSession', { id: 'long', at: at(), step: 2 })).toBeNull();
    expect(saying(memory, 'marzipan')).toEqual([]);
    return;
  }
  if (how === 'expired') expect(memory.call('recordsEraseExpired', { before: at() + 1, at: at() })).toBe(0);
  expect(bringBack(memory, 'long')).toBe(true);
  expect(told(memory)).toEqual(before);
});

// Catches a restore that undoes what a person decided about a belief meanwhile.
test('a belief gets back what was taken from it, and keeps what was changed since', () => {
  lay(memory);
  memory.db.exec(`UPDATE learnings SET path = 'src', note = 'Once', expires_at = 9 WHERE id = 'mine-sure'`);
  memory.call('recordsDeleteSession', { id: 'mine', at: at() });
  memory.db.exec(`
    UPDATE learnings SET scope = 'global', project_pk = NULL, path = NULL, note = NULL, expires_at = NULL WHERE id = 'mine-sure'`);
  bringBack(memory, 'mine');
  expect(
    memory.db.prepare(`SELECT project_pk, path, note, expires_at, detail FROM learnings WHERE id = 'mine-sure'`).get(),
  ).toEqual({ project_pk: null, path: null, note: null, expires_at: null, detail: 'It said marzipan' });
});

// Catches an undo that is lost by a restore, and one that says of another session what this one taught.
test.each([
  ['its numbers', ['mine']],
  ['other numbers', null],
])('a change of a belief can be undone after a restore under %s, or says why not', (numbers, sessions) => {
  lay(memory);
  const id = 'mine-sure';
  const { batchId } = memory.call('learningDelete', { ids: [id] });
  memory.call('recordsDeleteSession', { id: 'mine', at: at() });
  if (numbers === 'other numbers') {
    memory.hook({ session_id: 'later', cwd: '/shop', hook_event_name: 'SessionStart', source: 'startup' });
  }
  bringBack(memory, 'mine');
  const undo = () => memory.call('learningUndo', { batchId });
  if (sessions === null) {
    expect(undo).toThrow('CONFLICT');
    return;
  }
  undo();
  const named = memory.db.prepare(
    'SELECT s.id FROM learning_evidence e JOIN learnings l ON l.pk = e.learning_pk JOIN sessions s ON s.pk = e.session_pk WHERE l.id = ?',
  );
  expect(named.pluck().all(id)).toEqual(sessions);
});
