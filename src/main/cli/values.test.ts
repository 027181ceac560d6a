import { describe, expect, test } from 'vitest';
import { localeOf } from './terminal.ts';
import { durationText, parseTime, sizeText } from './values.ts';

describe('parseTime', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');

  test.each([
    ['30m', '2026-11-21T11:30:00.000Z'],
    ['7d', '2026-11-14T12:00:00.000Z'],
    ['2w', '2026-11-07T12:00:00.000Z'],
    ['2026-11-21T09:30Z', '2026-11-21T09:30:00.000Z'],
    ['2026-11-21T09:30:15+08:00', '2026-11-21T01:30:15.000Z'],
  ])('%s', (value, iso) => expect(parseTime(value, now)).toBe(iso));

  // Catches: a bare date read as UTC, which loses hours of the day for everybody east of Greenwich.
  test('a date means midnight where the person is', () => {
    expect(parseTime('2026-11-21')).toBe(new Date(2026, 10, 21).toISOString());
    expect(parseTime('2026-11-21 09:30')).toBe(new Date(2026, 10, 21, 9, 30).toISOString());
  });

  test.each(['', 'yesterday', '7', 'd', '-7d', '2026-13-01', '2026-11-21T25:00', '11/21/2026', '999999w'])(
    '%j is refused',
    (value) => expect(parseTime(value, now)).toBeNull(),
  );
});

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [61_000, '1 m 1 s'],
  [3_600_000, '1 h'],
  [90_061_000, '1 d 1 h'],
])('%i ms is %s', (milliseconds, text) => expect(durationText(milliseconds, 'en')).toBe(text));

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [1_500_000, '1.4 MB'],
  [200 * 1024 ** 2, '200 MB'],
  [5 * 1024 ** 5, '5120 TB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

test.each([
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW' }, 'zh-CN'],
  [{ LANG: 'zhx' }, 'en'],
])('the language of %j is %s', (env, locale) => expect(localeOf(env)).toBe(locale));
