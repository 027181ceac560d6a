import { expect, test } from 'vitest';
import { renumberCitations, splitCitations, withoutUnfinishedCitation } from './citations.ts';

const known = new Set([1, 2, 3, 12]);

/** Text as it is, citations as ^number. */
function drawn(text: string): string {
  return splitCitations(text, known)
    .map((part) => (part.kind === 'text' ? part.text : `^${part.number}`))
    .join('|');
}

// Catches: a citation that leads nowhere, an index of an array that becomes one, one that is lost beside another.
test.each([
  ['', ''],
  ['no sources', 'no sources'],
  ['Fixed by WAL [1].', 'Fixed by WAL |^1|.'],
  ['[1][2] then [12]', '^1|^2| then |^12'],
  ['both [1, 3] and [1,2]', 'both |^1|^3| and |^1|^2'],
  ['a range [1-3]', 'a range |^1|^2|^3'],
  ['twice [1, 1]', 'twice |^1'],
  ['用了 WAL【1】。', '用了 WAL|^1|。'],
  ['两处［1、2］', '两处|^1|^2'],
  ['unknown [4] stays', 'unknown [4] stays'],
  ['one unknown [1, 4]', 'one unknown [1, 4]'],
  ['rows[0] and rows[1000]', 'rows[0] and rows[1000]'],
  ['backwards [3-1]', 'backwards [3-1]'],
  ['far [1-900]', 'far [1-900]'],
  ['[ ] and [] and [x]', '[ ] and [] and [x]'],
  ['<img src=x> [1]', '<img src=x> |^1'],
])('%j is drawn as %j', (text, result) => {
  expect(drawn(text)).toBe(result);
});

// Catches: a search that takes seconds on many brackets.
test('a text of brackets alone is read at once', () => {
  const text = '['.repeat(20_000) + '1,'.repeat(20_000);
  expect(splitCitations(text, known)).toEqual([{ kind: 'text', text }]);
});

// Catches: a bracket that flickers in and out while the answer grows.
test.each([
  ['Fixed by WAL [', 'Fixed by WAL '],
  ['Fixed by WAL [1', 'Fixed by WAL '],
  ['Fixed by WAL [1, ', 'Fixed by WAL '],
  ['用了 WAL【1', '用了 WAL'],
  ['Fixed by WAL [1]', 'Fixed by WAL [1]'],
  ['an array [a', 'an array [a'],
])('%j grows as %j', (text, result) => {
  expect(withoutUnfinishedCitation(text)).toBe(result);
});

// Catches: a copied answer whose numbers are not those of its sources, and code that is copied changed.
test.each([
  ['Fixed by WAL [1]. Both [1, 3] pass [3][12].', 'Fixed by WAL [1]. Both [1][2] pass [2][3].'],
  ['unknown [2] and [1, 2] stay', 'unknown [2] and [1, 2] stay'],
  ['in `rows[3]` it is code, here [3] it is not', 'in `rows[3]` it is code, here [2] it is not'],
  ['```js\nrows[3]\n```\nso [3]', '```js\nrows[3]\n```\nso [2]'],
  ['```\nunfinished[3]', '```\nunfinished[3]'],
])('%j is counted anew as %j', (text, result) => {
  const numbers = new Map([
    [1, 1],
    [3, 2],
    [12, 3],
  ]);
  expect(renumberCitations(text, numbers)).toBe(result);
});
