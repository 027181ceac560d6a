import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemorySearchRequest } from '../../api/memory-services.ts';
import { createLedger } from '../../capture/ledger.ts';
import { createSharedModel } from '../../embed/static/shared-model.ts';
import { openStaticModel } from '../../embed/static/static-model.ts';
import { observe } from '../../memory/observe.ts';
import { createKnowledgeIndex } from '../../search/knowledge/knowledge-index.ts';
import { createLexicalIndex } from '../../search/lexical-index.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { Refusal } from '../refusal.ts';
import { createMemorySearchReading } from './memory-search-reading.ts';
import { createMemoryOperations } from './memory-writer.ts';

const day = 24 * 60 * 60 * 1000;
const start = Date.parse('2026-11-20T08:00:00Z');

let store: TemporaryStore;
let write: ReturnType<typeof createMemoryOperations>;
let read: ReturnType<typeof createMemorySearchReading>;

beforeEach(() => {
  store = temporaryStore();
  const db = store.writable;
  const onFault = (fault: unknown) => {
    throw fault;
  };
  write = createMemoryOperations({
    db,
    ledger: createLedger(db, { observe, index: createLexicalIndex(db), onFault }),
    onFault,
  });
  const model = openStaticModel(createSharedModel('resources/embedder'));
  read = createMemorySearchReading(
    store.readable,
    createKnowledgeIndex(store.readable, (text) => model.embed(text)),
  );
  for (const [at, text, tags] of [
    [start, 'Deploys go out on Tuesdays.', ['deploy', 'when']],
    [start + day, 'SQLite is opened in WAL mode.', ['database']],
    [start + 2 * day, 'The database is saved every night.', ['database', 'when']],
  ] as const) {
    write.rememberMemory({ memory: memoryOf(text, [...tags]), at });
  }
});
afterEach(() => store.close());

function memoryOf(text: string, tags: string[] = []) {
  return { text, tags, type: 'semantic' as const, metadata: {}, importance: 0.5 };
}

const find = (request: Partial<MemorySearchRequest>) =>
  read.searchMemories({ mode: 'mixed', limit: 10, now: start + 3 * day, ...request });
const texts = (request: Partial<MemorySearchRequest>) => find(request).map(({ memory }) => memory.text.split(' ')[0]);

test('finds by words, by meaning alone and by both', () => {
  expect(texts({ text: 'tuesdays', mode: 'lexical' })).toEqual(['Deploys']);
  expect(texts({ text: 'when is the next release', mode: 'lexical' })).toEqual([]);
  expect(texts({ text: '数据库每天保存', mode: 'vector' })[0]).toBe('The');
  // What is nearest is asked for, and no word of it is known.
  expect(texts({ text: 'when do we release', mode: 'vector' })[0]).toBe('Deploys');
  expect(texts({ text: 'when do we release' })).toEqual([]);
  const [best, ...others] = find({ text: 'database backup' });
  expect(best?.memory.text).toBe('The database is saved every night.');
  expect(best?.matched_terms).toEqual(['database']);
  expect(others.every(({ score }) => (score ?? 0) <= (best?.score ?? 0))).toBe(true);
});

// Catches: a filter that is applied after the limit, so that fewer are found than there are.
test('finds by tags and by the time of their making, with words and without', () => {
  expect(texts({ tags: ['database'] })).toEqual(['The', 'SQLite']);
  expect(texts({ tags: ['database', 'when'] })).toEqual(['The']);
  expect(texts({ tags: ['deploy'], limit: 1 })).toEqual(['Deploys']);
  expect(texts({ text: 'database', tags: ['deploy'] })).toEqual([]);
  const [since, until] = [start + day, start + 2 * day].map((at) => new Date(at).toISOString());
  expect(texts({ since, until })).toEqual(['SQLite']);
  expect(find({}).map(({ score }) => score)).toEqual([null, null, null]);
});

// Catches: hits that are taken away after they were counted, so that listeners hear another number than who asked.
test('finds by any of the tags, above a score, and without one of them', () => {
  expect(texts({ tags: ['deploy', 'database'], tag_match: 'any' })).toEqual(['The', 'SQLite', 'Deploys']);
  expect(texts({ tags: ['none'], tag_match: 'any' })).toEqual([]);
  expect(texts({ text: 'database', tags: ['deploy', 'when'], tag_match: 'any' })).toContain('The');
  const [best] = find({ text: 'database backup' });
  expect(texts({ text: 'database backup', min_score: best?.score ?? 1 })).toEqual(['The']);
  expect(texts({ text: 'database backup', min_score: 1 })).toEqual([]);
  expect(texts({ text: 'database backup', except_id: best?.memory.id ?? '' })).not.toContain('The');
});

// Catches: half a batch.
test('many are remembered together, or none of them', () => {
  const many = { memories: [memoryOf('One.'), memoryOf('Two.'), memoryOf('one.')], at: start };
  const ids = write.rememberMemories(many);
  expect(ids).toHaveLength(3);
  expect(ids[2], 'the same words are one memory').toBe(ids[0]);
  const withPrivate = { memories: [memoryOf('Three.'), memoryOf('<private>secret</private>')], at: start };
  const together = store.writable.transaction(() => write.rememberMemories(withPrivate));
  expect(() => together()).toThrow(Refusal);
  expect(texts({ text: 'three', mode: 'lexical' })).toEqual([]);
});
