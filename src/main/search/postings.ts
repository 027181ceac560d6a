import type { ReadableDb } from '../store/database.ts';
import { repetitions } from './lexical-index.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import type { RowFilter } from './row-filter.ts';

/** Rows of one term, as far as the budget went. */
export interface Postings {
  pks: number[];
  /** False when older rows were left out. */
  complete: boolean;
}

export interface PostingsReader {
  /**
   * Takes at most `budget` rows that pass the filter, newest first, and writes into `levels` (by pk) how often the term
   * stands in each: 1 for once, then one more for each of `repetitions`. The caller clears `levels` again.
   */
  read(term: ResolvedTerm, filter: RowFilter | null, lastPk: number, budget: number, levels: Uint8Array): Postings;
  /** Rows from this pk on were written since lists were read. */
  forgetFrom(pk: number): void;
  forgetAll(): void;
}

/** The rows of one term, in ascending order, as they were up to a pk. */
interface KeptList {
  pks: Int32Array;
  levels: Uint8Array;
  upTo: number;
  complete: boolean;
}

/** Shorter lists are read anew each time: that costs less than a tenth of a millisecond. */
const shortestKept = 500;
/** Of a term that stands in more rows the newest are known: what is so common ranks nothing. */
const longestList = 30_000;
/** Five bytes each; the lists that were used longest ago go first. */
const mostKeptEntries = 2_500_000;

/**
 * Reads the rows of terms, and keeps the long lists in memory: walking the index costs 0.2 µs a row, a typed array next to
 * nothing. New rows are appended to what is kept, so a list is read once.
 */
export function createPostingsReader(db: ReadableDb): PostingsReader {
  const newest = db
    .prepare<[string, number, number, number], number>(
      `SELECT rowid FROM observation_terms
        WHERE observation_terms MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?`,
    )
    .pluck();
  const kept = new Map<string, KeptList>();
  let keptEntries = 0;

  /** Rows of `member` from `from` to `to`, the newest `longestList` of them. */
  function fetch(member: string, from: number, to: number): KeptList {
    const pks = Int32Array.from(newest.all(quote(member), from, to, longestList)).toReversed();
    const levels = new Uint8Array(pks.length).fill(1);
    const oldest = pks[0];
    // Marked terms stand only in rows of the mark before, so the first empty list is the last.
    for (const [index, { mark }] of repetitions.entries()) {
      const repeated =
        oldest === undefined ? [] : newest.all(quote(mark + member), oldest, to, longestList).toReversed();
      if (repeated.length === 0) break;
      let place = 0;
      for (const pk of repeated) {
        while (place < pks.length && (pks[place] ?? 0) < pk) place++;
        if (pks[place] === pk) levels[place] = index + 2;
      }
    }
    return { pks, levels, upTo: to, complete: pks.length < longestList };
  }

  function listOf(member: string, documents: number, lastPk: number): KeptList {
    const known = kept.get(member);
    if (known === undefined && documents < shortestKept) return fetch(member, 1, lastPk);
    const list = known === undefined ? fetch(member, 1, lastPk) : extend(member, known, lastPk);
    kept.delete(member);
    kept.set(member, list);
    keptEntries += list.pks.length - (known?.pks.length ?? 0);
    evict();
    return list;
  }

  function extend(member: string, list: KeptList, lastPk: number): KeptList {
    const valid = countUpTo(list.pks, list.upTo);
    if (valid === list.pks.length && list.upTo >= lastPk) return list;
    const added = fetch(member, list.upTo + 1, lastPk);
    const from = Math.max(0, valid + added.pks.length - longestList);
    const pks = new Int32Array(valid - from + added.pks.length);
    const levels = new Uint8Array(pks.length);
    pks.set(list.pks.subarray(from, valid));
    pks.set(added.pks, valid - from);
    levels.set(list.levels.subarray(from, valid));
    levels.set(added.levels, valid - from);
    return { pks, levels, upTo: lastPk, complete: list.complete && from === 0 };
  }

  function evict(): void {
    for (const [member, list] of kept) {
      if (keptEntries <= mostKeptEntries || kept.size === 1) return;
      kept.delete(member);
      keptEntries -= list.pks.length;
    }
  }

  return {
    read(term, filter, lastPk, budget, levels) {
      const allowed = filter?.allowed;
      const found: number[] = [];
      let complete = true;
      for (const member of term.members) {
        const list = listOf(member, term.documents, lastPk);
        complete &&= list.complete;
        for (let place = list.pks.length - 1; place >= 0; place--) {
          const pk = list.pks[place] ?? 0;
          if (allowed !== undefined && allowed[pk] !== 1) continue;
          if (found.length >= budget) {
            complete = false;
            break;
          }
          if (levels[pk] === 0) found.push(pk);
          levels[pk] = Math.max(levels[pk] ?? 0, list.levels[place] ?? 1);
        }
      }
      return { pks: found, complete };
    },
    forgetFrom(pk) {
      for (const list of kept.values()) list.upTo = Math.min(list.upTo, pk - 1);
    },
    forgetAll() {
      kept.clear();
      keptEntries = 0;
    },
  };
}

/** How many of the ascending `pks` are at most `pk`. */
function countUpTo(pks: Int32Array, pk: number): number {
  let low = 0;
  let high = pks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pks[middle] ?? 0) <= pk) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Terms hold letters, digits, dots and marks only; the quotes keep AND, OR, NOT and NEAR words. */
function quote(term: string): string {
  return `"${term}"`;
}
