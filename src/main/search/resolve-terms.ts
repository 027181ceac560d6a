import type { ReadableDb } from '../store/database.ts';
import type { QueryTerm } from './terms.ts';

/** A term of the query as it is looked up. */
export interface ResolvedTerm {
  surface: string;
  /** Terms of the index that count as it: itself, or what begins with it. */
  members: string[];
  /** Rows with any of them, about. */
  documents: number;
  /** Less than 1 when only the beginning was typed. */
  weight: number;
}

export interface ResolvedTerms {
  /** Rarest first. */
  known: ResolvedTerm[];
  /** As they were written: those that stand in no row. */
  unknown: string[];
}

/** The rarest terms say nearly everything; more would only cost time. */
const mostTerms = 24;
/** Of what begins with the last word, this many terms are looked at and this many used. */
const expansionsRead = 128;
const expansionsUsed = 8;
/**
 * A completion is weaker evidence than a word, and next to nothing when what was typed is a word itself: whoever pastes a
 * question means its last word as it is (a weight of 0.5 there cost two points of recall on cosqa, bench/search).
 */
const completionWeight = 0.5;
const besideExactWeight = 0.1;
/** What was typed of a word may be longer than its stem (`configurat` for `configur`): at most by so much. */
const longestEnding = 4;
const shortestStem = 4;
const mostCounts = 20_000;

export interface TermResolver {
  /** `rowCount` tells when remembered frequencies have aged. */
  resolve(terms: readonly QueryTerm[], rowCount: number): ResolvedTerms;
}

/** Looks query terms up in the vocabulary of the index. */
export function createTermResolver(db: ReadableDb): TermResolver {
  const count = db.prepare<[string], number>('SELECT doc FROM observation_term_counts WHERE term = ?').pluck();
  const beginning = db
    .prepare<[string, string, number], [string, number]>(
      'SELECT term, doc FROM observation_term_counts WHERE term >= ? AND term < ? LIMIT ?',
    )
    .raw(true);
  let counts = new Map<string, number>();
  let countedRows = 0;

  /** Counting walks the term's whole list, so the answer is kept while the table has changed by less than a tenth. */
  function documentsOf(term: string): number {
    const known = counts.get(term);
    if (known !== undefined) return known;
    const found = count.get(term) ?? 0;
    // What is not there today may be there with the next row.
    if (found > 0 && counts.size < mostCounts) counts.set(term, found);
    return found;
  }

  function completions(prefix: string, except: string): [string, number][] {
    // After what was typed itself: to step over its term the vocabulary would count all rows that have it.
    const found = beginning.all(`${prefix}\u{1}`, `${prefix}\u{10ffff}`, expansionsRead);
    return found
      .filter(([term]) => term !== except)
      .toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
      .slice(0, expansionsUsed);
  }

  function shortened(typed: string): string | undefined {
    for (let cut = 1; cut <= longestEnding && typed.length - cut >= shortestStem; cut++) {
      const stem = typed.slice(0, -cut);
      if (documentsOf(stem) > 0) return stem;
    }
    return undefined;
  }

  function resolveOne({ term, surface, prefix }: QueryTerm): ResolvedTerm[] {
    const documents = documentsOf(term);
    const exact = documents > 0 ? [{ surface, members: [term], documents, weight: 1 }] : [];
    if (prefix === null) return exact;
    const longer = completions(prefix, term);
    const sum = longer.reduce((total, [, rows]) => total + rows, 0);
    if (surface === term && prefix === term && isSingleCharacter(term)) {
      const members = [...exact.map((entry) => entry.members[0] ?? term), ...longer.map(([entry]) => entry)];
      return members.length === 0 ? [] : [{ surface, members, documents: documents + sum, weight: 1 }];
    }
    if (longer.length > 0) {
      const members = longer.map(([entry]) => entry);
      const weight = documents > 0 ? besideExactWeight : completionWeight;
      return [...exact, { surface, members, documents: sum, weight }];
    }
    const stem = documents === 0 ? shortened(prefix) : undefined;
    if (stem === undefined) return exact;
    return [{ surface, members: [stem], documents: documentsOf(stem), weight: completionWeight }];
  }

  return {
    resolve(terms, rowCount) {
      if (Math.abs(rowCount - countedRows) > countedRows / 10) {
        counts = new Map();
        countedRows = rowCount;
      }
      const resolved = terms.map(resolveOne);
      return {
        known: resolved
          .flat()
          .toSorted((one, other) => one.documents - other.documents)
          .slice(0, mostTerms),
        unknown: terms.filter((_term, place) => resolved[place]?.length === 0).map(({ surface }) => surface),
      };
    },
  };
}

function isSingleCharacter(term: string): boolean {
  return term.length <= 2 && [...term].length === 1;
}
