import { expect, test } from 'vitest';
import { filterCount, parseSearchParams, toSearchFilters, withoutFilters } from './search-params.ts';

// Catches: an address by hand that breaks the page, numbers and words that the router parsed away.
test.each([
  [{}, {}],
  [{ q: 42 }, { q: '42' }],
  [{ q: true }, { q: 'true' }],
  [{ q: '', project: '' }, {}],
  [{ q: ['x'], project: { a: 1 } }, {}],
  [
    { type: 'command', period: 'week', failures: true },
    { type: 'command', period: 'week', failures: true },
  ],
  [{ type: 'nonsense', period: 'ever', failures: 'yes' }, {}],
  [{ observation: 'left over' }, {}],
  [
    { day: '2026-02-28', mode: 'vector' },
    { day: '2026-02-28', mode: 'vector' },
  ],
  [{ day: '2026-02-30', mode: 'mixed' }, {}],
  [{ day: 20260228, pinned: 'true' }, {}],
])('%j is read as %j', (raw, params) => {
  expect(parseSearchParams(raw)).toEqual(params);
});

// Catches: a period that moves with the clock, so that every keystroke is a new request.
test('a period begins at midnight', () => {
  const morning = new Date(2026, 10, 21, 8).getTime();
  const evening = new Date(2026, 10, 21, 22).getTime();
  expect(toSearchFilters({ q: 'x', period: 'week' }, morning)).toEqual({ since: new Date(2026, 10, 15).toISOString() });
  expect(toSearchFilters({ period: 'week' }, evening)).toEqual(toSearchFilters({ period: 'week' }, morning));
});

test('the text is no filter', () => {
  expect([filterCount({ q: 'x' }), filterCount({ q: 'x', tool: 'Bash', failures: true })]).toEqual([0, 2]);
});

// Catches: a day that loses an hour to the time zone, or that is cut down by the period beside it.
test('a day goes from midnight to midnight and before the period', () => {
  expect(toSearchFilters({ day: '2026-11-30', period: 'week' }, Date.now())).toEqual({
    since: new Date(2026, 10, 30).toISOString(),
    until: new Date(2026, 11, 1).toISOString(),
  });
});

// Catches: "clear filters" that also forgets the question, or how it is asked.
test('without its filters the question stays', () => {
  expect(withoutFilters({ q: 'x', tool: 'Bash', session: 's', pinned: true, mode: 'lexical', similar: 'o' })).toEqual({
    q: 'x',
    mode: 'lexical',
    similar: 'o',
  });
});
