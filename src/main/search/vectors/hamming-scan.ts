import type { RowFilter } from '../row-filter.ts';
import { notEligible, type SignBits } from './sign-bits.ts';

export type EligibleRows = Pick<RowFilter, 'allowed'>;

/** Rows that are nearest by the signs of their vectors. */
export interface HammingScan {
  /**
   * The `count` nearest of the rows that have a vector and pass the filter, in no order; of those equally far the newest. All of
   * them when there are no more. Valid until the next call.
   */
  nearest(bits: SignBits, query: Int32Array, filter: EligibleRows | null, count: number): Int32Array;
  bytes(): number;
}

/** One scan's working memory, kept from search to search: two bytes a row, nothing is made for a row. */
export function createHammingScan(): HammingScan {
  let distances = new Uint16Array(0);
  let chosen = new Int32Array(0);

  return {
    bytes: () => distances.byteLength + chosen.byteLength,
    nearest(bits, query, filter, count) {
      const rows = bits.lastPk() + 1;
      if (distances.length < rows) distances = new Uint16Array(bits.present().length);
      const histogram = bits.measure(query, filter?.allowed ?? null, distances);
      const eligible = histogram.reduce((sum, here) => sum + here, 0);
      const wanted = Math.min(count, eligible);
      if (chosen.length < wanted) chosen = new Int32Array(wanted * 2);
      const found = choose(distances, rows, histogram, wanted, chosen);
      return chosen.subarray(0, found);
    },
  };
}

/** Writes the `wanted` nearest rows to `chosen`; answers how many. */
function choose(
  distances: Uint16Array,
  rows: number,
  histogram: Int32Array,
  wanted: number,
  chosen: Int32Array,
): number {
  let limit = 0;
  let nearer = 0;
  while (limit < histogram.length && nearer + (histogram[limit] ?? 0) < wanted) nearer += histogram[limit++] ?? 0;
  let equal = wanted - nearer;
  let found = 0;
  for (let pk = rows - 1; pk > 0 && found < wanted; pk--) {
    const distance = distances[pk] ?? notEligible;
    if (distance > limit || (distance === limit && equal-- <= 0)) continue;
    chosen[found++] = pk;
  }
  return found;
}
