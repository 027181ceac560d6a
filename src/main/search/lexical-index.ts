import type { ObservationContent } from '../../shared/views.ts';
import type { WritableDb } from '../store/database.ts';
import { createTagWriter } from '../store/tables/observation-tags.ts';
import { indexTerms } from './terms.ts';

/** What of an observation is searched. */
export type IndexedObservation = Pick<
  ObservationContent,
  'title' | 'subtitle' | 'facts' | 'narrative' | 'concepts' | 'files_read' | 'files_changed' | 'tool'
>;

export interface LexicalIndex {
  /** Adds or replaces the terms and tags of a row that is there; answers its length in terms, for `observations.term_count`. */
  put(pk: number, observation: IndexedObservation): number;
  remove(pk: number): void;
}

/** An observation is short by nature; of one that is not, the first terms (title, files and facts first) are found. */
export const mostIndexedTerms = 400;
/** Characters of one field that are looked at; more could not add terms below the limit above. */
const longestField = 8_000;
/** Folders above these say where a checkout lies, not what was worked on. */
const pathSegments = 4;

/**
 * How often a term stands in a row is kept as further terms with marks before them, because an index without positions
 * (half the size, a third faster to write) counts each once. No term begins with a mark. Without these counts recall@5 on
 * the commits set falls from 0.44 to 0.37, two more of them moved it by less than a point (bench/search).
 */
export const repetitions = [
  { mark: '_', from: 2 },
  { mark: '__', from: 3 },
  { mark: '___', from: 5 },
] as const;

/** The text index of observations; to be used inside the writer's transaction. */
export function createLexicalIndex(db: WritableDb): LexicalIndex {
  const insert = db.prepare<[number, string]>('INSERT OR REPLACE INTO observation_terms (rowid, terms) VALUES (?, ?)');
  const erase = db.prepare<[number]>('DELETE FROM observation_terms WHERE rowid = ?');
  const tags = createTagWriter(db);
  return {
    put(pk, observation) {
      const { text, count } = encodeTerms(observationTerms(observation));
      insert.run(pk, text);
      tags.put(pk, observation.concepts);
      return count;
    },
    remove(pk) {
      erase.run(pk);
      tags.remove(pk);
    },
  };
}

function lastSegments(path: string): string {
  const segments = path.split(/[/\\]/u);
  return segments.slice(-pathSegments).join('/');
}

function observationTerms(observation: IndexedObservation): string[] {
  const files = new Set([...observation.files_changed, ...observation.files_read].map(lastSegments));
  const fields = [
    observation.title,
    observation.subtitle,
    observation.tool,
    ...observation.concepts,
    ...observation.facts,
    ...files,
    observation.narrative,
  ];
  const terms: string[] = [];
  for (const field of fields) {
    if (field === null || field === '') continue;
    for (const term of indexTerms(field.slice(0, longestField))) terms.push(term);
    if (terms.length >= mostIndexedTerms) break;
  }
  if (terms.length > mostIndexedTerms) terms.length = mostIndexedTerms;
  return terms;
}

/** The terms of an observation as `put` would index them, each with 1 for once and one more for each of `repetitions`. */
export function levelsOf(observation: IndexedObservation): Map<string, number> {
  const levels = new Map<string, number>();
  for (const [term, count] of countEach(observationTerms(observation))) {
    levels.set(term, 1 + repetitions.filter(({ from }) => count >= from).length);
  }
  return levels;
}

/** All terms of an observation as the index has them, those that count repetitions included. */
export function encodedTerms(observation: IndexedObservation): string[] {
  return encodeTerms(observationTerms(observation)).text.split(' ').slice(0, -1);
}

function countEach(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function encodeTerms(terms: readonly string[]): { text: string; count: number } {
  let text = '';
  for (const [term, count] of countEach(terms)) {
    text += `${term} `;
    for (const { mark, from } of repetitions) {
      if (count < from) break;
      text += `${mark}${term} `;
    }
  }
  return { text, count: terms.length };
}
