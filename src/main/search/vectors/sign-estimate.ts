import type { SignBits } from './sign-bits.ts';

/**
 * Estimates of a float query's cosine with rows of which only the signs are known: the sum of the query's numbers, added where
 * the row is positive and subtracted where it is negative. It orders rows far better than the Hamming distance, which knows
 * only the signs of the query too (asymmetric distances: Gordo et al., TPAMI 2014; docs/decisions/006 has what it gained here).
 */
export function createSignEstimate(query: Float32Array, wordsPerRow: number) {
  // What each of the 256 values of a byte of signs adds, for each byte of a row.
  const table = new Float32Array(wordsPerRow * 4 * 256);
  for (let byte = 0; byte < wordsPerRow * 4; byte++) {
    const at = byte * 256;
    for (let bit = 0; bit < 8; bit++) table[at] = (table[at] ?? 0) + (query[byte * 8 + bit] ?? 0);
    for (let signs = 1; signs < 256; signs++) {
      const highest = 31 - Math.clz32(signs);
      table[at + signs] = (table[at + signs - (1 << highest)] ?? 0) - 2 * (query[byte * 8 + highest] ?? 0);
    }
  }
  return {
    /** The higher the nearer; comparable within one query. */
    of(bits: SignBits, pk: number): number {
      const words = bits.words();
      let sum = 0;
      for (let word = 0; word < wordsPerRow; word++) {
        const signs = words[pk * wordsPerRow + word] ?? 0;
        const at = word << 10;
        sum +=
          (table[at + (signs & 0xff)] ?? 0) +
          (table[at + 256 + ((signs >>> 8) & 0xff)] ?? 0) +
          (table[at + 512 + ((signs >>> 16) & 0xff)] ?? 0) +
          (table[at + 768 + (signs >>> 24)] ?? 0);
      }
      return sum;
    },
  };
}
