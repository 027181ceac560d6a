import type { KnownHit } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { indexTerms, queryTerms } from '../terms.ts';
import { createKnowledgeRows, type KnowledgeRow } from './knowledge-rows.ts';

export interface KnowledgeRequest {
  text: string;
  /** With what holds everywhere; undefined looks into all projects. */
  projectId?: string | undefined;
  limit: number;
  now: number;
  /** Also what has neither a word nor the meaning in common, as long as it does not point away: whoever asks wants the nearest. */
  alsoFar?: boolean;
  /** How many rows without a vector may be given one by this question. */
  embeddedAtOnce?: number;
}

export interface Known extends KnownHit {
  /** Part of the query's telling words that it holds, each by its idf; 0 to 1. */
  coverage: number;
  /** Part of its own telling words that the query holds; 0 to 1. A long prompt covers a short sentence this way round. */
  containment: number;
  /** Of the built-in model; 0 where it is missing or has not come to this row yet. */
  cosine: number;
}

export interface KnowledgeIndex {
  /** The best first; everything that has a word or the meaning in common. */
  find(request: KnowledgeRequest): Known[];
}

/** A unit vector, or null where there is no model. */
export type EmbedStatement = (text: string) => Float32Array | null;

interface Entry {
  row: KnowledgeRow;
  terms: Map<string, number>;
  /** What it says by itself, once somebody asked. */
  telling: string[] | undefined;
  vector: Float32Array | null | undefined;
}

/** A sentence takes a third of a millisecond to embed; rows beyond so many wait for the next question. */
const fewEmbedded = 60;
/** Below this cosine two sentences of the built-in model have nothing to do with each other (as in search/fusion). */
const leastCosine = 0.25;
/** Words weigh a little more than meaning, as in the search for identifiers and names. */
const wordsWeight = 0.55;

/** Learnings and memories are few: a reader thread keeps their words and vectors, and reads them anew when one has changed. */
export function createKnowledgeIndex(db: ReadableDb, embed: EmbedStatement): KnowledgeIndex {
  const rows = createKnowledgeRows(db);
  let version = '';
  let entries: Entry[] = [];
  let documents = new Map<string, number>();

  function catchUp(): void {
    const now = rows.version();
    if (now === version) return;
    const known = new Map(entries.map((entry) => [entry.row.id, entry]));
    entries = rows.all().map((row) => {
      const before = known.get(row.id);
      if (before?.row.text === row.text) return { ...before, row };
      const terms = new Map<string, number>();
      for (const term of indexTerms(row.text)) terms.set(term, (terms.get(term) ?? 0) + 1);
      return { row, terms, telling: undefined, vector: undefined };
    });
    documents = new Map();
    for (const term of entries.flatMap(({ terms }) => [...terms.keys()])) {
      documents.set(term, (documents.get(term) ?? 0) + 1);
    }
    version = now;
  }

  /** Robertson and Spärck Jones's idf, never negative. */
  function idf(term: string): number {
    const count = documents.get(term) ?? 0;
    return Math.log(1 + (entries.length - count + 0.5) / (count + 0.5));
  }

  function measure(entry: Entry, query: Query): Pick<Known, 'coverage' | 'containment' | 'matched_terms'> {
    const matched = query.terms.filter(({ term }) => entry.terms.has(term));
    if (matched.length === 0) return { coverage: 0, containment: 0, matched_terms: [] };
    entry.telling ??= queryTerms(entry.row.text).map(({ term }) => term);
    const own = sum(entry.telling.map(idf));
    const shared = sum(matched.map(({ term }) => idf(term)));
    return {
      coverage: query.mass === 0 ? 0 : shared / query.mass,
      containment: own === 0 ? 0 : Math.min(1, shared / own),
      matched_terms: matched.map(({ surface }) => surface),
    };
  }

  return {
    find({ text, projectId, limit, now, alsoFar = false, embeddedAtOnce = fewEmbedded }) {
      catchUp();
      const eligible = entries.filter(
        ({ row }) =>
          (row.expires_at === null || row.expires_at > now) &&
          (projectId === undefined || row.project_id === null || row.project_id === projectId),
      );
      const terms = queryTerms(text);
      if (eligible.length === 0 || terms.length === 0) return [];
      const query = { terms, mass: sum(terms.map(({ term }) => idf(term))) };
      const found = eligible
        .map((entry) => ({ entry, ...measure(entry, query) }))
        .toSorted((one, other) => other.coverage - one.coverage);
      const asked = embed(text);
      let budget = embeddedAtOnce;
      return found
        .map(({ entry, ...words }): Known => {
          if (entry.vector === undefined && asked !== null && budget-- > 0) entry.vector = embed(entry.row.text);
          const cosine = asked === null || !entry.vector ? 0 : dot(asked, entry.vector);
          const score = wordsWeight * words.coverage + (1 - wordsWeight) * Math.max(0, cosine);
          return { ...toHit(entry.row, score), ...words, cosine };
        })
        .filter(({ coverage, cosine }) => coverage > 0 || cosine >= leastCosine || (alsoFar && cosine > 0))
        .toSorted((one, other) => other.score - one.score || one.id.localeCompare(other.id))
        .slice(0, limit);
    },
  };
}

interface Query {
  terms: { term: string; surface: string }[];
  mass: number;
}

function toHit(row: KnowledgeRow, score: number): KnownHit {
  const { kind, id, text, category, state, project_id, project_name } = row;
  const project = project_id === null || project_name === null ? null : { id: project_id, name: project_name };
  return { kind, id, text, category, state, project, score: Math.round(score * 1_000) / 1_000, matched_terms: [] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(one: Float32Array, other: Float32Array): number {
  let total = 0;
  for (let at = 0; at < one.length; at++) total += (one[at] ?? 0) * (other[at] ?? 0);
  return total;
}
