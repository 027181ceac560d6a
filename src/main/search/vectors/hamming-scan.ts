import type { RowFilter } from '../row-filter.ts';
import type { SignBits } from './sign-bits.ts';

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
  const words = bits.words();
  const present = bits.present();
  const last = bits.lastPk();
  const scanRow = bits.wordsPerRow === 8 ? null : query;
  const [q0 = 0, q1 = 0, q2 = 0, q3 = 0, q4 = 0, q5 = 0, q6 = 0, q7 = 0] = query;
  for (let pk = 1; pk <= last; pk++) {
    if (present[pk] !== 1 || (allowed !== null && allowed[pk] !== 1)) {
      distances[pk] = notEligible;
      continue;
    }
    let distance = 0;
    if (scanRow === null) {
      const at = pk << 3;
      // Fields of four bits hold the counts of three words, fields of eight those of all: few steps are taken word by word.
      let fields =
        nibbles((words[at] ?? 0) ^ q0) + nibbles((words[at + 1] ?? 0) ^ q1) + nibbles((words[at + 2] ?? 0) ^ q2);
      let sums = (fields & 0x0f_0f_0f_0f) + ((fields >>> 4) & 0x0f_0f_0f_0f);
      fields =
        nibbles((words[at + 3] ?? 0) ^ q3) + nibbles((words[at + 4] ?? 0) ^ q4) + nibbles((words[at + 5] ?? 0) ^ q5);
      sums += (fields & 0x0f_0f_0f_0f) + ((fields >>> 4) & 0x0f_0f_0f_0f);
      fields = nibbles((words[at + 6] ?? 0) ^ q6) + nibbles((words[at + 7] ?? 0) ^ q7);
      sums += (fields & 0x0f_0f_0f_0f) + ((fields >>> 4) & 0x0f_0f_0f_0f);
      // Four bytes of up to 64 each: their sum may be 256, one more than the multiplication's highest byte can hold.
      sums = (sums & 0x00_ff_00_ff) + ((sums >>> 8) & 0x00_ff_00_ff);
      distance = (sums + (sums >>> 16)) & 0xff_ff;
    } else {
      distance = distanceOf(words, pk * scanRow.length, scanRow);
    }
    distances[pk] = distance;
    histogram[distance] = (histogram[distance] ?? 0) + 1;
  }
}

function distanceOf(words: Int32Array, at: number, query: Int32Array): number {
  let distance = 0;
  for (let word = 0; word < query.length; word++) {
    const fields = nibbles((words[at + word] ?? 0) ^ (query[word] ?? 0));
    distance += Math.imul((fields & 0x0f_0f_0f_0f) + ((fields >>> 4) & 0x0f_0f_0f_0f), 0x01_01_01_01) >>> 24;
  }
  return distance;
}

/** Counts of set bits in fields of four: the first steps of the usual parallel count (Warren, Hacker's Delight, 5-1). */
function nibbles(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55_55_55_55);
  return (pairs & 0x33_33_33_33) + ((pairs >>> 2) & 0x33_33_33_33);
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
