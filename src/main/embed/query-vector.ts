import type { SharedModel } from './static/shared-model.ts';
import { openStaticModel, type StaticModel } from './static/static-model.ts';

/** Longer texts are cut before they are embedded: a vector says one thing well, and not the end of a long log. */
export const longestEmbeddedText = 2_000;

/** What a search needs to ask the vectors: which model answers, and the query in it. */
export interface QueryVector {
  modelPk: number;
  modelId: string;
  dimension: number;
  /** Null for the built-in model, which the searching thread asks itself: `createTextEmbedder`. */
  vector: Float32Array | null;
}

export interface TextEmbedder {
  /** The built-in model with so many dimensions. Throws `EmbeddingError` MODEL_MISSING. */
  model(dimension: number): StaticModel;
  /** The query's unit vector: as it was given, or made here. Throws `EmbeddingError` MODEL_MISSING. */
  query(text: string, query: QueryVector): Float32Array;
}

/** The built-in model in one thread, opened by its first use. */
export function createTextEmbedder(shared: SharedModel): TextEmbedder {
  const models = new Map<number, StaticModel>();

  function model(dimension: number): StaticModel {
    const opened = models.get(dimension) ?? openStaticModel(shared, dimension);
    models.set(dimension, opened);
    return opened;
  }

  return {
    model,
    query: (text, query) => query.vector ?? model(query.dimension).embed(text.slice(0, longestEmbeddedText)),
  };
}
