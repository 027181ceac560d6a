import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';

const hour = 3_600_000;

function bounds(query: string, now: string, timeZone: string): [string | undefined, string | undefined] {
  const [clause] = parseQuery(query, { now: Date.parse(now), timeZone }).clauses;
  return [clause?.since?.replace(':00.000Z', 'Z'), clause?.until?.replace(':00.000Z', 'Z')];
}

// Each catches days counted as 24 hours, or the offset of now taken for that of the day that is meant.
describe('days, weeks and years begin when clocks say so', () => {
  it.each([
    ['yesterday', '2026-03-30T10:00Z', 'Europe/Berlin', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['yesterday', '2026-10-26T10:00Z', 'Europe/Berlin', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['yesterday', '2026-03-09T12:00Z', 'America/New_York', '2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    ['last week', '2026-04-01T10:00Z', 'Europe/Berlin', '2026-03-22T23:00Z', '2026-03-29T22:00Z'],
    ['today', '2026-11-20T23:30Z', 'Asia/Shanghai', '2026-11-20T16:00Z', '2026-11-21T16:00Z'],
    ['today', '2026-11-21T03:00Z', 'America/Los_Angeles', '2026-11-20T08:00Z', '2026-11-21T08:00Z'],
    ['今天', '2026-11-20T17:00Z', 'Asia/Kathmandu', '2026-11-19T18:15Z', '2026-11-20T18:15Z'],
    ['last year', '2026-12-31T23:30Z', 'Pacific/Auckland', '2025-12-31T11:00Z', '2026-12-31T11:00Z'],
    ['last month', '2026-01-01T02:00Z', 'UTC', '2025-12-01T00:00Z', '2026-01-01T00:00Z'],
    ['last month', '2026-01-01T02:00Z', 'America/New_York', '2025-11-01T04:00Z', '2025-12-01T05:00Z'],
    ['this week', '2027-01-01T12:00Z', 'UTC', '2026-12-28T00:00Z', '2027-01-04T00:00Z'],
    ['上周', '2027-01-04T12:00Z', 'Asia/Shanghai', '2026-12-27T16:00Z', '2027-01-03T16:00Z'],
    ['on 29 February 2028', '2028-03-05T12:00Z', 'UTC', '2028-02-29T00:00Z', '2028-03-01T00:00Z'],
    ['31 December', '2026-01-01T12:00Z', 'UTC', '2025-12-31T00:00Z', '2026-01-01T00:00Z'],
    ['last night', '2026-03-29T10:00Z', 'Europe/Berlin', '2026-03-28T17:00Z', '2026-03-29T04:00Z'],
    // Midnight does not exist there on that day: it begins at one o'clock.
    ['yesterday', '2024-04-27T12:00Z', 'Africa/Cairo', '2024-04-25T22:00Z', '2024-04-26T21:00Z'],
    // Midnight comes twice: the day begins with the first.
    ['yesterday', '2026-11-02T12:00Z', 'America/Havana', '2026-11-01T04:00Z', '2026-11-02T05:00Z'],
    ['yesterday', '2026-11-18T12:00Z', 'Nowhere/At_all', '2026-11-17T00:00Z', '2026-11-18T00:00Z'],
  ])('%s at %s in %s', (query, now, timeZone, since, until) => {
    expect(bounds(query, now, timeZone)).toEqual([since, until]);
  });

  it('a month before 31 March is the end of February', () => {
    expect(bounds('past month', '2026-03-31T12:00Z', 'UTC')).toEqual(['2026-02-28T12:00Z', undefined]);
  });

  it('3 days back keeps the clock over a change of it, 72 hours do not', () => {
    expect(bounds('past 3 days', '2026-03-30T10:00Z', 'Europe/Berlin')[0]).toBe('2026-03-27T11:00Z');
    expect(bounds('past 72 hours', '2026-03-30T10:00Z', 'Europe/Berlin')[0]).toBe('2026-03-27T10:00Z');
  });

  it('each day of two years begins where the day before ends, in zones of all kinds', () => {
    for (const timeZone of [
      'Europe/Berlin',
      'America/Havana',
      'Australia/Lord_Howe',
      'Asia/Shanghai',
      'America/St_Johns',
    ]) {
      let end: number | undefined;
      for (let now = Date.UTC(2026, 0, 1, 12); now < Date.UTC(2027, 11, 31); now += 24 * hour) {
        const [clause] = parseQuery('yesterday', { now, timeZone }).clauses;
        const since = Date.parse(clause?.since ?? '');
        if (end !== undefined) expect({ timeZone, since }).toEqual({ timeZone, since: end });
        end = Date.parse(clause?.until ?? '');
        expect([23, 23.5, 24, 24.5, 25]).toContain((end - since) / hour);
      }
    }
  });
});
