import type { ReadableDb } from '../store/database.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';
import type { ObservationTable } from './observation-table.ts';
import { createPostingsReader } from './postings.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import { createTermResolver } from './resolve-terms.ts';
import type { RowFilter } from './row-filter.ts';
import type { QueryTerms } from './terms.ts';
import type { LexicalCandidates } from './voices.ts';
import { createVoices, inverseFrequency, mostOfTerm } from './voices.ts';

export interface LexicalFound {
  candidates: LexicalCandidates;
  /** The most that BM25 could give for this query, terms included that no row has. */
  mass: number;
  /** False when the budget cut common terms short. */
  complete: boolean;
  terms: readonly ResolvedTerm[];
  /** Words of the query that no row has. */
  unknown: readonly string[];
}

export interface LexicalSearch {
  find(terms: QueryTerms, filter: RowFilter | null): LexicalFound;
  /** Rows from this pk on were written since. */
  forgetFrom(pk: number): void;
}

/** What words find. The table has to be caught up before. */
export function createLexicalSearch(db: ReadableDb, table: ObservationTable): LexicalSearch {
  const resolver = createTermResolver(db);
  const voices = createVoices(table);
  const observations = createObservationReader(db);
  const postings = createPostingsReader(db, (pks) =>
    Array.from(observations.byPks(pks), ([pk, { view }]) => [pk, view] as const),
  );
  return {
    find(wanted, filter) {
      const { known: terms, unknown } = resolver.resolve(wanted, table.rowCount());
      const pass = postings.start(filter, table.lastPk());
      let complete = true;
      try {
        for (const [index, term] of terms.entries()) {
          const found = pass.read(term, terms.length - index, voices.levels());
          voices.add(found.pks, term.documents, term.weight);
          complete &&= found.complete;
        }
        const candidates = voices.candidates();
        return { candidates, mass: massOf(terms, unknown.length, table.rowCount()), complete, terms, unknown };
      } finally {
        // Also when a damaged index throws: the next query would find what this one has scored.
        voices.clear();
      }
    },
    forgetFrom: postings.forgetFrom,
  };
}

/** What nobody has written anywhere counts as the rarest there is, but no more of it than of what is known: a pasted log is full of such. */
function massOf(terms: readonly ResolvedTerm[], unknown: number, rows: number): number {
  const known = terms.reduce((sum, term) => sum + term.weight * inverseFrequency(rows, term.documents), 0);
  return mostOfTerm * (known + Math.min(unknown, terms.length) * inverseFrequency(rows, 0));
}
