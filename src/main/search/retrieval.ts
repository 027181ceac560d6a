import type { SearchFusion, SearchMode } from '../../shared/search-views.ts';
import type { ReadableDb } from '../store/database.ts';
import { fewBest } from './best-of.ts';
import { joinCandidates, lexicalCandidates } from './candidates.ts';
import type { Candidates } from './candidates.ts';
import { fuseByMass, fuseByRank, fuseLexical, fuseVector } from './fusion.ts';
import type { Fusion } from './fusion.ts';
import { createLexicalSearch } from './lexical-search.ts';
import type { LexicalFound } from './lexical-search.ts';
import type { ObservationTable } from './observation-table.ts';
import { queryKind } from './query-kind.ts';
import type { ResolvedTerm } from './resolve-terms.ts';
import type { RowFilter } from './row-filter.ts';
import { queryTerms } from './terms.ts';
import type { QueryTerms } from './terms.ts';
import { createVectorSearch } from './vector-search.ts';
import type { AskedVector, EmbedQuery, Reach, VectorPass, VectorProblem } from './vector-search.ts';

/** What matched, and how well. */
export interface Retrieved {
  candidates: Candidates;
  fusion: Fusion;
  /** The voices that were heard. */
  mode: SearchMode;
  problem: VectorProblem | null;
  complete: boolean;
  /** The words that were looked up. */
  terms: readonly ResolvedTerm[];
  /** Words of the query that no row has. */
  unknown: readonly string[];
}

export interface RetrievalRequest {
  words: string;
  terms: QueryTerms;
  filter: RowFilter | null;
  mode: SearchMode;
  fusion: SearchFusion;
  /** Not looked at by words alone. */
  vector: AskedVector;
}

/** Rows by words, by meaning, and by both. The table has to be caught up before. */
export interface Retrieval {
  retrieve(request: RetrievalRequest): Retrieved;
  /** As near as possible to a row by its vector, or by its words when it has none. The filter has to leave out the row. */
  like(row: { pk: number; text: string }, filter: RowFilter): Retrieved;
  /** Rows from this pk on were written since. */
  forgetFrom(pk: number): void;
}

/** So many rows near to the query are looked at, and so many of what words found are compared with it (bench/search). */
const nearestRows = 20;
const comparedRows = 50;
/** By meaning alone there is nothing else to show. */
const nearestAlone = 100;
const nothing = new Float32Array(0);
const nobody = { pks: new Int32Array(0), observation: nothing, window: nothing, session: nothing };

export function createRetrieval(db: ReadableDb, table: ObservationTable, embedQuery: EmbedQuery): Retrieval {
  const lexical = createLexicalSearch(db, table);
  const vectors = createVectorSearch(db, embedQuery);

  function byWords(terms: QueryTerms, filter: RowFilter | null, problem: VectorProblem | null): Retrieved {
    const found = lexical.find(terms, filter);
    const candidates = lexicalCandidates(found.candidates);
    return { ...found, candidates, fusion: fuseLexical(candidates), mode: 'lexical', problem };
  }

  function byMeaning(pass: VectorPass, filter: RowFilter | null, reach: Reach): Retrieved {
    const near = pass.nearest(filter, nearestAlone, reach);
    const candidates = joinCandidates(nobody, near, { pks: [], cosines: [] }, table);
    const complete = near.pks.length < nearestAlone;
    return {
      candidates,
      fusion: fuseVector(candidates),
      mode: 'vector',
      problem: null,
      complete,
      terms: [],
      unknown: [],
    };
  }

  function join(found: LexicalFound, pass: VectorPass, filter: RowFilter | null): Candidates {
    const near = pass.nearest(filter, nearestRows, 'near');
    const { pks } = found.candidates;
    const { scores } = fuseLexical(lexicalCandidates(found.candidates));
    const compared = fewBest(scores, comparedRows, (one, other) => one - other);
    const isNear = new Set(Array.from(near.pks));
    const known = pass.cosines(compared.map((place) => pks[place] ?? 0).filter((pk) => !isNear.has(pk)));
    return joinCandidates(found.candidates, near, known, table);
  }

  return {
    retrieve({ words, terms, filter, mode, fusion, vector }) {
      if (mode === 'lexical') return byWords(terms, filter, null);
      vectors.catchUp();
      const pass = vectors.ask(words, vector);
      if (typeof pass === 'string') return byWords(terms, filter, pass);
      // Whoever asks for the nearest wants the nearest, however far away; each says how near it is.
      if (mode === 'vector') return byMeaning(pass, filter, 'any');
      const found = lexical.find(terms, filter);
      const candidates = join(found, pass, filter);
      const fused = fusion === 'rrf' ? fuseByRank(candidates) : fuseByMass(candidates, found.mass, queryKind(words));
      return { ...found, candidates, fusion: fused, mode, problem: null };
    },
    like({ pk, text }, filter) {
      vectors.catchUp();
      const pass = vectors.like(pk);
      return pass === null ? byWords(queryTerms(text), filter, 'not_ready') : byMeaning(pass, filter, 'near');
    },
    forgetFrom: lexical.forgetFrom,
  };
}
