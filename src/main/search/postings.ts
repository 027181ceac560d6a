import type { ReadableDb } from '../store/database.ts';
import type { IndexedObservation } from './lexical-index.ts';
import { createOlderRows } from './older-rows.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import type { RowFilter } from './row-filter.ts';
import type { TermRows } from './term-rows.ts';
import { createTermRowsReader } from './term-rows.ts';

/** Rows of one term, as far as the budget went. */
export interface Postings {
  /** To be used before the next term is read. */
  pks: Int32Array;
  /** False when older rows were left out. */
  complete: boolean;
}

/** Reads the terms of one search, within budgets that hold for all of them together. */
export interface PostingsPass {
  /**
   * Takes the rows of a term that pass the filter, newest first, and writes their levels by pk (see `TermRows`); the
   * caller clears them again. `termsLeft`, this one included, share what is left of the budgets.
   */
  read(term: ResolvedTerm, termsLeft: number, levels: Uint8Array): Postings;
}

export interface PostingsReader {
  start(filter: RowFilter | null, lastPk: number): PostingsPass;
  /** Rows from this pk on were written since lists were read. */
  forgetFrom(pk: number): void;
}

/** The rows of one term from a pk up to another, all of them. */
interface KeptList extends TermRows {
  from: number;
  upTo: number;
}

/** Rows that one search scores at most; measured in bench/search. */
const mostScored = 8_000;
/** Rows that one search walks at most to find older ones that pass the filter; measured in bench/search. */
const mostWalked = 24_000;
/** Shorter lists are read anew each time: that costs less than a tenth of a millisecond. */
const shortestKept = 500;
/** Of a term that stands in more rows the newest are kept: without a filter it ranks nothing beyond them. */
const longestList = 30_000;
/** Five bytes each; the lists that were used longest ago go first. */
const mostKeptEntries = 2_500_000;

/**
 * Reads the rows of terms, and keeps the long lists in memory: walking the index costs 0.15 µs a row, a typed array next to
 * nothing. New rows are appended to what is kept, so a list is read once.
 */
export function createPostingsReader(
  db: ReadableDb,
  contents: (pks: readonly number[]) => Iterable<readonly [number, IndexedObservation]>,
): PostingsReader {
  const termRows = createTermRowsReader(db);
  const kept = new Map<string, KeptList>();
  const found = new Int32Array(mostScored);
  let keptEntries = 0;

  function fetch(member: string, from: number, to: number): KeptList {
    const rows = termRows.newest(member, from, to, longestList);
    return { ...rows, from: rows.pks.length < longestList ? from : (rows.pks[0] ?? from), upTo: to };
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
    if (list.upTo < list.from) return fetch(member, 1, lastPk);
    const valid = countUpTo(list.pks, list.upTo);
    if (valid === list.pks.length && list.upTo >= lastPk) return list;
    const added = fetch(member, list.upTo + 1, lastPk);
    // More was added than is kept of one term: between the two lies what neither has.
    if (added.from > list.upTo + 1) return added;
    const dropped = Math.max(0, valid + added.pks.length - longestList);
    const pks = new Int32Array(valid - dropped + added.pks.length);
    const levels = new Uint8Array(pks.length);
    pks.set(list.pks.subarray(dropped, valid));
    pks.set(added.pks, valid - dropped);
    levels.set(list.levels.subarray(dropped, valid));
    levels.set(added.levels, valid - dropped);
    return { pks, levels, from: dropped === 0 ? list.from : (pks[0] ?? list.from), upTo: lastPk };
  }

  function evict(): void {
    for (const [member, list] of kept) {
      if (keptEntries <= mostKeptEntries || kept.size === 1) return;
      kept.delete(member);
      keptEntries -= list.pks.length;
    }
  }

  return {
    start(filter, lastPk) {
      const allowed = filter?.allowed;
      const older = filter === null ? null : createOlderRows(filter, termRows, contents);
      let scoredLeft = mostScored;
      let walkedLeft = mostWalked;
      return {
        read(term, termsLeft, levels) {
          // Rare terms come first and leave most of their share to the common ones.
          const share = Math.ceil(scoredLeft / termsLeft);
          let count = 0;
          /** False when the share is used up. */
          const take = (rows: TermRows): boolean => {
            for (let place = rows.pks.length - 1; place >= 0; place--) {
              const pk = rows.pks[place] ?? 0;
              if (allowed !== undefined && allowed[pk] !== 1) continue;
              if (count >= share) return false;
              const known = levels[pk] ?? 0;
              const level = rows.levels[place] ?? 1;
              if (known === 0) found[count++] = pk;
              if (level > known) levels[pk] = level;
            }
            return true;
          };
          let complete = true;
          for (const member of term.members) {
            const list = listOf(member, term.documents, lastPk);
            const taken = take(list);
            if (list.from <= 1 || !taken || older === null) {
              complete &&= taken && list.from <= 1;
              continue;
            }
            const density = Math.min(1, Math.max(term.documents, list.pks.length) / lastPk);
            const part = { term: member, below: list.from, density };
            const result = older.read(part, walkedLeft / termsLeft, { take, size: () => count });
            walkedLeft -= result.spent;
            complete &&= result.complete;
          }
          scoredLeft -= count;
          return { pks: found.subarray(0, count), complete };
        },
      };
    },
    forgetFrom(pk) {
      for (const list of kept.values()) list.upTo = Math.min(list.upTo, pk - 1);
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
