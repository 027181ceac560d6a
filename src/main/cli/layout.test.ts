import { describe, expect, test } from 'vitest';
import { padded, printable, table, textWidth } from './layout.ts';

describe('textWidth', () => {
  // Catches: columns that do not line up as soon as a title is Chinese, has an emoji or a colour.
  test.each([
    ['', 0],
    ['status', 6],
    ['数据文件夹', 10],
    ['ﾊﾝｶｸ', 4],
    ['Ｆｕｌｌ', 8],
    ['한국어', 6],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['🇨🇳', 2],
    ['𠮷', 2],
    ['✓', 1],
    ['\u001b[31mred\u001b[39m', 3],
  ])('%j takes %i columns', (text, width) => expect(textWidth(text)).toBe(width));
});

test('a table lines up in both languages', () => {
  const rows = [
    ['数据', 'a', 'x'],
    ['Data', '中文', 'y'],
  ];
  expect(table(rows)).toBe('数据  a     x\nData  中文  y');
});

test('padding never cuts', () => expect(padded('数据文件夹', 4)).toBe('数据文件夹'));

// Catches: a captured tool output that moves the cursor, sets the title or hides text in the terminal.
test('what was captured cannot control the terminal, and keeps its length for the ranges', () => {
  const hostile = 'a\u001b]0;title\u0007b\u009b2J\r\nc\u202Egnp';
  expect(printable(hostile)).toBe('a ]0;title b 2J  c gnp');
  expect(printable(hostile)).toHaveLength(hostile.length);
});
