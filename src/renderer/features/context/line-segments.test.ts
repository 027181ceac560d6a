import { expect, test } from 'vitest';
import { lineSegments, lineSummary } from './line-segments.ts';

const line = (text: string) => ({ text });

// Catches: a preview that is not byte for byte what would be given.
test.each([
  ['## Rules\n- one\n- two\n', ['one', 'two']],
  ['## Rules\n- one\n- one\n', ['one', 'one']],
  ['上下文 😀\n- 规则\n', ['规则']],
  ['nothing matches', ['gone', '']],
  ['b a', ['a', 'b']],
  ['', ['a']],
])('%j stays whole', (text, lines) => {
  const segments = lineSegments(text, lines.map(line));
  expect(segments.map((segment) => segment.text).join('')).toBe(text);
  expect(segments.every((segment) => segment.text !== '')).toBe(true);
});

// Catches: two lines with the same words that point at the same place.
test('each line is its own piece', () => {
  const segments = lineSegments('- one\n- one\n', [line('one'), line('one')]);
  expect(segments.map(({ start, line: index }) => [start, index])).toEqual([
    [0, null],
    [2, 0],
    [5, null],
    [8, 1],
    [11, null],
  ]);
});

// Catches: a list of reasons in which every line begins with the same id.
test.each([
  ['- one', 'one'],
  ['- 01a1fca5-c990-72b4-bea7-fe4ec53b350b 2026-11-21 failed: “x”', '2026-11-21 failed: “x”'],
  ['  * 规则 ', '规则'],
  ['-5 degrees', '-5 degrees'],
])('%j reads %j', (text, summary) => {
  expect(lineSummary(text)).toBe(summary);
});
