import type { LearningCategory, LearningState } from './learning-views.ts';
import type { MemoryType } from './note-views.ts';
import type { ObservationType, ObservationView, ProjectRef } from './views.ts';

/** Search on the wire: what is asked, how it was understood, and why each hit is there. */

/** Which voices are heard: words and meaning together, words alone, or meaning alone. */
export const searchModes = ['mixed', 'lexical', 'vector'] as const;
export type SearchMode = (typeof searchModes)[number];

/** How words and meaning are put together: scores over the query's idf mass, or reciprocal ranks. */
export const searchFusions = ['mass', 'rrf'] as const;
export type SearchFusion = (typeof searchFusions)[number];

/** [start, end) in UTF-16 code units. */
export type TextRange = [number, number];

export interface VoiceScore {
  /** BM25 of this granularity, or the cosine for `vector`; higher is better, 0 when it did not match. */
  raw: number;
  /** What is multiplied by the weight, 0 to 1. */
  normalized: number;
  weight: number;
}

/** Addends to the score; 0 where they do not apply. */
export interface SearchBoosts {
  recency: number;
  importance: number;
  pinned: number;
  /** The project that the search was asked from. */
  project: number;
  /** Negative for what was hidden or marked wrong. */
  feedback: number;
  /** For what the graph ties to an entity of the query or of its best hits; `graph_entity` names it. */
  graph: number;
}

export interface SearchHit {
  observation: ObservationView;
  session_title: string | null;
  score: number;
  voices: { observation: VoiceScore; window: VoiceScore; session: VoiceScore; vector: VoiceScore };
  boosts: SearchBoosts;
  /** The entity behind `boosts.graph`; null without it. */
  graph_entity: string | null;
  matched_terms: string[];
  highlights: {
    title: TextRange[];
    /** A passage of the observation around the best matches. */
    snippet: string;
    snippet_ranges: TextRange[];
  };
  /** Hits that say nearly the same and stand under this one; at most 20 ids are named. */
  collapsed: { count: number; ids: string[] };
}

export interface SearchFilters {
  project_id?: string | undefined;
  session_id?: string | undefined;
  types?: ObservationType[] | undefined;
  tools?: string[] | undefined;
  /** A path or its tail: `db.js`, `src/db.js` or an absolute path. */
  file?: string | undefined;
  /** Concepts that it must all have. */
  tags?: string[] | undefined;
  failed?: boolean | undefined;
  pinned?: boolean | undefined;
  /** ISO 8601; inclusive. */
  since?: string | undefined;
  /** ISO 8601; exclusive. */
  until?: string | undefined;
}

export const queryClauseKinds = [
  'phrase',
  'not',
  'project',
  'type',
  'tool',
  'file',
  'tag',
  'session',
  'failed',
  'pinned',
  'since',
  'before',
  'time',
] as const;
export type QueryClauseKind = (typeof queryClauseKinds)[number];

/** One piece of the query that is no plain word. */
export interface QueryClause {
  kind: QueryClauseKind;
  /** Where it stands in the query. */
  range: TextRange;
  /** As it was written. */
  text: string;
  /** As it was understood: the project's name, the phrase, the type… */
  value: string;
  /** Set for clauses of time; ISO 8601. */
  since?: string;
  until?: string;
  /** Why it could not be used; such a clause filters nothing. */
  problem: 'unknown_project' | 'ambiguous_project' | 'unknown_type' | 'unknown_session' | 'invalid_time' | null;
}

/** How a query was understood. */
export interface ParsedQuery {
  /** What is left to be searched for by words and meaning. */
  words: string;
  clauses: QueryClause[];
}

export interface FacetValue {
  /** What to filter by: a type, a tool, a project's id, a day as YYYY-MM-DD in the worker's time zone. */
  value: string;
  label: string;
  count: number;
}

export interface SearchFacets {
  types: FacetValue[];
  tools: FacetValue[];
  projects: FacetValue[];
  /** Newest first, at most 60. */
  days: FacetValue[];
}

/** A learning or memory that speaks to the query. */
export interface KnownHit {
  kind: 'learning' | 'memory';
  id: string;
  text: string;
  /** A learning's category, a memory's type. */
  category: LearningCategory | MemoryType;
  /** Null for memories. */
  state: LearningState | null;
  /** Null: everywhere. */
  project: ProjectRef | null;
  /** 0 to 1. */
  score: number;
  matched_terms: string[];
}

export interface SearchAnswer {
  /** The voices that were heard: `lexical` when vectors were wanted and are not to be had. */
  mode: SearchMode;
  /** Why the vectors were not heard; null when they were, or were not asked for. */
  vector_problem: 'off' | 'not_ready' | 'failed' | null;
  hits: SearchHit[];
  /** What is believed or was asked to be remembered about it, at most five; with the first page of a search without filters but the project. */
  known: KnownHit[];
  /** How many observations matched; a lower bound when `truncated`. */
  total: number;
  /** True when the candidate budget cut very common terms short. */
  truncated: boolean;
  query: ParsedQuery;
  /** The words that were looked for. */
  terms: string[];
  facets: SearchFacets;
  /** The query with its likely typos mended; null when there are none. */
  did_you_mean: string | null;
  /** Give it back for the next page, which continues this same ranking; null on the last one. */
  next_cursor: string | null;
  took_ms: number;
}

export const suggestionKinds = ['term', 'file', 'project', 'tool', 'type', 'tag', 'operator', 'query'] as const;

export interface Suggestion {
  kind: (typeof suggestionKinds)[number];
  /** Shown. */
  label: string;
  /** Put in the place of `range` of the text that was typed. */
  insert: string;
  range: TextRange;
  /** How many observations it stands for; null where nobody counted. */
  count: number | null;
}
