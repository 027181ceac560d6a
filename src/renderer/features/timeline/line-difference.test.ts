import { expect, test } from 'vitest';
import { lineDifference } from './line-difference.ts';

const signs = { added: '+', removed: '-', prompt: '$' };
const show = (before: string, after: string): string[] =>
  lineDifference(before, after).map(({ text, tone }) => `${tone ? signs[tone] : ' '}${text}`);

// Catches: an edit shown as all gone and all new, lines out of order, an empty side as one empty line.
test.each([
  ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
  ['', 'a', ['+a']],
  ['a', '', ['-a']],
  ['a\nb', 'a\nb', [' a', ' b']],
  ['a\nb', 'b\na', ['-a', ' b', '+a']],
  ['', '', []],
])('from %j to %j', (before, after, expected) => {
  expect(show(before, after)).toEqual(expected);
});

// Catches: a rewrite of a huge file that freezes the window.
test('gives up comparing what is too large, and still shows both sides', () => {
  const lines = (name: string): string => [...Array.from({ length: 3000 }, (_, n) => `${name}${n}`), 'same'].join('\n');
  const shown = lineDifference(lines('a'), lines('b'));
  // A comparison would have found the line that both have.
  expect(shown.slice(0, 3001).every(({ tone }) => tone === 'removed')).toBe(true);
  expect(shown.slice(3001).every(({ tone }) => tone === 'added')).toBe(true);
  expect(shown).toHaveLength(6002);
});
