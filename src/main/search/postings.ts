import type { ReadableDb } from '../store/database.ts';
import { frequentMark, repeatedMark } from './lexical-index.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import type { RowFilter } from './row-filter.ts';

/** Rows of one term, as far as the budget went. */
export interface Postings {
  pks: number[];
  /** Entries that were read, for the budget. */
  read: number;
  /** False when older rows were left out. */
  complete: boolean;
}

export interface PostingsReader {
  /**
   * Reads at most about `budget` entries, newest rows first, and writes into `levels` (by pk) how often the term stands
   * in each: 1 once, 2 repeatedly, 3 often. The caller clears `levels` again.
   */
  read(term: ResolvedTerm, filter: RowFilter | null, lastPk: number, budget: number, levels: Uint8Array): Postings;
}

/** A term rarer than this is read whole, without regard to where the filter's rows lie. */
const readWhole = 2_000;

export function createPostingsReader(db: ReadableDb): PostingsReader {
  const newest = db
    .prepare<[string, number, number, number], number>(
      `SELECT rowid FROM observation_terms
        WHERE observation_terms MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?`,
    )
    .pluck();

  function read(
    term: ResolvedTerm,
    filter: RowFilter | null,
    lastPk: number,
    budget: number,
    levels: Uint8Array,
  ): Postings {
    const isWhole = filter === null || term.documents <= readWhole;
    const ranges: readonly (readonly [number, number])[] = isWhole ? [[1, lastPk]] : filter.ranges;
    const allowed = filter?.allowed;
    const pks: number[] = [];
    let left = budget;
    let complete = true;
    for (const [from, to] of ranges) {
      for (const member of term.members) {
        const query = quote(member);
        const found = newest.all(query, from, to, left);
        if (found.length === left) complete = false;
        left -= found.length;
        for (const pk of found) {
          if (allowed !== undefined && allowed[pk] !== 1) continue;
          if (levels[pk] === 0) pks.push(pk);
          levels[pk] = Math.max(levels[pk] ?? 0, 1);
        }
        if (found.length > 0) {
          const oldest = found.at(-1) ?? from;
          left -= raise(member, oldest, to, levels);
        }
        if (left <= 0) return { pks, read: budget - left, complete: false };
      }
    }
    return { pks, read: budget - left, complete };
  }

  /** The marked terms stand in few of the rows, and only in rows of the plain one. */
  function raise(member: string, from: number, to: number, levels: Uint8Array): number {
    const repeated = newest.all(quote(repeatedMark + member), from, to, -1);
    for (const pk of repeated) if (levels[pk] === 1) levels[pk] = 2;
    if (repeated.length === 0) return 0;
    const frequent = newest.all(quote(frequentMark + member), from, to, -1);
    for (const pk of frequent) if (levels[pk] !== 0) levels[pk] = 3;
    return repeated.length + frequent.length;
  }

  return { read };
}

/** Terms hold letters, digits, dots and marks only; the quotes keep AND, OR, NOT and NEAR words. */
function quote(term: string): string {
  return `"${term}"`;
}
