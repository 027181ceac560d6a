import { z } from 'zod';
import { learningCategories, learningStates } from '../../../shared/learning-views.ts';
import { memoryTypes } from '../../../shared/note-views.ts';
import {
  type FacetValue,
  type KnownHit,
  type ParsedQuery,
  type QueryClause,
  type SearchAnswer,
  type SearchBoosts,
  type SearchFacets,
  type SearchHit,
  type Suggestion,
  type TextRange,
  type VoiceScore,
  queryClauseKinds,
  searchModes,
  suggestionKinds,
} from '../../../shared/search-views.ts';
import { observationOutput } from './observation-outputs.ts';
import { isoTime, projectRef, shapeOf, unit } from './shape.ts';

const textRange = z.tuple([z.int(), z.int()]).meta({ id: 'TextRange' }) satisfies z.ZodType<TextRange>;

export const voiceScoreOutput = shapeOf<VoiceScore>()(
  'VoiceScore',
  z.object({
    raw: z.number(),
    normalized: unit,
    weight: z.number(),
  }),
);

export const searchBoostsOutput = shapeOf<SearchBoosts>()(
  'SearchBoosts',
  z.object({
    recency: z.number(),
    importance: z.number(),
    pinned: z.number(),
    project: z.number(),
    feedback: z.number(),
    graph: z.number(),
  }),
);

export const searchHitOutput = shapeOf<SearchHit>()(
  'SearchHit',
  z.object({
    observation: observationOutput,
    session_title: z.string().nullable(),
    score: z.number(),
    voices: z.object({
      observation: voiceScoreOutput,
      window: voiceScoreOutput,
      session: voiceScoreOutput,
      vector: voiceScoreOutput,
    }),
    boosts: searchBoostsOutput,
    graph_entity: z.string().nullable(),
    matched_terms: z.array(z.string()),
    highlights: z.object({ title: z.array(textRange), snippet: z.string(), snippet_ranges: z.array(textRange) }),
    collapsed: z.object({ count: z.int(), ids: z.array(z.string()) }),
  }),
);

export const queryClauseOutput = shapeOf<QueryClause>()(
  'QueryClause',
  z.object({
    kind: z.enum(queryClauseKinds),
    range: textRange,
    text: z.string(),
    value: z.string(),
    since: z.exactOptional(isoTime),
    until: z.exactOptional(isoTime),
    problem: z
      .enum(['unknown_project', 'ambiguous_project', 'unknown_type', 'unknown_session', 'invalid_time'])
      .nullable(),
  }),
);

export const parsedQueryOutput = shapeOf<ParsedQuery>()(
  'ParsedQuery',
  z.object({
    words: z.string(),
    clauses: z.array(queryClauseOutput),
  }),
);

export const facetValueOutput = shapeOf<FacetValue>()(
  'FacetValue',
  z.object({
    value: z.string(),
    label: z.string(),
    count: z.int(),
  }),
);

export const searchFacetsOutput = shapeOf<SearchFacets>()(
  'SearchFacets',
  z.object({
    types: z.array(facetValueOutput),
    tools: z.array(facetValueOutput),
    projects: z.array(facetValueOutput),
    days: z.array(facetValueOutput),
  }),
);

export const knownHitOutput = shapeOf<KnownHit>()(
  'KnownHit',
  z.object({
    kind: z.enum(['learning', 'memory']),
    id: z.string(),
    text: z.string(),
    category: z.enum([...learningCategories, ...memoryTypes]),
    state: z.enum(learningStates).nullable(),
    project: projectRef.nullable(),
    score: z.number(),
    matched_terms: z.array(z.string()),
  }),
);

export const searchAnswerOutput = shapeOf<SearchAnswer>()(
  'SearchAnswer',
  z.object({
    mode: z.enum(searchModes),
    vector_problem: z.enum(['off', 'not_ready', 'failed']).nullable(),
    hits: z.array(searchHitOutput),
    known: z.array(knownHitOutput),
    total: z.int(),
    truncated: z.boolean(),
    query: parsedQueryOutput,
    terms: z.array(z.string()),
    facets: searchFacetsOutput,
    did_you_mean: z.string().nullable(),
    next_cursor: z.string().nullable(),
    took_ms: z.number(),
  }),
);

export const suggestionOutput = shapeOf<Suggestion>()(
  'Suggestion',
  z.object({
    kind: z.enum(suggestionKinds),
    label: z.string(),
    insert: z.string(),
    range: textRange,
    count: z.int().nullable(),
  }),
);

export const suggestionsOutput = z.array(suggestionOutput);
