import { afterEach, beforeEach, expect, test } from 'vitest';
import { learningMemory, type LearningMemory } from './testing/learning-memory.ts';

let memory: LearningMemory;
beforeEach(() => {
  memory = learningMemory();
});
afterEach(() => memory.close());

const wal = 'Remember that we always use WAL mode for every SQLite file in this repo';
const idOf = (part: string) => memory.all().find(({ statement }) => statement.includes(part))?.id ?? '';
const stateOf = (part: string) => memory.all().find(({ statement }) => statement.includes(part))?.state;

/** Two duplicates that were made apart, a contradiction and an unrelated one, with evidence. */
async function filled() {
  await memory.say('a', wal);
  await memory.say('a', 'Never push directly to the main branch.');
  await memory.say('b', 'From now on, use 2 spaces for indentation.');
  memory.write.create({
    category: 'best_practice',
    statement: 'SQLite runs in WAL mode here.',
    scope: 'global',
    tags: ['sqlite'],
  });
  await memory.say('c', 'From now on, use 4 spaces for indentation.');
  return {
    wal: idOf('We always use WAL'),
    own: idOf('SQLite runs'),
    push: idOf('push'),
    two: idOf('2 spaces'),
    four: idOf('4 spaces'),
  };
}

// Catches: an undo that forgets evidence, conflicts, origins or a column; and one that cannot itself be undone.
test.each<[string, (ids: Awaited<ReturnType<typeof filled>>) => { batchId: string }]>([
  ['approve', ({ wal: id }) => memory.write.decide({ ids: [id], decision: 'approve' })],
  [
    'approve many',
    ({ wal: id, push, two }) => memory.write.decide({ ids: [id, push, two], decision: 'approve', note: 'all' }),
  ],
  ['reject one in conflict', ({ two }) => memory.write.decide({ ids: [two], decision: 'reject' })],
  ['expire', ({ push }) => memory.write.decide({ ids: [push], decision: 'expire' })],
  [
    'edit',
    ({ wal: id }) =>
      memory.write.edit({ id, fields: { statement: '一律使用 WAL 模式。', scope: 'global', detail: 'why' } }),
  ],
  ['edit of tags', ({ push }) => memory.write.edit({ id: push, fields: { tags: ['git', 'release'] } })],
  ['expiry', ({ push }) => memory.write.edit({ id: push, fields: { expiresAt: 5 } })],
  ['pin', ({ push, wal: id }) => memory.write.pin({ ids: [push, id], pinned: true })],
  ['verify', ({ push }) => memory.write.verify({ id: push, confirmed: false, note: 'not for docs' })],
  ['merge', ({ wal: id, own }) => memory.write.merge({ into: id, ids: [own], statement: 'WAL everywhere.' })],
  ['merge of conflicting ones', ({ two, four, push }) => memory.write.merge({ into: two, ids: [four, push] })],
  ['supersede', ({ two, four }) => memory.write.supersede({ id: two, by: four })],
  ['keep both', ({ two, four }) => memory.write.keepBoth({ id: two, other: four })],
  ['delete', ({ two, push }) => memory.write.delete({ ids: [two, push] })],
])('%s is undone and done again, row by row', async (_, change) => {
  const ids = await filled();
  const before = memory.rows();
  const { batchId } = change(ids);
  const after = memory.rows();
  expect(after).not.toEqual(before);
  const undone = memory.write.undo({ batchId });
  expect(memory.rows()).toEqual(before);
  expect(() => memory.write.undo({ batchId })).toThrow(/undone already/);
  memory.write.undo({ batchId: undone.batchId });
  expect(memory.rows()).toEqual(after);
  memory.write.undo({ batchId });
  expect(memory.rows()).toEqual(before);
});

test('creating and what the job made are undone too, and are not made again', async () => {
  memory.write.create({ category: 'fact', statement: 'The queue lives in Redis.', scope: 'global' });
  const before = memory.rows();
  const made = await memory.say('a', wal);
  memory.write.undo({ batchId: made.batchId });
  const [learnings, evidence, conflicts] = memory.rows();
  expect([learnings, evidence, conflicts]).toEqual(before.slice(0, 3));
  expect((await memory.learn('a')).ids).toEqual([]);
});

// Catches: an undo that overwrites what was done later, or that leaves half of a batch behind.
test('an undo is refused when anything of it was changed since, and changes nothing then', async () => {
  const ids = await filled();
  const { batchId } = memory.write.decide({ ids: [ids.wal, ids.push], decision: 'approve' });
  memory.write.edit({ id: ids.push, fields: { detail: 'said twice' } });
  const before = memory.rows();
  expect(() => memory.write.undo({ batchId })).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  expect(memory.rows()).toEqual(before);
  expect(() => memory.write.undo({ batchId: 'nobody' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

test('being used stands in the way of no undo and is kept by it', async () => {
  const { push } = await filled();
  const { batchId } = memory.write.decide({ ids: [push], decision: 'approve' });
  memory.store.writable.exec('UPDATE learnings SET use_count = 1, last_used_at = unixepoch() * 1000');
  const sure = memory.all()[0]?.confidence ?? 1;
  memory.write.apply({ drafts: [], basis: 0 });
  expect(memory.all()[0]?.confidence ?? 0).toBeGreaterThan(sure);
  memory.write.undo({ batchId });
  expect(memory.all().find(({ id }) => id === push)).toMatchObject({ state: 'proposed', use_count: 1 });
});

// Catches: history keeping the words of what somebody erased.
test.each([
  ['observation', `DELETE FROM observations WHERE title LIKE '%push directly%'`],
  ['session', 'DELETE FROM sessions'],
])('what was erased with its %s is gone from learnings, evidence and history, and is not undone', async (_, sql) => {
  const { push } = await filled();
  const { batchId } = memory.write.verify({ id: push, confirmed: true, note: null });
  memory.store.writable.exec(sql);
  const dump = JSON.stringify([
    memory.rows(),
    memory.store.readable.prepare('SELECT before, after FROM learning_changes').all(),
  ]);
  expect(dump).not.toMatch(/push directly/);
  expect(() => memory.write.undo({ batchId })).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
});

// Catches: the details of an approved one quoting at length what somebody erased.
test('details that were made from what was erased go, the statement that a person approved stays', async () => {
  memory.use('s', 'Bash', { command: 'npm test' }, { error: 'Exit code 1\nTypeError: get is not a function' });
  memory.use('s', 'Edit', { file_path: '/a/shop/src/cache.ts', old_string: 'x', new_string: 'ttl: 60' });
  memory.use('s', 'Bash', { command: 'npm test' });
  const { ids } = await memory.learn('s');
  memory.write.decide({ ids, decision: 'approve' });
  expect(memory.all().map(({ state, detail }) => [state, detail?.includes('ttl')])).toEqual([['approved', true]]);
  memory.store.writable.exec(`DELETE FROM observations WHERE type = 'change'`);
  expect(memory.all()).toMatchObject([{ state: 'approved', detail: null }]);
});

// Catches: what a person typed being kept as it stands, where a hook would have redacted it.
test('a person’s words lose private blocks and secrets, also in notes and history', () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  const text = (what: string) => `${what} <private>of ACME</private> with ${secret}`;
  const words = { category: 'fact', scope: 'global' } as const;
  const tags = [text('ci'), '<private>of ACME</private>'];
  const { ids } = memory.write.create({ ...words, statement: text('Deploy'), detail: text('Why'), tags });
  const [id = ''] = ids;
  memory.write.edit({ id, fields: { statement: text('Deploy twice'), detail: text('Because'), tags } });
  memory.write.decide({ ids, decision: 'reject', note: text('Not') });
  memory.write.decide({ ids, decision: 'approve' });
  memory.write.verify({ id, confirmed: true, note: text('Seen') });
  const other = memory.write.create({ ...words, statement: 'The queue lives in Redis.' });
  memory.write.merge({ into: id, ids: other.ids, statement: text('Merged') });
  const kept = [memory.rows(), memory.store.readable.prepare('SELECT * FROM learning_changes').all()];
  expect(JSON.stringify(kept)).not.toMatch(/ACME|ghp_0123/);
  expect(memory.reading.learningDetail(id)).toMatchObject({
    note: 'Seen  with [REDACTED:github_token]',
    tags: ['ci  with [REDACTED:github_token]'],
  });
  expect(() => memory.write.edit({ id, fields: { statement: '<private>all</private>' } })).toThrow(/private/);
});

// Catches: what a person hid or marked wrong living on as a proposal or a quotation.
test('what was hidden is neither proposed nor quoted, until it is shown again', async () => {
  await memory.say('a', wal);
  const proposed = idOf('WAL');
  await memory.say('b', 'Never push directly to the main branch.');
  const approved = idOf('push');
  memory.write.decide({ ids: [approved], decision: 'approve' });
  memory.store.writable.exec(`INSERT INTO observation_marks SELECT pk, 'wrong', 1 FROM observations`);
  expect(memory.all().map(({ id }) => id)).toEqual([approved]);
  expect(memory.reading.learningCounts(null).by_state).toMatchObject({ proposed: 0, approved: 1 });
  expect(memory.reading.learningDetail(approved)?.evidence).toEqual([]);
  memory.store.writable.exec('DELETE FROM observation_marks');
  expect(memory.all().map(({ id }) => id)).toEqual([approved, proposed]);
  memory.store.writable.exec(`INSERT INTO session_marks SELECT pk, 'hidden', 1 FROM sessions WHERE id = 'a'`);
  expect(memory.all().map(({ id }) => id)).toEqual([approved]);
  memory.write.delete({ ids: [proposed] });
  memory.store.writable.exec('DELETE FROM learning_origins');
  expect((await memory.learn('a')).ids).toEqual([]);
});

// Catches: a rejected or deleted one coming back, from the same words or from a paraphrase.
test('the rejected stays rejected and the deleted deleted', async () => {
  await memory.say('a', wal);
  memory.write.decide({ ids: [idOf('WAL')], decision: 'reject' });
  await memory.learn('a');
  await memory.say('b', 'Always use WAL mode for each SQLite file.');
  expect(memory.all().map(({ state, evidence_count }) => [state, evidence_count])).toEqual([['rejected', 2]]);
  memory.write.delete({ ids: [idOf('WAL')] });
  await memory.learn('a');
  await memory.learn('b');
  expect(memory.all()).toEqual([]);
});

// Catches: a second row for the same thing, and confidence that does not move with independent words.
test('the same said in another session supports the first, with more confidence', async () => {
  await memory.say('a', wal);
  const [first] = memory.all();
  await memory.say('b', 'Always use WAL mode for each SQLite file.');
  const rows = memory.all();
  expect(rows).toMatchObject([{ id: first?.id, evidence_count: 2, state: 'proposed' }]);
  expect(rows[0]?.confidence ?? 0).toBeGreaterThan(first?.confidence ?? 1);
});

// Catches: a newer instruction silently replacing an approved one, or being merged into its opposite.
test('the opposite of an approved one is proposed beside it, and proposes to take its place', async () => {
  await memory.say('a', 'Always use WAL mode for SQLite files.');
  const older = idOf('Always');
  memory.write.decide({ ids: [older], decision: 'approve' });
  const sure = memory.all()[0]?.confidence ?? 0;
  await memory.say('b', 'From now on, never use WAL mode for SQLite files.');
  const newer = idOf('ever use');
  expect(memory.all().map(({ id, state, conflict_count }) => [id, state, conflict_count])).toEqual([
    [newer, 'proposed', 1],
    [older, 'approved', 1],
  ]);
  const detail = memory.reading.learningDetail(older);
  expect(detail?.conflicts).toMatchObject([{ learning: { id: newer }, supersede: 'this' }]);
  expect(detail?.evidence.map(({ role }) => role)).toEqual(['supports', 'contradicts']);
  expect(detail?.confidence ?? 1).toBeLessThan(sure);
  memory.write.supersede({ id: older, by: newer });
  expect([stateOf('Always'), memory.all()[0]?.conflict_count]).toEqual(['superseded', 0]);
});

test('what holds in one project contradicts nothing that holds in another or everywhere', async () => {
  await memory.say('a', 'Always use pnpm for installing packages.', '/a/shop');
  await memory.say('b', 'Never use pnpm for installing packages.', '/a/other');
  memory.write.create({
    category: 'preference',
    statement: 'Never use pnpm for installing packages.',
    scope: 'global',
  });
  expect(memory.all().map(({ conflict_count }) => conflict_count)).toEqual([0, 0, 0]);
});

test('what two jobs find at the same time becomes one', async () => {
  memory.post({ session_id: 'a', cwd: '/a/shop', hook_event_name: 'UserPromptSubmit', prompt: wal, prompt_id: '1' });
  memory.post({ session_id: 'b', cwd: '/a/shop', hook_event_name: 'UserPromptSubmit', prompt: wal, prompt_id: '2' });
  const find = (session: string) =>
    memory.reading.learningFinds({ sessionPk: memory.sessionPk(session), final: true, projectsFolder: '/nowhere' });
  for (const finds of await Promise.all([find('a'), find('b')])) if (finds !== null) memory.write.apply(finds);
  expect(memory.all()).toMatchObject([{ evidence_count: 2 }]);
});

test('what is over expires, and comes back as a proposal when it is found again', async () => {
  await memory.say('a', wal);
  memory.write.edit({ id: idOf('WAL'), fields: { expiresAt: Date.now() - 1 } });
  memory.write.apply({ drafts: [], basis: 0 });
  expect(stateOf('WAL')).toBe('expired');
  await memory.learn('a');
  expect(stateOf('WAL')).toBe('expired');
  await memory.say('b', 'Always use WAL mode for each SQLite file.');
  expect(memory.all()).toMatchObject([{ state: 'proposed', expires_at: null }]);
});

test.each<[string, () => unknown, string]>([
  [
    'a project that nobody named',
    () => memory.write.create({ category: 'fact', statement: 'X is so.', scope: 'project' }),
    'REFUSED',
  ],
  [
    'a project that is not there',
    () => memory.write.create({ category: 'fact', statement: 'X is so.', scope: 'project', projectId: 'no' }),
    'NOT_FOUND',
  ],
  ['merging into itself', () => memory.write.merge({ into: idOf('WAL'), ids: [idOf('WAL')] }), 'REFUSED'],
  ['its own place', () => memory.write.supersede({ id: idOf('WAL'), by: idOf('WAL') }), 'REFUSED'],
  ['nothing', () => memory.write.decide({ ids: ['no'], decision: 'approve' }), 'NOT_FOUND'],
])('%s is refused', async (_, change, code) => {
  await memory.say('a', wal);
  const before = memory.rows();
  expect(change).toThrow(expect.objectContaining({ code }));
  expect(memory.rows()).toEqual(before);
});

test('lists are searched in both languages, ordered and paged', async () => {
  await filled();
  await memory.say('d', '以后数据库超时一律设为 30 秒');
  const list = (request: object) =>
    memory.reading.learningList({ order: 'newest', limit: 50, ...request }).data.map(({ statement }) => statement);
  expect(list({ text: 'indenting space' })).toHaveLength(2);
  expect(list({ text: '数据库的超时' })).toHaveLength(1);
  expect(list({ text: 'nothing of the kind' })).toEqual([]);
  expect(list({ conflicts_only: true })).toHaveLength(2);
  expect(list({ categories: ['convention'] })).toHaveLength(2);
  for (const order of ['newest', 'confidence', 'use'] as const) {
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = memory.reading.learningList({ order, limit: 2, cursor });
      paged.push(...page.data.map(({ statement }) => statement));
      cursor = page.pagination.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(list({ order }));
  }
  expect(memory.reading.learningCounts(null)).toMatchObject({ by_state: { proposed: 5, approved: 1 }, conflicts: 1 });
});
