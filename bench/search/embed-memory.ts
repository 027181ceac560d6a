import { observationText } from '../../src/main/embed/observation-text.ts';
import type { EmbeddedObservation } from '../../src/main/embed/observation-text.ts';
import { createTextEmbedder } from '../../src/main/embed/query-vector.ts';
import type { EmbedQuery } from '../../src/main/search/vector-search.ts';
import type { QueryVector } from '../../src/main/embed/query-vector.ts';
import { builtinModelFolder } from '../../src/main/embed/static/model-folder.ts';
import { createSharedModel } from '../../src/main/embed/static/shared-model.ts';
import { staticDimension, staticModelId } from '../../src/main/embed/static/static-model.ts';
import type { ReadableDb, WritableDb } from '../../src/main/store/database.ts';
import { createEmbeddingReader, createEmbeddingWriter } from '../../src/main/store/tables/embeddings.ts';
import { seededRandom } from '../lib/seeded-random.ts';

export interface EmbeddedMemory {
  query: QueryVector;
  embedQuery: EmbedQuery;
  /** Microseconds a row: of text and model alone, and of the tables of vectors. */
  embedUs: number;
  storeUs: number;
}

const embedder = createTextEmbedder(createSharedModel(builtinModelFolder()));
const rowsPerTransaction = 500;
const mostKept = 20_000;

/** So many rows are embedded; of more, the others get vectors that are drawn between two of these. */
const mostEmbedded = 100_000;

/** Gives the rows with the pks 1, 2, 3… and all after them their vectors by the built-in model, as the worker's background job stores them. */
export function embedMemory(db: WritableDb, rows: Iterable<EmbeddedObservation>): EmbeddedMemory {
  const writer = createEmbeddingWriter(db);
  const { pk: modelPk, modelId, dimension } = writer.ensure(staticModelId, staticDimension, 0);
  const model = embedder.model(dimension);
  const revision = db.prepare<[number], number>('SELECT revision FROM observations WHERE pk = ?').pluck();
  const contentHash = new Uint8Array(16);
  let embedMs = 0;
  let storeMs = 0;
  let pk = 0;
  let embedded = 0;
  let batch: Parameters<typeof writer.put>[1][number][] = [];
  const store = db.transaction(() => writer.put(modelPk, batch));
  function flush(): void {
    const startedAt = performance.now();
    store();
    storeMs += performance.now() - startedAt;
    batch = [];
  }
  const random = seededRandom(1);
  const known: Float32Array[] = [];
  const add = (vector: Float32Array): void => {
    pk++;
    batch.push({ pk, revision: revision.get(pk) ?? 0, contentHash, vector });
    if (batch.length === rowsPerTransaction) flush();
  };
  for (const row of rows) {
    const startedAt = performance.now();
    const vector = model.embed(observationText(row));
    embedMs += performance.now() - startedAt;
    if (known.length < mostKept) known.push(vector);
    add(vector);
    if (++embedded === mostEmbedded) break;
  }
  const last = db.prepare<[], number | null>('SELECT max(pk) FROM observations').pluck().get() ?? 0;
  while (pk < last) add(between(known, random));
  flush();
  writer.activate(modelPk);
  return {
    query: { modelPk, modelId, dimension, vector: null },
    embedQuery: embedder.query,
    embedUs: (embedMs / embedded) * 1000,
    storeUs: (storeMs / pk) * 1000,
  };
}

/** A unit vector that lies between two real ones, so that neighbours are as dense as among real texts. */
function between(known: readonly Float32Array[], random: () => number): Float32Array {
  const draw = () => known[Math.floor(random() * known.length)] ?? new Float32Array(0);
  const [one, other] = [draw(), draw()];
  const share = random();
  const mixed = one.map((value, index) => share * value + (1 - share) * (other[index] ?? 0));
  const length = Math.sqrt(mixed.reduce((sum, value) => sum + value * value, 0)) || 1;
  return mixed.map((value) => value / length);
}

/** The vectors that an earlier run left in the file. */
export function embeddedMemory(db: ReadableDb): EmbeddedMemory {
  const model = createEmbeddingReader(db).active();
  if (model === null) throw new Error('This file holds no vectors.');
  const { pk: modelPk, modelId, dimension } = model;
  return { query: { modelPk, modelId, dimension, vector: null }, embedQuery: embedder.query, embedUs: 0, storeUs: 0 };
}
