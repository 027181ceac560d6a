import type { ReadableDb } from '../../store/database.ts';
import { createEmbeddingReader, type EmbeddingModel } from '../../store/tables/embeddings.ts';
import { createTombstoneReader } from '../../store/tables/tombstones.ts';
import { createVectorReader, type VectorReader } from '../../store/tables/vectors.ts';
import { bestFirst } from '../best-of.ts';
import { createHammingScan, type EligibleRows } from './hamming-scan.ts';
import { createRecentVectors, type RecentVectors } from './recent-vectors.ts';
import { createSignBits, packSigns, wordsFor, type SignBits } from './sign-bits.ts';
import { createSignEstimate } from './sign-estimate.ts';

/** Rows and the cosines of their vectors with the query, best first; of equal ones the newest first. */
export interface NearestRows {
  pks: Int32Array;
  cosines: Float32Array;
}

/**
 * The vectors of the active model, for one reader thread: signs in memory, vectors in the file. All calls of one search belong
 * into one `db.snapshot` that begins with `catchUp`.
 */
export interface VectorIndex {
  /** Takes in what was written and deleted since the last call; the first call reads all vectors. */
  catchUp(): void;
  /** The model that the vectors are of; null while there is none. */
  model(): { pk: number; modelId: string; dimension: number } | null;
  /**
   * The `count` rows nearest to a query of the model's dimension, of those that pass the filter. Fewer only when fewer have a
   * vector and pass.
   */
  nearest(query: Float32Array, filter: EligibleRows | null, count: number): NearestRows;
  /** Cosines of the rows that have a vector: exact, each is read from the file. */
  cosines(query: Float32Array, pks: Iterable<number>): Map<number, number>;
  /** The vector of a row as a unit vector; null when it has none. */
  vector(pk: number): Float32Array | null;
  /** Rows that have a vector. */
  size(): number;
  /** Memory that the index takes. */
  bytes(): number;
}

/** So many of the rows wanted are compared exactly, and at least so many; recall is measured in bench/vectors. */
const exactPerWanted = 10;
const leastExact = 200;
/** So many of those are estimated before, and at least so many. */
const estimatedPerExact = 8;
const leastEstimated = 2_000;

interface Loaded {
  model: EmbeddingModel;
  vectors: VectorReader;
  recent: RecentVectors;
  bits: SignBits;
  /** Of the model, up to which its vectors were read. */
  changes: number;
}

export function createVectorIndex(db: ReadableDb): VectorIndex {
  const models = createEmbeddingReader(db);
  const tombstones = createTombstoneReader(db);
  const scan = createHammingScan();
  const greatest = db.prepare<[], number | null>('SELECT max(pk) FROM observations').pluck();
  const isEmbedded = db
    .prepare<[number, number], number>('SELECT 1 FROM embeddings WHERE observation_pk = ? AND model_pk = ?')
    .pluck();
  const changed = db
    .prepare<[number, number], number>('SELECT observation_pk FROM embeddings WHERE model_pk = ? AND change > ?')
    .pluck();
  let loaded: Loaded | null = null;

  function load(model: EmbeddingModel): Loaded {
    const vectors = createVectorReader(db, model);
    const bits = createSignBits(model.dimension);
    bits.reserve(greatest.get() ?? 0);
    tombstones.skip();
    vectors.each((pk, bytes, start) => bits.set(pk, bytes, start));
    // What a deleted session left behind and nobody has swept yet.
    for (const pk of tombstones.unswept()) if (isEmbedded.get(pk, model.pk) === undefined) bits.clear(pk);
    return { model, vectors, recent: createRecentVectors(vectors, model.dimension), bits, changes: model.changes };
  }

  function takeChanges(known: Loaded, changes: number): void {
    const pks = changed.all(known.model.pk, known.changes);
    const found = new Set<number>();
    for (const [pk, vector] of known.vectors.read(pks)) {
      known.bits.set(pk, vector, 0);
      found.add(pk);
    }
    for (const pk of pks) {
      known.recent.forget(pk);
      if (!found.has(pk)) known.bits.clear(pk);
    }
    known.changes = changes;
  }

  function catchUp(): void {
    const model = models.active();
    if (model === null) {
      loaded = null;
      return;
    }
    if (loaded === null || loaded.model.pk !== model.pk) {
      loaded = load(model);
      return;
    }
    const deleted = tombstones.next();
    if (deleted === null) {
      loaded = load(model);
      return;
    }
    // First what is gone: a row that was written again since is among the changes.
    for (const pk of deleted) {
      loaded.recent.forget(pk);
      loaded.bits.clear(pk);
    }
    if (loaded.changes !== model.changes) takeChanges(loaded, model.changes);
  }

  function cosines(query: Float32Array, pks: Iterable<number>): Map<number, number> {
    const found = new Map<number, number>();
    if (loaded === null) return found;
    checkDimension(query, loaded);
    const { bits, recent } = loaded;
    const present = bits.present();
    const length = Math.hypot(...query);
    const wanted = [...pks].filter((pk) => present[pk] === 1);
    recent.read(wanted, (pk, vectors, start) => {
      found.set(pk, length === 0 ? 0 : projection(query, vectors, start) / length);
    });
    return found;
  }

  function candidates({ bits }: Loaded, query: Float32Array, filter: EligibleRows | null, exact: number): Int32Array {
    const signs = new Int32Array(bits.wordsPerRow);
    packSigns(query, 0, query.length, signs, 0);
    const near = scan.nearest(bits, signs, filter, Math.max(exact * estimatedPerExact, leastEstimated));
    if (near.length <= exact) return near;
    const estimate = createSignEstimate(query, wordsFor(query.length));
    const scores = new Float64Array(near.length);
    for (let place = 0; place < near.length; place++) scores[place] = estimate.of(bits, near[place] ?? 0);
    // Equal estimates at the limit: rows of the same text, mostly. The scan has the newest of them first.
    return Int32Array.from(bestFirst(scores, (one, other) => one - other)(exact), (place) => near[place] ?? 0);
  }

  return {
    catchUp: () => db.snapshot(catchUp),
    model() {
      if (loaded === null) return null;
      const { pk, modelId, dimension } = loaded.model;
      return { pk, modelId, dimension };
    },
    nearest(query, filter, count) {
      if (loaded === null || count <= 0) return { pks: new Int32Array(0), cosines: new Float32Array(0) };
      checkDimension(query, loaded);
      const exact = Math.max(count * exactPerWanted, leastExact);
      const best = [...cosines(query, candidates(loaded, query, filter, exact))]
        .toSorted(([one, oneCosine], [other, otherCosine]) => otherCosine - oneCosine || other - one)
        .slice(0, count);
      return {
        pks: Int32Array.from(best, ([pk]) => pk),
        cosines: Float32Array.from(best, ([, cosine]) => cosine),
      };
    },
    cosines,
    vector(pk) {
      const [row] = loaded?.bits.present()[pk] === 1 ? loaded.vectors.read([pk]) : [];
      if (row === undefined) return null;
      const length = Math.hypot(...row[1]);
      return Float32Array.from(row[1], (value) => value / length);
    },
    size: () => loaded?.bits.size() ?? 0,
    bytes: () => (loaded?.bits.bytes() ?? 0) + (loaded?.recent.bytes() ?? 0) + scan.bytes(),
  };
}

function checkDimension(query: Float32Array, { model }: Loaded): void {
  if (query.length === model.dimension) return;
  throw new RangeError(`${model.modelId} has ${model.dimension} dimensions, the query ${query.length}.`);
}

/** The length of the query in the direction of the row whose numbers begin at `start`. */
function projection(query: Float32Array, rows: Int8Array, start: number): number {
  let product = 0;
  let square = 0;
  for (let index = 0; index < query.length; index++) {
    const value = rows[start + index] ?? 0;
    product += (query[index] ?? 0) * value;
    square += value * value;
  }
  return product / Math.sqrt(square);
}
