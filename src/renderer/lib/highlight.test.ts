import { expect, test } from 'vitest';
import type { TextRange } from '../../shared/search-views.ts';
import { segments } from './highlight.ts';

const text = 'busy_timeout 登录 😀 end';

// Catches: text lost or doubled at the edges of marks, and ranges of another version of the text that break the page.
test.each<[string, TextRange[], string[]]>([
  ['no range', [], []],
  ['one', [[0, 4]], ['busy']],
  ['at the end', [[19, 22]], ['end']],
  [
    'unsorted',
    [
      [13, 15],
      [0, 4],
    ],
    ['busy', '登录'],
  ],
  [
    'overlapping',
    [
      [0, 8],
      [4, 12],
    ],
    ['busy_tim', 'eout'],
  ],
  [
    'one inside another',
    [
      [0, 12],
      [5, 8],
    ],
    ['busy_timeout'],
  ],
  ['beyond the end', [[19, 900]], ['end']],
  ['wholly outside', [[500, 900]], []],
  ['empty', [[3, 3]], []],
  ['backwards', [[8, 2]], []],
])('marks %s and gives the text back whole', (_name, ranges, marked) => {
  const result = segments(text, ranges);
  expect(result.map((segment) => segment.text).join('')).toBe(text);
  expect(result.filter((segment) => segment.marked).map((segment) => segment.text)).toEqual(marked);
});
