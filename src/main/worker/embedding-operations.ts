import type { MadeVector, StoredModel, VectorBatch } from '../embed/embedding-job.ts';
import { parseAnswer, type Expected, type ParsedAnswer } from '../embed/endpoint/parse-answer.ts';
import { contentHash, observationText } from '../embed/observation-text.ts';
import type { TextEmbedder } from '../embed/query-vector.ts';
import type { ReadableDb } from '../store/database.ts';
import { createEmbeddingUsageReader } from '../store/tables/embedding-usage.ts';
import { createEmbeddingReader } from '../store/tables/embeddings.ts';
import { createObservationTextReader } from '../store/tables/observation-texts.ts';
import { createPendingReader } from '../store/tables/pending-embeddings.ts';
import { quantise } from '../store/tables/vectors.ts';

export interface TextRequest {
  /** Null for a model that has no vectors yet. */
  modelPk: number | null;
  limit: number;
}

/** Rows that wait for a vector, with their texts. */
export interface TextBatch extends Pick<VectorBatch, 'unchanged' | 'more'> {
  changed: { pk: number; revision: number; contentHash: Uint8Array; text: string }[];
}

/** No set has this key. */
const noModel = -1;

/** What the reader threads do about vectors: find rows that need one, embed with the built-in model, parse an endpoint's answers. */
export function createEmbeddingOperations(db: ReadableDb, embedder: TextEmbedder) {
  const embeddings = createEmbeddingReader(db);
  const pending = createPendingReader(db);
  const textsOf = createObservationTextReader(db);
  const usage = createEmbeddingUsageReader(db);

  function embeddingTexts({ modelPk, limit }: TextRequest): TextBatch {
    const { rows, complete } = pending.next(modelPk ?? noModel, limit);
    const texts = textsOf(rows.map(({ pk }) => pk));
    const batch: TextBatch = { changed: [], unchanged: [], more: !complete };
    for (const { pk, contentHash: known } of rows) {
      const row = texts.get(pk);
      if (row === undefined) continue;
      const text = observationText(row.text);
      const hash = contentHash(text);
      const { revision } = row;
      if (known !== null && Buffer.compare(known, hash) === 0) batch.unchanged.push({ pk, revision });
      else batch.changed.push({ pk, revision, contentHash: hash, text });
    }
    return batch;
  }

  return {
    /** Looks at every row for what is to be embedded. */
    lookAtAllAgain: () => pending.lookAgain(),
    embeddingModels: (): StoredModel[] =>
      embeddings.models().map((model) => ({ ...model, usable: model.backend === db.vectorBackend })),
    embeddingCounts: (modelPk: number) => embeddings.counts(modelPk),
    embeddingState() {
      const active = embeddings.active();
      return {
        active:
          active === null
            ? null
            : { model_id: active.modelId, dimension: active.dimension, vectors: embeddings.counts(active.pk).done },
        backend: db.vectorBackend,
        usage: usage.total(),
      };
    },
    embeddingTexts,
    /** The next rows with their vectors by the built-in model, made here. */
    embeddingBatch({ dimension, ...request }: TextRequest & { dimension: number }): VectorBatch {
      const { changed, unchanged, more } = embeddingTexts(request);
      if (changed.length === 0) return { made: [], unchanged, dimension: null, more };
      const model = embedder.model(dimension);
      const made = changed.map(({ text, ...row }): MadeVector => ({ ...row, vector: quantise(model.embed(text)) }));
      return { made, unchanged, dimension: model.dimension, more };
    },
    parseEmbeddings: ({ body, expected }: { body: Uint8Array; expected: Expected }): ParsedAnswer =>
      parseAnswer(body, expected),
    /** The dimension of the built-in model when it works. */
    testBuiltinModel: (dimension: number): number => embedder.model(dimension).embed('test').length,
  };
}
