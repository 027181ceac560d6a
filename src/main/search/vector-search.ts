import type { SearchAnswer } from '../../shared/search-views.ts';
import type { QueryVector } from '../embed/query-vector.ts';
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

/** Vectors asked with one query. */
export interface VectorPass {
  nearest(filter: RowFilter | null, count: number): Nearness;
  cosines(pks: Iterable<number>): Nearness;
}

export interface VectorSearch {
  catchUp(): void;
  ask(text: string, asked: AskedVector): VectorPass | VectorProblem;
  /** As near as to this row, which is left to the caller to leave out; null when it has no vector. */
  like(pk: number): VectorPass | null;
}

/** Rows further away than this say something else: on `cosqa` 95 % of any question and function do (bench/search). */
const leastCosine = 0.2;

export function createVectorSearch(db: ReadableDb, embedQuery: EmbedQuery): VectorSearch {
  const index = createVectorIndex(db);

  function pass(vector: Float32Array): VectorPass {
    // A text without a word that the model knows is near to nothing.
    const isSilent = vector.every((value) => value === 0);
    return {
      nearest(filter, count) {
        if (isSilent) return { pks: [], cosines: [] };
        const near = index.nearest(vector, filter, count);
        const far = near.cosines.findIndex((cosine) => cosine < leastCosine);
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
