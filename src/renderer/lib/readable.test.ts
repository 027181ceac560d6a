import { expect, test } from 'vitest';
import { readableTitle, visibleText, withoutTerminalControls } from './readable.ts';

// Catches: a file name or command that reads in another order than it has.
test.each([
  ['\u202Egnp.exe', '⟨U+202E⟩gnp.exe'],
  ['a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩'],
  ['\u061Cx\u200F', '⟨U+061C⟩x⟨U+200F⟩'],
  ['שלום 登录 plain', 'שלום 登录 plain'],
])('%j is shown as %j', (text, expected) => {
  expect(visibleText(text)).toBe(expected);
});

// Catches: a row without a title that can be seen.
test.each([
  [null, null],
  ['', null],
  [' \t\n', null],
  ['\u200B\u3164\u00AD', null],
  ['\u202E', null],
  [' x ', ' x '],
])('the title %j is %j', (title, expected) => {
  expect(readableTitle(title)).toBe(expected);
});

// Catches: [31m in the middle of a build log, and a pattern that swallows text around it.
test.each([
  ['\u001B[31mred\u001B[0m', 'red'],
  ['\u001B[1;38;5;196mx\u001B[K', 'x'],
  ['\u001B]0;title\u0007rest', 'rest'],
  ['\u001B]8;;https://a.b\u001B\\link\u001B]8;;\u001B\\', 'link'],
  ['\u001B(Bplain \u001B7kept', 'plain kept'],
  ['[31m is text', '[31m is text'],
  ['ends in \u001B', 'ends in \u001B'],
])('%j without terminal controls is %j', (text, expected) => {
  expect(withoutTerminalControls(text)).toBe(expected);
});

// Catches: a pattern whose time explodes: linear work on this takes a tenth of a second, quadratic more than a test may.
test('hostile output is read in one go', () => {
  const hostile = '\u001B['.repeat(1_000_000) + '\u001B]'.repeat(1_000_000);
  expect(withoutTerminalControls(hostile).length).toBeLessThan(hostile.length);
});
