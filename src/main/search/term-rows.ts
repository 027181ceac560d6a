import type { ReadableDb } from '../store/database.ts';
import { repetitions } from './lexical-index.ts';

/** Rows of one term in ascending order, and in `levels` at the same place how often it stands in each. */
export interface TermRows {
  pks: Int32Array;
  /** 1 for once, then one more for each of `repetitions`. */
  levels: Uint8Array;
}

export interface TermRowsReader {
  /** At most `most` rows from `from` to `to`, the newest of them. */
  newest(term: string, from: number, to: number, most: number): TermRows;
  /** All rows from `from` to `to`. */
  between(term: string, from: number, to: number): TermRows;
}

// Numbers are bound as floats, and FTS5 seeks to a bound only when it is an integer: without the casts it walks the whole list.
const inRange = `SELECT rowid FROM observation_terms
  WHERE observation_terms MATCH ? AND rowid >= CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)`;

/** Reads the rows of terms from the index. */
export function createTermRowsReader(db: ReadableDb): TermRowsReader {
  const descending = db
    .prepare<[string, number, number, number], number>(`${inRange} ORDER BY rowid DESC LIMIT ?`)
    .pluck();
  // To seek forwards costs a fifth of what it costs backwards.
  const ascending = db.prepare<[string, number, number], number>(`${inRange} ORDER BY rowid`).pluck();

  function withLevels(term: string, pks: Int32Array): TermRows {
    const levels = new Uint8Array(pks.length).fill(1);
    const oldest = pks[0];
    const newest = pks.at(-1);
    if (oldest === undefined || newest === undefined) return { pks, levels };
    // Marked terms stand only in rows of the mark before, so the first empty list is the last.
    for (const [index, { mark }] of repetitions.entries()) {
      const repeated = ascending.all(quote(mark + term), oldest, newest);
      if (repeated.length === 0) break;
      let place = 0;
      for (const pk of repeated) {
        while (place < pks.length && (pks[place] ?? 0) < pk) place++;
        if (pks[place] === pk) levels[place] = index + 2;
      }
    }
    return { pks, levels };
  }

  return {
    newest: (term, from, to, most) =>
      withLevels(term, Int32Array.from(descending.all(quote(term), from, to, most)).toReversed()),
    between: (term, from, to) => withLevels(term, Int32Array.from(ascending.all(quote(term), from, to))),
  };
}

/** Terms hold letters, digits, dots and marks only; the quotes keep AND, OR, NOT and NEAR words. */
function quote(term: string): string {
  return `"${term}"`;
}
