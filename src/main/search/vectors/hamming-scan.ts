import type { RowFilter } from '../row-filter.ts';
import { mostAtOnce, type SignBits } from './sign-bits.ts';

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

const notEligible = 0xff_ff;

/** One scan's working memory, kept from search to search: two bytes a row, nothing is made for a row. */
export function createHammingScan(): HammingScan {
  let distances = new Uint16Array(0);
  let chosen = new Int32Array(0);

  return {
    bytes: () => distances.byteLength + chosen.byteLength,
    nearest(bits, query, filter, count) {
      const rows = bits.lastPk() + 1;
      if (distances.length < rows) distances = new Uint16Array(bits.present().length);
      const histogram = new Int32Array(bits.wordsPerRow * 32 + 1);
      measure(bits, query, filter?.allowed ?? null, distances, histogram);
      const eligible = histogram.reduce((sum, here) => sum + here, 0);
      const wanted = Math.min(count, eligible);
      if (chosen.length < wanted) chosen = new Int32Array(wanted * 2);
      const found = choose(distances, rows, histogram, wanted, chosen);
      return chosen.subarray(0, found);
    },
  };
}

/** Writes each row's distance and counts how many rows there are of each. */
function measure(
  bits: SignBits,
  query: Int32Array,
  allowed: Uint8Array | null,
  distances: Uint16Array,
  histogram: Int32Array,
): void {
  const present = bits.present();
  const last = bits.lastPk();
  for (let from = 1; from <= last; from += mostAtOnce) {
    const measured = bits.distances(query, from, Math.min(mostAtOnce, last + 1 - from));
    for (let row = 0; row < measured.length; row++) {
      const pk = from + row;
      if (present[pk] !== 1 || (allowed !== null && allowed[pk] !== 1)) {
        distances[pk] = notEligible;
        continue;
      }
      const distance = measured[row] ?? 0;
      distances[pk] = distance;
      histogram[distance] = (histogram[distance] ?? 0) + 1;
    }
  }
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
