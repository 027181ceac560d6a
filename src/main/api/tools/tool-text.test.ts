import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, fitting, oneLine } from './tool-text.ts';

describe('a text that is cut', () => {
  // Catches: half an emoji, which breaks JSON readers, and texts that are longer than they may be.
  test('is never longer, always well formed, and unchanged when it fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, most) => {
        const short = cut(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
        if (text.length <= most) expect(short).toBe(text.toWellFormed());
      }),
    );
  });

  test.each([
    ['🔒🔒🔒', 4, '🔒…'],
    ['ab\uD83D', 3, 'ab\uFFFD'],
    ['数据库已锁定', 4, '数据库…'],
    ['word another', 6, 'word…'],
  ])('%j to %i is %j', (text, most, expected) => expect(cut(text, most)).toBe(expected));
});

test('a line has no line breaks', () => {
  expect(oneLine(' a\r\n\tb\u2028c ', 20)).toBe('a b c');
});

test('what fits is taken from the beginning, and one always is', () => {
  const size = (value: string) => value.length;
  expect(fitting(['aaa', 'bb', 'c'], size, 5)).toEqual(['aaa', 'bb']);
  expect(fitting(['aaaaaaaaa', 'b'], size, 5)).toEqual(['aaaaaaaaa']);
  expect(fitting([], size, 5)).toEqual([]);
});
