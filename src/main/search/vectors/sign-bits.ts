import { hammingKernel } from './hamming-kernel.ts';

/**
 * The signs of all vectors by row: bit d is set where dimension d is negative. 32 bytes a row of 256 dimensions, so that a
 * million rows can be compared in memory.
 */
export interface SignBits {
  /** A multiple of four, at least eight: rows of fewer dimensions are filled up with zeros. */
  readonly wordsPerRow: number;
  /** Row pk begins at pk * wordsPerRow. Valid until rows are added. */
  words(): Int32Array;
  /** By pk: 1 where there is a vector. */
  present(): Uint8Array;
  /** Greatest pk that had a vector. */
  lastPk(): number;
  size(): number;
  bytes(): number;
  set(pk: number, vector: Int8Array, start: number): void;
  clear(pk: number): void;
  /** Makes room for rows up to this one at once. */
  reserve(pk: number): void;
  /**
   * Writes by pk in how many bits each row differs from the query, `notEligible` for one without a vector or a 1 in `allowed`;
   * answers how many rows there are of each distance. Valid until the next call.
   */
  measure(query: Int32Array, allowed: Uint8Array | null, distances: Uint16Array): Int32Array;
}

export const notEligible = 0xff_ff;
/** So many distances fit into a first-level cache. */
const mostAtOnce = 4_096;
const firstRows = 1_024;
const pageBytes = 65_536;
/** What the kernel compares in one step, and what it compares at least. */
const stepBytes = 16;
const leastBytes = 32;
/** A multiplication that gathers bits 0, 8, 16 and 24 in bits 28 to 31. */
const gather = 0x10_20_40_80;

/** Words of 32 signs that a row takes. */
export function wordsFor(dimension: number): number {
  return Math.max(leastBytes, Math.ceil(dimension / (stepBytes * 8)) * stepBytes) / 4;
}

export function createSignBits(dimension: number): SignBits {
  const wordsPerRow = wordsFor(dimension);
  const rowBytes = wordsPerRow * 4;
  // The query, the histogram, what of one call's rows is eligible, their distances, and all rows.
  const histogramAt = rowBytes;
  const eligibleAt = histogramAt + (rowBytes * 8 + 1) * 4;
  const outAt = eligibleAt + mostAtOnce;
  const rowsAt = Math.ceil((outAt + mostAtOnce * 2) / stepBytes) * stepBytes;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(rowsAt / pageBytes) });
  const kernel = openKernel(memory);
  let words = new Int32Array(memory.buffer, rowsAt);
  let present = new Uint8Array(0);
  let lastPk = 0;
  let size = 0;

  function reserve(pk: number): void {
    if (pk < present.length) return;
    const rows = Math.max(firstRows, Math.ceil((pk + 1) * 1.25));
    const missing = rowsAt + rows * rowBytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    words = new Int32Array(memory.buffer, rowsAt);
    const morePresent = new Uint8Array(rows);
    morePresent.set(present);
    present = morePresent;
  }

  return {
    wordsPerRow,
    words: () => words,
    present: () => present,
    lastPk: () => lastPk,
    size: () => size,
    bytes: () => memory.buffer.byteLength + present.byteLength,
    reserve,
    set(pk, vector, start) {
      reserve(pk);
      packSigns(vector, start, dimension, words, pk * wordsPerRow);
      if (present[pk] !== 1) size++;
      present[pk] = 1;
      lastPk = Math.max(lastPk, pk);
    },
    clear(pk) {
      if (present[pk] !== 1) return;
      present[pk] = 0;
      size--;
      words.fill(0, pk * wordsPerRow, (pk + 1) * wordsPerRow);
    },
    measure(query, allowed, distances) {
      const { buffer } = memory;
      new Int32Array(buffer, 0, wordsPerRow).set(query);
      const histogram = new Int32Array(buffer, histogramAt, rowBytes * 8 + 1).fill(0);
      const eligible = new Uint8Array(buffer, eligibleAt, mostAtOnce);
      for (let from = 1; from <= lastPk; from += mostAtOnce) {
        const count = Math.min(mostAtOnce, lastPk + 1 - from);
        eligible.set(present.subarray(from, from + count));
        if (allowed !== null) {
          for (let row = 0; row < count; row++) eligible[row] = (eligible[row] ?? 0) & (allowed[from + row] ?? 0);
        }
        kernel(rowsAt + from * rowBytes, count, rowBytes, 0, eligibleAt, histogramAt, outAt);
        distances.set(new Uint16Array(buffer, outAt, count), from);
      }
      return histogram;
    },
  };
}

type Kernel = (...places: readonly number[]) => void;

let compiled: WebAssembly.Module | null = null;

function openKernel(memory: WebAssembly.Memory): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(hammingKernel, 'base64'));
  const { distances } = new WebAssembly.Instance(compiled, { signs: { memory } }).exports;
  if (typeof distances !== 'function') throw new TypeError('hamming-kernel.ts is not made of hamming-kernel.wat.');
  return (...places) => void Reflect.apply(distances, undefined, places);
}

/** Writes the signs of `dimension` numbers from `start` on to `words` from `at` on. */
export function packSigns(
  vector: Int8Array | Float32Array,
  start: number,
  dimension: number,
  words: Int32Array,
  at: number,
): void {
  const offset = vector.byteOffset + start;
  if (vector instanceof Int8Array && dimension % 32 === 0 && offset % 4 === 0) {
    packQuads(new Int32Array(vector.buffer, offset, dimension / 4), words, at);
    return;
  }
  for (let first = 0; first < dimension; first += 32) {
    let word = 0;
    const last = Math.min(32, dimension - first);
    for (let bit = 0; bit < last; bit++) if ((vector[start + first + bit] ?? 0) < 0) word |= 1 << bit;
    words[at++] = word;
  }
}

/** The same, four numbers at a time. */
function packQuads(quads: Int32Array, words: Int32Array, at: number): void {
  for (let first = 0; first < quads.length; first += 8) {
    let word = 0;
    for (let quad = 7; quad >= 0; quad--) {
      const signs = ((quads[first + quad] ?? 0) >>> 7) & 0x01_01_01_01;
      word = (word << 4) | (Math.imul(signs, gather) >>> 28);
    }
    words[at++] = word;
  }
}
