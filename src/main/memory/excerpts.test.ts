import { describe, expect, test } from 'vitest';
import { firstLine, headAndTail, plainText, shorten } from './excerpts.ts';

describe('plainText', () => {
  // Catches: colours and titles of everyday output in a title, or a letter of the text that goes with them.
  test.each([
    ['colour', '\u001B[1;31mFAIL\u001B[0m 测试失败', 'FAIL 测试失败'],
    ['true colour, with colons too', '\u001B[38;2;1;2;3ma\u001B[38:2::1:2:3mb\u001B[m', 'ab'],
    ['cursor moves and erased lines', '\u001B[2K\u001B[1Gready\u001B[?25h', 'ready'],
    ['title ended by BEL', '\u001B]0;~/shop 中文\u0007$ ls', '$ ls'],
    ['title ended by ST', '\u001B]2;vim\u001B\\text', 'text'],
    ['link', '\u001B]8;;https://x.dev/a\u001B\\docs\u001B]8;;\u001B\\ end', 'docs end'],
    ['saved cursor', '\u001B7save\u001B8', 'save'],
    ['character set before a reset', '\u001B(B\u001B[mplain', 'plain'],
    ['cursor shape', '\u001B[0 qready', 'ready'],
    ['device control string', '\u001BP1$r0m\u001B\\x', 'x'],
    ['cut inside a colour', 'text \u001B[3', 'text '],
    ['cut after the escape', 'text \u001B', 'text '],
    ['title that never ends keeps the next line', '\u001B]0;title\nnext', '\nnext'],
    ['escape before a line break', 'a\u001B\nb', 'a\nb'],
    ['no escape', 'a[31m ]0; 中文 🙂', 'a[31m ]0; 中文 🙂'],
  ])('%s', (_, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  test.each([[undefined], [null], [7], [{}], [['\u001B[31m']]])('%j is no text', (value) => {
    expect(plainText(value)).toBe('');
  });

  // Catches: a pattern that is slow on a text made for it: linear work takes a tenth of a second, quadratic more than a test may.
  test('stays linear on escapes without end', () => {
    const hostile = '\u001B]0;'.repeat(2_000_000) + '\u001B['.repeat(2_000_000);
    expect(plainText(hostile)).toBe('');
  });
});

describe('headAndTail', () => {
  test.each([
    ['short texts stay whole, but trimmed', ' abc ', 10, 0, 'abc'],
    ['both ends', 'aaabbbccc', 3, 3, 'aaa\n…\nccc'],
    // Catches: slice(-0), which is the whole text again.
    ['no tail', 'aaabbbccc', 3, 0, 'aaa\n…'],
  ])('%s', (_, text, head, tail, expected) => {
    expect(headAndTail(text, head, tail)).toBe(expected);
  });

  test('is well formed when both cuts fall into a character', () => {
    expect(headAndTail('🙂'.repeat(9), 3, 3).isWellFormed()).toBe(true);
  });
});

describe('firstLine and shorten', () => {
  test.each([
    ['\n\n  第一行  \r\nsecond', '第一行'],
    ['\u3000\t\n', ''],
    ['', ''],
  ])('the first line of %j is %j', (text, line) => {
    expect(firstLine(text)).toBe(line);
  });

  // Catches: half a surrogate pair in front of the ellipsis.
  test('never ends in half a character', () => {
    expect(shorten('ab🙂cd', 4)).toBe('ab…');
    expect(shorten('abcd', 4)).toBe('abcd');
  });
});
