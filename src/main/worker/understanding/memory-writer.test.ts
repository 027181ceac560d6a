import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLedger } from '../../capture/ledger.ts';
import { observe } from '../../memory/observe.ts';
import { createLexicalIndex } from '../../search/lexical-index.ts';
import type { MemoryType } from '../../../shared/note-views.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { Refusal } from '../refusal.ts';
import { createMemoryReading } from './memory-reading.ts';
import { createMemoryOperations } from './memory-writer.ts';

const day = 24 * 60 * 60 * 1000;
const start = Date.parse('2026-11-20T08:00:00Z');

let store: TemporaryStore;
let write: ReturnType<typeof createMemoryOperations>;
let read: ReturnType<typeof createMemoryReading>;

beforeEach(() => {
  store = temporaryStore();
  const db = store.writable;
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const ledger = createLedger(db, { observe, index: createLexicalIndex(db), onFault });
  write = createMemoryOperations({ db, ledger, onFault });
  read = createMemoryReading(store.readable);
  db.exec(
    `INSERT INTO projects VALUES (1, 'shop', 'shop', '/shop', NULL, 0, 0), (2, 'blog', 'blog', '/blog', NULL, 0, 0)`,
  );
});
afterEach(() => store.close());

interface Given {
  at?: number;
  type?: MemoryType;
  tags?: string[];
  project_id?: string;
  ttl_seconds?: number;
  valid_from?: string;
  metadata?: Record<string, unknown>;
  importance?: number;
}

function remember(text: string, { at = start, ...rest }: Given = {}): string {
  return write.rememberMemory({ memory: { text, ...rest }, at });
}

const list = (query: object = {}, now = start + 1) =>
  read.listMemories({ limit: 50, now, ...query }).data.map((memory) => memory.text);

test('what is remembered is there, of its project and of everywhere', () => {
  remember('Deploys go out on Tuesdays.', { project_id: 'shop', tags: ['deploy'] });
  remember('Prefer small commits.', { at: start + 1 });
  remember('博客用静态站点。', { project_id: 'blog', at: start + 2 });
  expect(list({ project_id: 'shop' })).toEqual(['Prefer small commits.', 'Deploys go out on Tuesdays.']);
  expect(list({ tags: ['deploy'] })).toEqual(['Deploys go out on Tuesdays.']);
  expect(list({ text: '静态' })).toEqual(['博客用静态站点。']);
  expect(list({ text: 'tuesdays deploys' })).toEqual(['Deploys go out on Tuesdays.']);
});

// Catches: a second row for the same words, or a refusal of them.
test('the same words again are counted and not refused', () => {
  const first = remember('Deploys go out on  Tuesdays.');
  expect(remember('deploys go out on Tuesdays.', { at: start + 5 })).toBe(first);
  expect(remember('Deploys go out on Tuesdays.', { project_id: 'shop' })).not.toBe(first);
  expect(store.readable.prepare('SELECT seen_count FROM memories ORDER BY pk').pluck().all()).toEqual([2, 1]);
});

// Catches: tags, weight and metadata that were sent with known words and dropped without a word, or a history that does not tell.
test('what is said besides the same words is taken over, as a new version', () => {
  const text = 'Alpha beta gamma rule';
  const id = remember(text, { tags: ['x'], importance: 0.7, metadata: { kept: { deep: [1] }, k: 0 } });
  const again = (at: number, given: Given) => {
    expect(remember(text, { at: start + at, ...given })).toBe(id);
    return read.getMemory({ id, now: start + at });
  };
  const united = {
    tags: ['x', 'y'],
    importance: 0.7,
    metadata: { kept: { deep: [1] }, k: 1 },
    version: 2,
    seen_count: 2,
  };
  expect(again(1, { tags: ['y'], metadata: { k: 1 } })).toMatchObject(united);
  expect(again(2, { importance: 0.9 })).toMatchObject({ ...united, importance: 0.9, version: 3, seen_count: 3 });
  expect(again(3, { tags: ['x'], metadata: { k: 1 }, importance: 0.9 }), 'nothing new').toMatchObject({ version: 3 });
  expect(again(4, { type: 'procedural' })).toMatchObject({ type: 'procedural', version: 4, tags: ['x', 'y'] });
  expect(again(5, {}), 'no word of the type').toMatchObject({ type: 'procedural', version: 4, expires_at: null });
  expect(again(6, { ttl_seconds: 60 })).toMatchObject({
    version: 4,
    expires_at: new Date(start + 60_006).toISOString(),
  });
  expect(read.memoryVersions(id).map(({ tags, importance }) => [tags, importance])).toEqual([
    [['x', 'y'], 0.9],
    [['x', 'y'], 0.9],
    [['x', 'y'], 0.7],
    [['x'], 0.7],
  ]);
  const note = remember(text, { type: 'working', at: start + 7 });
  expect(note, 'what is for today takes nothing from what stays').not.toBe(id);
  const many = Array.from({ length: 49 }, (_, index) => `t${index}`);
  expect(() => remember(text, { tags: many, at: start + 8 })).toThrow(/more than 50 tags/);
});

// Catches: a revision that loses what was so before, or leaves two texts that both hold.
test('versions have times at which they held', () => {
  const id = remember('The API listens on 4410.', { at: start });
  write.reviseMemory({ id, change: { text: 'The API listens on 4420.' }, at: start + day });
  expect(read.memoryVersions(id).map(({ version, text, valid_to }) => [version, text, valid_to])).toEqual([
    [2, 'The API listens on 4420.', null],
    [1, 'The API listens on 4410.', new Date(start + day).toISOString()],
  ]);
  const heldAt = (at: number) => list({ valid_at: new Date(at).toISOString() }, start + 2 * day);
  expect(heldAt(start + 1_000)).toEqual(['The API listens on 4410.']);
  expect(heldAt(start + day)).toEqual(['The API listens on 4420.']);
  expect(heldAt(start - 1)).toEqual([]);
  expect(list({ text: '4410' }, start + 2 * day)).toEqual([]);
  expect(write.reviseMemory({ id: 'nobody', change: { text: 'x' }, at: start })).toBe(false);
});

// Catches: of two that add to the metadata at once, one whose entries are gone.
test('entries are added to the metadata as it is when they are written', () => {
  const id = remember('The API listens on 4410.', { metadata: { port: 4410, host: 'a' }, at: start });
  write.reviseMemory({ id, change: { add_metadata: { host: 'b' } }, at: start + 1 });
  write.reviseMemory({ id, change: { add_metadata: { zone: 'eu' } }, at: start + 2 });
  write.reviseMemory({ id, change: { add_metadata: { zone: 'eu' } }, at: start + 3 });
  const [newest, ...older] = read.memoryVersions(id);
  expect(newest?.metadata).toEqual({ port: 4410, host: 'b', zone: 'eu' });
  expect(older, 'nothing new is no version').toHaveLength(2);
  const many = Object.fromEntries(Array.from({ length: 48 }, (_, at) => [`k${at}`, at]));
  expect(() => write.reviseMemory({ id, change: { add_metadata: many }, at: start + 4 })).toThrow(/At most 50 entries/);
});

// Catches: a history that fills with versions in which nothing changed.
test('what says nothing new is no version', () => {
  const id = remember('The API listens on 4410.', { tags: ['port'], at: start });
  const repeated = { text: 'The API listens on 4410.', tags: ['port'], importance: 0.5 };
  expect([{}, repeated].map((change) => write.reviseMemory({ id, change, at: start + day }))).toEqual([true, true]);
  expect(read.memoryVersions(id)).toHaveLength(1);
  const changes = [{ importance: 0.6 }, { ttl_seconds: 60 }, { valid_from: new Date(start - day).toISOString() }];
  for (const [index, change] of changes.entries()) write.reviseMemory({ id, change, at: start + index });
  expect(read.memoryVersions(id)).toHaveLength(4);
});

test('a working memory is gone after its time, and saying it again keeps it', () => {
  const id = remember('I am halfway through the rename.', { type: 'working', ttl_seconds: 60 });
  remember('Standing fact.');
  expect(list({ type: 'working' }, start + 59_000)).toHaveLength(1);
  remember('I am halfway through the rename.', { type: 'working', ttl_seconds: 60, at: start + 50_000 });
  expect(read.getMemory({ id, now: start + 100_000 })).toMatchObject({ type: 'working' });
  expect(read.getMemory({ id, now: start + 110_000 })).toBeNull();
  expect(write.eraseForgottenMemories({ at: start + 110_000 })).toBe(1);
  expect(list({}, start + 110_000)).toEqual(['Standing fact.']);
});

// Catches: "forget that" which takes more or less than what was meant, or cannot be taken back.
test('forgets by id or by words, until it is taken back, and for good after a month', () => {
  const id = remember('The staging database is called shop_stage.');
  remember('The production database is called shop.', { at: start + 1 });
  remember('数据库的密码在保险箱里。', { at: start + 2 });
  const saying = (text: string) => read.memoriesSaying({ text, now: start + 3 }).map((memory) => memory.text);
  expect(saying('staging databases')).toEqual(['The staging database is called shop_stage.']);
  expect(saying('保险箱 密码')).toEqual(['数据库的密码在保险箱里。']);
  expect(saying('the of')).toEqual([]);
  expect(write.forgetMemories({ ids: [id, 'nobody', id], at: start + 3 })).toEqual([id]);
  expect(list({}, start + 4)).not.toContain('The staging database is called shop_stage.');
  expect(list({ forgotten: true }, start + 4)).toEqual(['The staging database is called shop_stage.']);
  expect(write.restoreMemory({ id, at: start + 5 })).toBe(true);
  expect(list({}, start + 6)).toContain('The staging database is called shop_stage.');
  expect(write.restoreMemory({ id, at: start + 6 }), 'it is there').toBe(false);
  write.forgetMemories({ ids: [id], at: start + 7 });
  expect(write.eraseForgottenMemories({ at: start + 29 * day })).toBe(0);
  expect(write.eraseForgottenMemories({ at: start + 31 * day })).toBe(1);
  expect(read.memoryVersions(id)).toEqual([]);
});

// Catches: a page or a total that counts what is not there, and a page that is read by way of all before it.
test.each<[what: object, page: string[], total: number]>([
  [{ size: 2 }, ['five', 'four'], 5],
  [{ size: 2, page: 3 }, ['one'], 5],
  [{ page: 4, size: 2 }, [], 5],
  [{ tags: ['a'] }, ['five', 'four', 'one'], 3],
  [{ tags: ['a', 'b', 'a'] }, ['five', 'four', 'two', 'one'], 4],
  [{ tags: ['a', 'b'], allTags: true, size: 1 }, ['five'], 2],
  [{ tags: ["'", '%', 'A'] }, [], 0],
  [{ label: { name: 'kind', value: 'decision' } }, ['two'], 1],
  // A number there is no label: the type is.
  [{ label: { name: 'kind', value: 'semantic' } }, ['five', 'three', 'one'], 3],
  [{ label: { name: 'kind', value: 'working' }, tags: ['a'] }, ['four'], 1],
  [{ label: { name: 'no "such" name', value: 'working' } }, ['four'], 1],
])('page %j', (query, page, total) => {
  remember('one', { at: start, tags: ['a', 'b'] });
  remember('two', { at: start + 1, tags: ['b'], metadata: { kind: 'decision' } });
  remember('three', { at: start + 2, metadata: { kind: 1 } });
  remember('four', { at: start + 3, tags: ['a'], type: 'working' });
  remember('five', { at: start + 4, tags: ['b', 'a'] });
  write.forgetMemories({ ids: [remember('gone', { at: start + 5, tags: ['a'] })], at: start + 6 });
  remember('over', { at: start + 7, tags: ['b'], type: 'working', ttl_seconds: 1 });
  const now = start + 2_000;
  const found = read.numberedMemories({ page: 1, size: 10, tags: [], allTags: false, now, ...query });
  expect([found.memories.map(({ text }) => text), found.total]).toEqual([page, total]);
  expect(read.memoryTags(now)).toEqual([
    { tag: 'a', count: 3 },
    { tag: 'b', count: 3 },
  ]);
});

// Catches: a door through which secrets get into the memory.
test('secrets and private blocks are not remembered, in no field', () => {
  remember('Use AKIAIOSFODNN7EXAMPLE for S3. <private>never this</private>', {
    tags: ['<private>x</private>', 's3'],
    metadata: { list: [{ key: 'AKIAIOSFODNN7EXAMPLE' }] },
  });
  const [memory] = read.listMemories({ limit: 5, now: start + 1 }).data;
  expect(memory?.text).toBe('Use [REDACTED:aws_key_id] for S3.');
  expect(memory?.tags).toEqual(['s3']);
  expect(memory?.metadata).toEqual({ list: [{ key: '[REDACTED:aws_key_id]' }] });
  expect(() => remember('<private>all of it</private>')).toThrow(Refusal);
  expect(() => remember('x', { project_id: 'nobody' })).toThrow(/no project/);
});
