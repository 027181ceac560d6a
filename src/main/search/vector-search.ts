import type { SearchAnswer } from '../../shared/search-views.ts';
import type { QueryVector } from '../embed/query-vector.ts';
import { staticModelId } from '../embed/static/static-model.ts';
import type { ReadableDb } from '../store/database.ts';
import type { Nearness } from './candidates.ts';
import type { RowFilter } from './row-filter.ts';
import { createVectorIndex } from './vectors/vector-index.ts';

/** Why the vectors are not heard. */
export type VectorProblem = NonNullable<SearchAnswer['vector_problem']>;
/** What to ask the vectors with, or why they cannot be asked. */
export type AskedVector = QueryVector | VectorProblem;
/** The query's unit vector; may throw when the model cannot be read. */
export type EmbedQuery = (text: string, query: QueryVector) => Float32Array;

/** `near` leaves out what says something else, `any` only what points away. */
export type Reach = 'near' | 'any';

/** Vectors asked with one query. */
export interface VectorPass {
  /** By how far away they are. */
  nearest(filter: RowFilter | null, count: number, reach: Reach): Nearness;
  cosines(pks: Iterable<number>): Nearness;
}

export interface VectorSearch {
  catchUp(): void;
  ask(text: string, asked: AskedVector): VectorPass | VectorProblem;
  /** As near as to this row, which is left to the caller to leave out; null when it has no vector. */
  like(pk: number): VectorPass | null;
}

/**
 * Rows further away than this say something else: on `cosqa` 95 % of any question and function do (bench/search). It holds for the
 * built-in model; where another one has its noise is not known, and some give any two texts a cosine of 0.7.
 */
const leastCosine = 0.2;

export function createVectorSearch(db: ReadableDb, embedQuery: EmbedQuery): VectorSearch {
  const index = createVectorIndex(db);

  function pass(vector: Float32Array): VectorPass {
    // A text without a word that the model knows is near to nothing.
    const isSilent = vector.every((value) => value === 0);
    return {
      nearest(filter, count, reach) {
        if (isSilent) return { pks: [], cosines: [] };
        const near = index.nearest(vector, filter, count);
        const least = reach === 'near' && index.model()?.modelId === staticModelId ? leastCosine : 0;
        const far = near.cosines.findIndex((cosine) => cosine < least);
        const end = far === -1 ? near.pks.length : far;
        return { pks: near.pks.subarray(0, end), cosines: near.cosines.subarray(0, end) };
      },
      cosines(pks) {
        if (isSilent) return { pks: [], cosines: [] };
        const found = index.cosines(vector, pks);
        return { pks: [...found.keys()], cosines: [...found.values()] };
      },
    };
  }

  return {
    catchUp: index.catchUp,
    ask(text, asked) {
      if (typeof asked === 'string') return asked;
      if (index.model()?.pk !== asked.modelPk) return 'not_ready';
      try {
        const vector = embedQuery(text, asked);
        return vector.length === index.model()?.dimension ? pass(vector) : 'failed';
      } catch {
        // Words still find; what is wrong with the model is told where its state is.
        return 'failed';
      }
    },
    like(pk) {
      const vector = index.vector(pk);
      return vector === null ? null : pass(vector);
    },
  };
}
