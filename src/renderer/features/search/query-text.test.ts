import { expect, test } from 'vitest';
import type { QueryClause } from '../../../shared/search-views.ts';
import { standingClauses, withoutRange, withSuggestion } from './query-text.ts';

// Catches: words that grow together, or a gap that is left, when a chip is removed.
test.each([
  ['busy type:command timeout', [5, 17], 'busy timeout'],
  ['type:command busy', [0, 12], 'busy'],
  ['busy yesterday', [5, 14], 'busy'],
  ['yesterday', [0, 9], ''],
  ['  a   -b   c ', [6, 8], '  a c '],
  ['昨天 登录', [0, 2], '登录'],
  ['busy', [10, 20], 'busy'],
] as const)('%j without %j is %j', (text, range, rest) => {
  expect(withoutRange(text, [...range])).toBe(rest);
});

// Catches: a suggestion that eats what follows it, or leaves the caret in the middle of a word.
test.each([
  ['proj', { insert: 'project:', range: [0, 4] }, 'project:', 8],
  ['busy ti', { insert: 'timeout', range: [5, 7] }, 'busy timeout ', 13],
  ['fi:a rest', { insert: 'file:a.ts', range: [0, 4] }, 'file:a.ts rest', 9],
  ['', { insert: 'is:failed', range: [0, 0] }, 'is:failed ', 10],
] as const)('%j takes %j', (text, { insert, range }, result, caret) => {
  expect(withSuggestion(text, { insert, range: [...range] })).toEqual({ text: result, caret });
});

// Catches: a chip whose removal would cut other words out of a text that was changed meanwhile.
test('only clauses that still stand there are given', () => {
  const clause: QueryClause = {
    kind: 'type',
    range: [5, 17],
    text: 'type:command',
    value: 'command',
    problem: null,
  };
  expect(standingClauses('busy type:command', [clause])).toEqual([clause]);
  expect(standingClauses(' busy type:command', [clause])).toEqual([{ ...clause, range: [6, 18] }]);
  expect(standingClauses('busy type:comman', [clause])).toEqual([]);
});
