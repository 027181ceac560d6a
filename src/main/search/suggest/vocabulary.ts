import type { ReadableDb } from '../../store/database.ts';
import { normalise } from '../normalise.ts';
import { createTextReader } from '../query/row-text.ts';
import { scanTerms } from '../scan-terms.ts';
import { createDeletionWatch } from './deletion-watch.ts';

/** The terms of the index, and the words that people wrote for them. */
export interface Vocabulary {
  /** Terms that begin so, with the number of rows. */
  beginning(prefix: string): readonly (readonly [term: string, documents: number])[];
  documents(term: string): number;
  /** Those of the terms that rows have. */
  known(terms: readonly string[]): (readonly [term: string, documents: number])[];
  /** Another number each time that what is kept is read anew. */
  edition(): number;
  /** How the newest rows that hold the term write it, the most usual first; empty when no row does. */
  surfaces(term: string): string[];
}

/** Terms that are read for one beginning (7 ms for `co` among 287,000 terms of 100,000 rows, bench/search/query.ts). */
const mostTerms = 12_000;
const mostKept = 64;
const mostSurfaces = 4_000;
/** Rows in which the writing of a term is looked up. */
const rowsPerSurface = 3;

/** For one reader thread. What was read is kept until rows were deleted or a twentieth more have come. */
export function createVocabulary(db: ReadableDb): Vocabulary {
  const range = db
    .prepare<[string, string, number], [string, number]>(
      'SELECT term, doc FROM observation_term_counts WHERE term >= ? AND term < ? LIMIT ?',
    )
    .raw(true);
  const count = db.prepare<[string], number>('SELECT doc FROM observation_term_counts WHERE term = ?').pluck();
  // Asked for one by one, a word that is new took a quarter longer or more (`first` of spelling in bench/search/query.ts).
  const counts = db
    .prepare<[string], [string, number]>(
      'SELECT t.term, t.doc FROM json_each(?) j CROSS JOIN observation_term_counts t ON t.term = j.value',
    )
    .raw(true);
  const rows = db
    .prepare<[string, number], number>(
      'SELECT rowid FROM observation_terms WHERE observation_terms MATCH ? ORDER BY rowid DESC LIMIT ?',
    )
    .pluck();
  const lastPk = db.prepare<[], number | null>('SELECT max(pk) FROM observations').pluck();
  const texts = createTextReader(db);
  const ranges = new Map<string, [string, number][]>();
  const written = new Map<string, string[]>();
  const wasDeleted = createDeletionWatch(db);
  let readAt = 0;
  let edition = 0;

  function catchUp(): void {
    const last = lastPk.get() ?? 0;
    if (!wasDeleted() && Math.abs(last - readAt) <= readAt / 20) return;
    readAt = last;
    edition++;
    ranges.clear();
    written.clear();
  }

  function lookUp(term: string): string[] {
    const found = new Map<string, number>();
    for (const [, fields] of texts.read(rows.all(`"${term}"`, rowsPerSurface))) {
      for (const field of fields) {
        const text = normalise(field);
        scanTerms(text, (other, start, end, kind) => {
          if (other !== term || kind === 'tail') return;
          const surface = text.slice(start, end);
          const shown = kind === 'whole' ? surface : surface.toLowerCase();
          found.set(shown, (found.get(shown) ?? 0) + 1);
        });
      }
    }
    return [...found].toSorted((one, other) => other[1] - one[1]).map(([surface]) => surface);
  }

  return {
    beginning(prefix) {
      catchUp();
      const known = ranges.get(prefix);
      if (known !== undefined) return known;
      const found = range.all(prefix, `${prefix}\u{10ffff}`, mostTerms);
      ranges.set(prefix, found);
      const [oldest] = ranges.keys();
      if (ranges.size > mostKept && oldest !== undefined) ranges.delete(oldest);
      return found;
    },
    documents: (term) => count.get(term) ?? 0,
    known: (terms) => counts.all(JSON.stringify(terms)),
    edition() {
      catchUp();
      return edition;
    },
    surfaces(term) {
      catchUp();
      const known = written.get(term);
      if (known !== undefined) return known;
      const found = lookUp(term);
      if (written.size >= mostSurfaces) written.clear();
      written.set(term, found);
      return found;
    },
  };
}
