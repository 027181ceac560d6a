import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SearcherRequest } from './searcher.ts';
import { createTestMemory } from './test-memory.ts';

let memory: ReturnType<typeof createTestMemory>;

beforeEach(() => {
  memory = createTestMemory();
  memory.writeAll(Array.from({ length: 255 }, (_value, index) => row(index)));
});
afterEach(() => {
  memory.close();
});

const row = (index: number) => ({ title: `same words ${index}`, session: 1 + (index % 40) });

/** All pages from a cursor on; `between` runs after each. */
function walk(request: Partial<SearcherRequest>, between: (page: number) => void = () => {}): string[] {
  const found: string[] = [];
  let cursor: string | undefined;
  for (let page = 1; page < 100; page++) {
    const answer = memory.search('words', { ...request, cursor });
    found.push(...answer.hits.map((hit) => hit.observation.id));
    if (answer.next_cursor === null) return found;
    cursor = answer.next_cursor;
    between(page);
  }
  throw new Error('The pages do not end.');
}

it('pages without gap or repetition, over the windows in which hits are compared', () => {
  const found = walk({});
  expect(found.length).toBe(255);
  expect(new Set(found).size).toBe(255);
  expect(walk({ limit: 100 })).toEqual(found);
});

it('goes on in the same ranking while rows are added, changed and removed', () => {
  const before = walk({});
  const during = walk({}, (page) => {
    memory.write(1000 + page, { title: 'words words words', session: 100 + page });
    memory.write(300 + page, row(1000 + page));
    if (page === 3) memory.remove(Number(before[100]?.slice(1)));
  });
  expect(during).toEqual(before.filter((id) => id !== before[100]));
});

it('makes a ranking that it forgot again from the rows of then', () => {
  const first = memory.search('words', { limit: 50 });
  for (let index = 0; index < 30; index++) memory.search(`words ${index}`, { limit: 5 });
  memory.writeAll(
    Array.from({ length: 20 }, (_value, index) => ({ title: `words words ${index}`, session: 200 })),
    2000,
  );
  const second = memory.search('words', { limit: 50, cursor: first.next_cursor ?? '' });
  expect(second.hits.length).toBe(50);
  expect(second.total).toBe(255);
  expect(second.hits.every((hit) => Number(hit.observation.id.slice(1)) <= 255)).toBe(true);
});

it('pages lists without words', () => {
  const first = memory.search('', { limit: 200 });
  expect(first.total).toBe(255);
  const second = memory.search('', { limit: 200, cursor: first.next_cursor ?? '' });
  expect(second.hits.length).toBe(55);
  expect(second.next_cursor).toBeNull();
});

it.each([
  ['rubbish', 'rubbish'],
  ['nothing', ''],
  ['too few numbers', Buffer.from('[1,2]').toString('base64url')],
  ['texts', Buffer.from('["1","2","3","4"]').toString('base64url')],
  ['a negative offset', Buffer.from('[1,-5,10,0]').toString('base64url')],
  ['half a row', Buffer.from('[1,0.5,10,0]').toString('base64url')],
])('refuses a cursor of %s', (_name, cursor) => {
  expect(() => memory.search('words', { cursor })).toThrow(/cursor/);
});

it('refuses the cursor of another question', () => {
  const { next_cursor } = memory.search('words', { limit: 5 });
  expect(() => memory.search('same', { limit: 5, cursor: next_cursor ?? '' })).toThrow(/cursor/);
  expect(() => memory.search('words', { filters: { failed: false }, cursor: next_cursor ?? '' })).toThrow(/cursor/);
});
