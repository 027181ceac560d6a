import { expect, it } from 'vitest';
import { bestFirst, fewBest } from './best-of.ts';

/** Any numbers that are the same each time. */
const scattered = (count: number) => Array.from({ length: count }, (_value, index) => ((index + 1) * 7919) % 1009);
const lists: [string, number[]][] = [
  ['none', []],
  ['one', [7]],
  ['ascending', Array.from({ length: 50 }, (_value, index) => index)],
  ['descending', Array.from({ length: 50 }, (_value, index) => -index)],
  ['all equal', Array.from({ length: 50 }, () => 1)],
  ['many equal', scattered(300).map((value) => value % 5)],
  ['any', scattered(1000)],
];

// A selection that is wrong by one place loses a hit at the end of a page, or never ends on equal values.
it.each(lists)('selects as sorting does: %s', (_name, list) => {
  for (const count of [0, 1, 2, 20, 49, 50, 999]) {
    const values = Float64Array.from(list);
    for (const breakTie of [(one: number, other: number) => one - other, (one: number, other: number) => other - one]) {
      const places = [...list.keys()].toSorted(
        (one, other) => (list[other] ?? 0) - (list[one] ?? 0) || breakTie(one, other),
      );
      expect(fewBest(values, count, breakTie)).toEqual(places.slice(0, count));
      const next = bestFirst(values, breakTie);
      expect([...next(count), ...next(7), ...next(list.length), ...next(1)]).toEqual(places);
    }
    expect([...values]).toEqual(list);
  }
});
