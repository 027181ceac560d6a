import { describe, expect, test } from 'vitest';
import { createFormat } from './format.ts';

const now = new Date(2026, 10, 21, 12, 0, 0).getTime();
const ago = (milliseconds: number): string => new Date(now - milliseconds).toISOString();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe.each([
  ['en', ['now', '1m ago', '59m ago', '1h ago', '3d ago', '2mo ago', '1y ago']],
  ['zh-CN', ['现在', '1分钟前', '59分钟前', '1小时前', '3天前', '2个月前', '1年前']],
] as const)('in %s', (language, expected) => {
  const format = createFormat(language);

  // Catches: a unit that changes too early, English in a Chinese window.
  test('says how long ago', () => {
    const spans = [20_000, minute, 59.9 * minute, hour, 3 * day, 65 * day, 400 * day];
    expect(spans.map((span) => format.relative(ago(span), now))).toEqual(expected);
  });
});

// Catches: 'in 3 seconds' when the worker's clock is ahead of the browser's.
test('never speaks of the future', () => {
  expect(createFormat('en').relative(ago(-5 * minute), now)).toBe('now');
});

// Catches: yesterday evening counted as today because it is less than 24 hours ago.
test.each([
  [ago(2 * hour), 'Today', '今天'],
  [ago(13 * hour), 'Yesterday', '昨天'],
  [ago(3 * day), 'Wed, Nov 18', '11月18日周三'],
  [ago(400 * day), 'Oct 17, 2025', '2025年10月17日'],
])('names the day of %s', (iso, english, chinese) => {
  expect(createFormat('en').day(iso, now)).toBe(english);
  expect(createFormat('zh-CN').day(iso, now)).toBe(chinese);
});

// Catches: a key that ends in a year and is said to end today; the first session after midnight under tomorrow.
test.each([
  [ago(-11 * hour), 'Today', '今天'],
  [ago(-13 * hour), 'Tomorrow', '明天'],
  [ago(-3 * day), 'Tue, Nov 24', '11月24日周二'],
  [ago(-400 * day), 'Dec 26, 2027', '2027年12月26日'],
])('names the day of %s, which is to come', (iso, english, chinese) => {
  expect(createFormat('en').day(iso, now)).toBe(english);
  expect(createFormat('zh-CN').day(iso, now)).toBe(chinese);
});

test('a minute after midnight is today for a clock that is behind', () => {
  const beforeMidnight = new Date(2026, 10, 21, 23, 59, 30).getTime();
  expect(createFormat('en').day(new Date(beforeMidnight + minute).toISOString(), beforeMidnight)).toBe('Today');
});

// Catches: a cost of a tenth of a cent that is shown as nothing, and one of dollars with four decimals.
test.each([
  [0, '$0.00'],
  [0.0003, '$0.0003'],
  [0.0954, '$0.0954'],
  [0.8441, '$0.84'],
  [0.5, '$0.50'],
  [1.2345, '$1.23'],
  [12_345.6, '$12,345.60'],
])('writes %d dollars as %s', (usd, text) => {
  expect(createFormat('en').money(usd)).toBe(text);
});

// Catches: '0 GB', '1,024 byte', a negative power.
test.each([
  [0, '0 bytes'],
  [575, '575 bytes'],
  [1024, '1 kB'],
  [1_572_864, '1.5 MB'],
  [5 * 1024 ** 4, '5 TB'],
  [5 * 1024 ** 5, '5,120 TB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(createFormat('en').bytes(bytes)).toBe(text);
});

// Catches: 999.6 ms shown as '1,000 ms' beside seconds, hours in minutes.
test.each([
  [68, '68 ms'],
  [1500, '1.5 sec'],
  [90_000, '1.5 min'],
  [45 * minute, '45 min'],
  [3 * hour, '3 hr'],
  [2 * day, '2 days'],
])('writes %i milliseconds as %s', (milliseconds, text) => {
  expect(createFormat('en').duration(milliseconds)).toBe(text);
});
