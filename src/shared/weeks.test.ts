import { expect, test } from 'vitest';
import { weekOf, weekRange, weekText } from './weeks.ts';

const local = (text: string) => new Date(text).getTime();

// Catches: a week that begins on Sunday, and one that ends an hour early where clocks change.
test.each([
  ['2026-11-16T00:00:00', '2026-11-16'],
  ['2026-11-21T23:59:59.999', '2026-11-16'],
  ['2026-11-22T12:00:00', '2026-11-16'],
  ['2026-11-23T00:00:00', '2026-11-23'],
  ['2027-01-01T08:00:00', '2026-12-28'],
  ['2024-02-29T08:00:00', '2024-02-26'],
])('%s lies in the week of %s', (time, monday) => {
  expect(weekOf(local(time))).toBe(monday);
  const range = weekRange(monday);
  expect(range?.from).toBeLessThanOrEqual(local(time));
  expect(range?.until).toBeGreaterThan(local(time));
});

test.each(['2026-11-17', '2026-02-30', '2026-11-1', '', 'monday', '0000-00-00'])('“%s” names no week', (week) => {
  expect(weekRange(week)).toBeNull();
});

test('a week is said by its first and last day', () => {
  expect(weekText('2026-12-28')).toBe('2026-12-28 to 2027-01-03');
});
