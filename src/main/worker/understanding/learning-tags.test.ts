import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LearningListRequest } from '../../api/understanding-services.ts';
import { learningMemory, type LearningMemory } from './testing/learning-memory.ts';

let memory: LearningMemory;
beforeEach(() => {
  memory = learningMemory();
});
afterEach(() => memory.close());

/** One learning for each letter, with these tags. */
function tagged(tags: Readonly<Record<string, string[]>>): Map<string, string> {
  const made = Object.entries(tags).map(([letter, own], place): [string, string] => {
    const statement = `${['Deploys', 'Backups', 'Invoices', 'Tests', 'Logs'][place]} are ${letter}.`;
    const { ids } = memory.write.create({ category: 'fact', statement, scope: 'global', tags: own });
    return [letter, ids[0] ?? ''];
  });
  return new Map(made);
}
const tagsOf = (id: string | undefined) => memory.reading.learningDetail(id ?? '')?.tags;

// Catches: a filter that takes any of the tags, parts of one, or other cases, unlike that of memories.
test('a filter wants all of its tags, and each as it is written', () => {
  tagged({ a: ['db', '发布'], b: ['db'], c: ['x', ' 发布 ', 'db', 'db'], d: ['"quoted", \\'] });
  const found = (tags: string[]) =>
    memory.reading
      .learningList({ order: 'newest', limit: 50, tags })
      .data.map(({ statement }) => statement.at(-2))
      .toReversed()
      .join('');
  const wanted: [tags: string[], found: string][] = [
    [[], 'abcd'],
    [['db'], 'abc'],
    [['db', '发布'], 'ac'],
    [['发布', 'db', 'db'], 'ac'],
    [['db', 'none'], ''],
    [['DB'], ''],
    [['d'], ''],
    [["db' OR '1'='1"], ''],
    [['%', '_b'], ''],
    [['"quoted", \\'], 'd'],
  ];
  expect(wanted.map(([tags]) => [tags, found(tags)])).toEqual(wanted);
});

// Catches: tags that are kept twice or with blanks, an edit of something else that loses them.
test('tags are kept once and trimmed, stay with other edits, and go when they are taken away', () => {
  const id = tagged({ a: [' db ', 'db', '', 'DB'] }).get('a') ?? '';
  expect(tagsOf(id)).toEqual(['db', 'DB']);
  memory.write.edit({ id, fields: { statement: 'Deploys are weekly.', scope: 'global' } });
  memory.write.decide({ ids: [id], decision: 'reject' });
  expect(tagsOf(id)).toEqual(['db', 'DB']);
  memory.write.edit({ id, fields: { tags: [] } });
  expect(tagsOf(id)).toEqual([]);
});

// Catches: a page after the first that leaves the filter behind, and a cursor that is taken with other tags.
test('tags go together with other filters, and a cursor belongs to its tags', () => {
  const ids = tagged({ a: ['db'], b: ['db'], c: ['db'], d: [], e: ['x'] });
  memory.write.decide({ ids: [ids.get('b') ?? ''], decision: 'reject' });
  const query: LearningListRequest = { order: 'newest', limit: 1, tags: ['db'], states: ['approved'] };
  const list = (rest: object = {}) => memory.reading.learningList({ ...query, ...rest });
  const first = list({ tags: ['db'] });
  expect(first.pagination).toMatchObject({ total: 2, has_next: true });
  const cursor = first.pagination.next_cursor ?? '';
  const told = [first, list({ cursor })].flatMap(({ data }) => data.map(({ id }) => id));
  expect(new Set(told)).toEqual(new Set([ids.get('a'), ids.get('c')]));
  expect(() => list({ cursor, tags: ['x'] })).toThrow(/cursor/);
  expect(() => list({ cursor, tags: undefined })).toThrow(/cursor/);
});

// Catches: a merge that loses the parts' tags, or tells one twice.
test('a merge unites the tags, and superseding leaves both sides theirs', () => {
  const ids = tagged({ a: ['db', 'sql'], b: ['sql', '发布'], c: [], d: ['x'] });
  const [into, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => ids.get(letter) ?? '');
  const { batchId } = memory.write.merge({ into: into ?? '', ids: [b ?? '', c ?? ''] });
  expect([tagsOf(into), tagsOf(b), tagsOf(c)]).toEqual([['db', 'sql', '发布'], ['sql', '发布'], []]);
  const { batchId: undone } = memory.write.supersede({ id: d ?? '', by: into ?? '' });
  expect([tagsOf(into), tagsOf(d)]).toEqual([['db', 'sql', '发布'], ['x']]);
  memory.write.undo({ batchId: undone });
  memory.write.undo({ batchId });
  expect([tagsOf(into), tagsOf(b)]).toEqual([
    ['db', 'sql'],
    ['sql', '发布'],
  ]);
  memory.write.edit({ id: into ?? '', fields: { tags: Array.from({ length: 50 }, (_, place) => `t${place}`) } });
  expect(() => memory.write.merge({ into: into ?? '', ids: [b ?? ''] })).toThrow(/more than 50 tags/);
});

// Catches: a proposal whose tags are lost or hold a secret, and words said again that change what a person decided on.
test('a proposal brings its tags, and said again further ones, until somebody decides', () => {
  const propose = (tags: string[]) => {
    const request = { category: 'fact', statement: 'The queue lives in Redis.', scope: 'global', tags } as const;
    const { origin, application } = memory.reading.learningProposal({ ...request, tags, at: 1 });
    if (application !== null) memory.write.apply(application);
    return memory.reading.learningOfOrigin(origin);
  };
  expect(propose(['queue', ' queue ', '<private>x</private>'])).toMatchObject({ tags: ['queue'] });
  const proposed = propose(['other', 'queue']);
  expect(proposed).toMatchObject({ state: 'proposed', tags: ['queue', 'other'], evidence_count: 1 });
  const count = () => memory.store.readable.prepare('SELECT count(*) FROM learning_changes').pluck().get();
  const before = count();
  propose(['other']);
  propose([]);
  expect(count()).toBe(before);
  expect(() => propose(Array.from({ length: 49 }, (_, place) => `t${place}`))).toThrow(/more than 50 tags/);
  memory.write.decide({ ids: [proposed?.id ?? ''], decision: 'approve' });
  expect(propose(['third'])).toMatchObject({ state: 'approved', tags: ['queue', 'other'] });
});
