import type { IndexedObservation } from './lexical-index.ts';
import { levelsOf } from './lexical-index.ts';
import type { RowFilter } from './row-filter.ts';
import type { TermRows, TermRowsReader } from './term-rows.ts';

/** The rows of one very common term that lie below those which are kept in memory. */
export interface OlderPart {
  term: string;
  /** All rows of the term from this pk on are known already. */
  below: number;
  /** Part of all rows that hold the term, more than 0 and at most 1. */
  density: number;
}

export interface RowSink {
  /** Takes of the rows those that pass the filter; false when it can take no more. */
  take(rows: TermRows): boolean;
  /** How many rows it took. */
  size(): number;
}

export interface OlderRows {
  /**
   * Hands over the rows of a part that may pass the filter, newest first, in pieces. It ends early when the sink has many
   * rows, or when what it cost, counted in rows read, is above `effort`; answers what it cost.
   */
  read(part: OlderPart, effort: number, sink: RowSink): { complete: boolean; spent: number };
}

/** As many rows are read and taken apart again (40 µs each, for all terms together); of more, the index is asked. */
const mostRowsTested = 150;
/** To seek in the index costs as much as to walk over so many rows (100 µs and 0.15 µs, at a million rows). */
const seekCost = 700;
/** Who found so many rows of a term, the newest, walks no further for it. */
const enough = 300;
/** Rows of a term that are read at once. */
const longestPiece = 4_000;

/**
 * Finds what passes a filter among the rows of terms of which memory holds the newest only, for one search. A filter that
 * lets few rows pass is decided on these rows themselves; otherwise the index is walked where the filter lets rows pass.
 */
export function createOlderRows(
  filter: RowFilter,
  termRows: TermRowsReader,
  contents: (pks: readonly number[]) => Iterable<readonly [number, IndexedObservation]>,
): OlderRows {
  const { allowed } = filter;
  const tested = new Map<number, ReadonlyMap<string, number>>();

  function rowBelow(pk: number): number {
    return pk > 1 ? allowed.lastIndexOf(1, pk - 1) : -1;
  }

  /** Null when there are too many. */
  function fewBelow(below: number): number[] | null {
    const pks: number[] = [];
    for (let pk = rowBelow(below); pk > 0; pk = rowBelow(pk)) {
      if (pks.length === mostRowsTested) return null;
      pks.push(pk);
    }
    return pks.toReversed();
  }

  function test(term: string, pks: readonly number[]): TermRows {
    const unknown = pks.filter((pk) => !tested.has(pk));
    if (unknown.length > 0) for (const [pk, content] of contents(unknown)) tested.set(pk, levelsOf(content));
    const found = pks.filter((pk) => tested.get(pk)?.has(term) === true);
    return {
      pks: Int32Array.from(found),
      levels: Uint8Array.from(found, (pk) => tested.get(pk)?.get(term) ?? 1),
    };
  }

  /** From `to` down to the last row before a gap over which it is cheaper to seek than to walk. */
  function startOfRun(to: number, density: number): number {
    const widestGap = seekCost / density;
    const longestRun = longestPiece / density;
    let from = to;
    for (let pk = rowBelow(to); pk > 0; pk = rowBelow(pk)) {
      if (from - pk > widestGap || to - pk >= longestRun) break;
      from = pk;
    }
    return from;
  }

  return {
    read({ term, below, density }, effort, sink) {
      const few = fewBelow(below);
      if (few !== null) return { complete: sink.take(test(term, few)), spent: 0 };
      let spent = 0;
      for (let to = rowBelow(below); to > 0;) {
        if (spent >= effort || sink.size() >= enough) return { complete: false, spent };
        const from = startOfRun(to, density);
        const rows = termRows.between(term, from, to);
        // Where the term is, its marks are sought as well.
        spent += rows.pks.length + (rows.pks.length === 0 ? seekCost : 2 * seekCost);
        if (!sink.take(rows)) return { complete: false, spent };
        to = rowBelow(from);
      }
      return { complete: true, spent };
    },
  };
}
