import { expect, test } from 'vitest';
import { filterCount, parseSearchParams, toSearchFilters } from './search-params.ts';

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
