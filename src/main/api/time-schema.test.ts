import { describe, expect, test } from 'vitest';
import { isoTime as toldTime } from './outputs/shape.ts';
import { isoTime } from './time-schema.ts';

describe('a time as callers send it', () => {
  test.each([
    '2026-11-20T08:00:00Z',
    '2026-11-20T08:00:00.123456+05:30',
    '1969-12-31T23:59:59-11:00',
    '8999-12-31T00:00:00Z',
  ])('%s is taken', (time) => expect(isoTime.safeParse(time).success).toBe(true));

  // Catches: a row that is kept and then keeps every list that it is in from being read as ISO 8601.
  test.each([
    ['before the year 0 in UTC', '0000-01-01T00:00:00+14:00'],
    ['after the year 9999 in UTC', '9999-12-31T23:59:59-14:00'],
    ['too far away to be added to', '9999-01-01T00:00:00Z'],
    ['a day that is not', '2026-02-30T00:00:00Z'],
    ['no zone', '2026-11-20T08:00:00'],
    ['a day alone', '2026-11-20'],
    ['words', 'tomorrow'],
    ['nothing', ''],
  ])('%s is refused: %s', (_, time) => expect(isoTime.safeParse(time).success).toBe(false));
});

// Catches: an old file with one odd time, of which no list can be read any more.
test('a time that the memory tells is not looked at', () => {
  expect(toldTime.safeParse('+010000-01-01T13:59:59.000Z').success).toBe(true);
});
