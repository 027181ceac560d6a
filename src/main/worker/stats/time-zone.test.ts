import { describe, expect, test } from 'vitest';
import { timeZone } from './time-zone.ts';

const at = (iso: string) => Date.parse(iso);
const berlin = timeZone('Europe/Berlin');
const hourMs = 3_600_000;

describe('the day on which the clock is put forward or back', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29T12:00:00Z', 23, '2026-03-29T00:00:00.000+01:00'],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', 25, '2026-10-25T00:00:00.000+02:00'],
    ['America/New_York', '2026-03-08T12:00:00Z', 23, '2026-03-08T00:00:00.000-05:00'],
    ['America/New_York', '2026-11-01T12:00:00Z', 25, '2026-11-01T00:00:00.000-04:00'],
    // Half an hour only.
    ['Australia/Lord_Howe', '2026-04-05T00:00:00Z', 24.5, '2026-04-05T00:00:00.000+11:00'],
    // At midnight, which that day does not have.
    ['Africa/Cairo', '2026-04-24T12:00:00Z', 23, '2026-04-24T01:00:00.000+03:00'],
    ['Asia/Kathmandu', '2026-03-29T12:00:00Z', 24, '2026-03-29T00:00:00.000+05:45'],
    ['UTC', '2026-03-29T12:00:00Z', 24, '2026-03-29T00:00:00.000Z'],
  ])('in %s, %s has %d hours', (name, noon, hours, start) => {
    const zone = timeZone(name);
    const begins = zone.start('day', at(noon));
    expect((zone.next('day', begins) - begins) / hourMs).toBe(hours);
    expect(zone.iso(begins)).toBe(start);
  });

  // Catches: two hours that the clock shows alike, counted as one.
  test('an hour that comes twice is two', () => {
    const [first, second] = [at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')];
    expect(berlin.iso(berlin.start('hour', first))).toBe('2026-10-25T02:00:00.000+02:00');
    expect(berlin.iso(berlin.start('hour', second))).toBe('2026-10-25T02:00:00.000+01:00');
    expect(berlin.weekdayAndHour(first)).toEqual([6, 2]);
    expect(berlin.weekdayAndHour(second)).toEqual([6, 2]);
  });
});

test('weeks begin on Monday and months on their first, by the clock of the place', () => {
  const sundayNight = at('2026-11-22T23:30:00Z');
  expect(timeZone('UTC').iso(timeZone('UTC').start('week', sundayNight))).toBe('2026-11-16T00:00:00.000Z');
  expect(berlin.iso(berlin.start('week', sundayNight))).toBe('2026-11-23T00:00:00.000+01:00');
  expect(berlin.iso(berlin.start('month', at('2026-10-31T23:30:00Z')))).toBe('2026-11-01T00:00:00.000+01:00');
  expect(berlin.iso(berlin.next('month', berlin.start('month', at('2026-12-05T00:00:00Z'))))).toBe(
    '2027-01-01T00:00:00.000+01:00',
  );
});

// Catches: a bucket that has no end, so that the walk over them never comes to one.
test.each(['Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Santiago', 'Asia/Tehran'])(
  'in %s each bucket of two years begins where the one before ends, and holds its own beginning',
  (name) => {
    const zone = timeZone(name);
    for (const bucket of ['day', 'week', 'month'] as const) {
      for (let begins = zone.start(bucket, at('2025-01-01T00:00:00Z')); begins < at('2027-01-01T00:00:00Z');) {
        const next = zone.next(bucket, begins);
        expect(next).toBeGreaterThan(begins);
        expect(zone.start(bucket, begins)).toBe(begins);
        expect(zone.start(bucket, next - 1)).toBe(begins);
        begins = next;
      }
    }
  },
);
