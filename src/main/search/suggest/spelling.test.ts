import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestMemory } from '../test-memory.ts';
import { editDistance } from './edit-distance.ts';
import { createSpelling } from './spelling.ts';
import type { Spelling } from './spelling.ts';

describe('edit distance', () => {
  it.each([
    ['same', 'same', 0],
    ['databse', 'database', 1],
    ['cnofig', 'config', 1],
    ['migartoin', 'migration', 2],
    ['', 'ab', 2],
    ['kitten', 'sitting', 3],
    ['abcdefgh', 'zyxwvuts', 4],
  ])('%j and %j', (one, other, expected) => {
    expect(editDistance(one, other, 3)).toBe(expected);
    expect(editDistance(other, one, 3)).toBe(expected);
  });
});

let memory: ReturnType<typeof createTestMemory>;
let spelling: Spelling;

beforeAll(() => {
  memory = createTestMemory();
  memory.writeAll([
    ...Array.from({ length: 5 }, () => ({ title: 'database connections and migration of the timeout' })),
    { title: 'configuration of certificates', narrative: 'the datebase' },
    { title: 'set busy_timeout', facts: ['deadlocks'] },
    { title: '数据库超时' },
  ]);
  spelling = createSpelling(memory.db);
});
afterAll(() => {
  memory.close();
});

describe('mends', () => {
  it.each([
    ['a letter too few', 'databse', 'database'],
    ['a letter too many', 'timeoutt', 'timeout'],
    ['neighbours that changed places', 'tiemout', 'timeout'],
    ['two slips in a long word', 'migartoin', 'migration'],
    ['with the ending that was meant', 'conections', 'connections'],
    ['the first letter', 'fatabase', 'database'],
    ['the first two letters', 'imgration', 'migration'],
    ['an identifier, with what joins it', 'busy_timout', 'busy_timeout'],
    ['what stands in one row only', 'deadloks', 'deadlocks'],
  ])('%s: %s', (_name, wrong, right) => {
    expect(spelling.suggest(`fix ${wrong} now`, [wrong])).toBe(`fix ${right} now`);
  });

  it('the words that are unknown and leaves the others, operators and spaces as they are', () => {
    expect(spelling.suggest('databse  "exact" type:change Timout -x', ['databse', 'timout'])).toBe(
      'database  "exact" type:change timeout -x',
    );
  });
});

describe('leaves alone', () => {
  it.each([
    ['short words', 'teh'],
    ['Chinese', '数剧库'],
    ['numbers and versions', '1.2.4'],
    ['words with digits', 'timeout2'],
    ['what is like nothing', 'zebrafish'],
    ['two slips in a short word', 'tomaut'],
    ['two slips towards a word of one row', 'dedlokcs'],
    ['what exists', 'database'],
    ['FTS5 syntax', '" OR *'],
    ['a word that is not in the query', 'elsewhre'],
  ])('%s: %s', (_name, word) => {
    expect(spelling.suggest('fix it', [word])).toBeNull();
    expect(spelling.suggest(`fix ${word}`, [word])).toBeNull();
  });
});

// Catches: what was found for a word once, told after its row is gone, or instead of a row that has come.
it('forgets what it found when rows come and go', () => {
  const other = createTestMemory();
  try {
    const { suggest } = createSpelling(other.db);
    expect(suggest('deadloks', ['deadloks'])).toBeNull();
    other.writeAll([{ title: 'deadlocks' }]);
    expect(suggest('deadloks', ['deadloks'])).toBe('deadlocks');
    expect(suggest('so deadloks', ['deadloks'])).toBe('so deadlocks');
    other.remove(1);
    expect(suggest('deadloks', ['deadloks'])).toBeNull();
  } finally {
    other.close();
  }
});
