import type { ReadableDb, VectorBackend, WritableDb } from '../database.ts';

/** The table that holds a model's vectors. */
export interface VectorPlace {
  /** Of the model. */
  pk: number;
  dimension: number;
  backend: VectorBackend;
}

/**
 * Rows of one chunk of a sqlite-vec table. Fewer than the default of 1,024, so that a row rewrites less: 10 µs instead of 13 in
 * a trial with 10,000 rows in commits of 64. What a row costs with this number bench/vectors tells.
 */
const rowsPerChunk = 64;

export function vectorTableName({ pk }: Pick<VectorPlace, 'pk'>): string {
  return `embedding_vectors_${pk}`;
}

/**
 * A unit vector as it is stored: v * 127 / max|v|, which loses nothing measurable of the cosine. Null for one without a
 * direction, or with numbers that are none.
 */
export function quantise(vector: Float32Array): Int8Array | null {
  let greatest = 0;
  for (const value of vector) {
    if (!Number.isFinite(value)) return null;
    greatest = Math.max(greatest, Math.abs(value));
  }
  if (greatest === 0) return null;
  return Int8Array.from(vector, (value) => Math.round((value * 127) / greatest));
}

export function makeVectorTable(db: WritableDb, place: VectorPlace): void {
  const name = vectorTableName(place);
  db.exec(
    place.backend === 'sqlite-vec'
      ? `CREATE VIRTUAL TABLE ${name} USING vec0 (pk INTEGER PRIMARY KEY, vector int8[${place.dimension}], chunk_size=${rowsPerChunk})`
      : `CREATE TABLE ${name} (pk INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT`,
  );
}

export interface VectorWriter {
  put(pk: number, vector: Int8Array): void;
  /** Does nothing when there is none. */
  remove(pk: number): void;
}

/** Writes a model's vectors; its backend must be one that this connection has. */
export function createVectorWriter(db: WritableDb, place: VectorPlace): VectorWriter {
  const name = vectorTableName(place);
  const isVec = place.backend === 'sqlite-vec';
  // Numbers are bound as floats, which sqlite-vec does not take for keys. It has no REPLACE, and its UPDATE knows no int8.
  const remove = db.prepare<[number]>(`DELETE FROM ${name} WHERE pk = CAST(? AS INTEGER)`);
  const insert = db.prepare<[number, Int8Array]>(
    `INSERT INTO ${name} (pk, vector) VALUES (CAST(? AS INTEGER), ${isVec ? 'vec_int8(?)' : '?'})`,
  );
  return {
    put(pk, vector) {
      remove.run(pk);
      insert.run(pk, vector);
    },
    remove: (pk) => void remove.run(pk),
  };
}

export interface VectorReader {
  /** Those that are there, in no order. */
  read(pks: Iterable<number>): [pk: number, vector: Int8Array][];
  /** Hands over every vector: bytes `start` to `start + dimension`, valid during the call only. */
  each(take: (pk: number, bytes: Int8Array, start: number) => void): void;
}

type Row = [pk: number, vector: Uint8Array];
type Chunk = [validity: Uint8Array, rowids: Uint8Array, vectors: Uint8Array];

/** Reads a model's vectors, those of sqlite-vec also where it cannot be loaded. Throws when the table is gone. */
export function createVectorReader(db: ReadableDb, place: VectorPlace): VectorReader {
  const name = vectorTableName(place);
  const isVec = place.backend === 'sqlite-vec';
  const hasModule = !isVec || db.vectorBackend === 'sqlite-vec';
  const some = db
    .prepare<[string], Row>(
      hasModule
        ? `SELECT t.pk, t.vector FROM json_each(?) e CROSS JOIN ${name} t ON t.pk = e.value`
        : `SELECT r.rowid, substr(c.vectors, r.chunk_offset * ${place.dimension} + 1, ${place.dimension})
           FROM json_each(?) e CROSS JOIN ${name}_rowids r ON r.rowid = e.value
           CROSS JOIN ${name}_vector_chunks00 c ON c.rowid = r.chunk_id`,
    )
    .raw(true);

  function read(pks: Iterable<number>): [number, Int8Array][] {
    return some
      .all(JSON.stringify([...pks]))
      .filter(([, vector]) => vector.length === place.dimension)
      .map(([pk, vector]) => [pk, asSigned(vector)]);
  }

  function eachRow(take: (pk: number, bytes: Int8Array, start: number) => void): void {
    const all = db.prepare<[], Row>(`SELECT pk, vector FROM ${name}`).raw(true);
    for (const [pk, vector] of all.iterate()) {
      if (vector.length === place.dimension) take(pk, asSigned(vector), 0);
    }
  }

  function eachChunk(take: (pk: number, bytes: Int8Array, start: number) => void): void {
    const chunks = db
      .prepare<[], Chunk>(
        `SELECT c.validity, c.rowids, v.vectors FROM ${name}_chunks c
         JOIN ${name}_vector_chunks00 v ON v.rowid = c.chunk_id`,
      )
      .raw(true);
    for (const [validity, rowids, vectors] of chunks.iterate()) {
      const bytes = asSigned(vectors);
      const keys = new DataView(rowids.buffer, rowids.byteOffset, rowids.byteLength);
      for (let row = 0; row < validity.length * 8; row++) {
        if ((((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0) continue;
        take(Number(keys.getBigInt64(row * 8, true)), bytes, row * place.dimension);
      }
    }
  }

  return {
    read,
    each(take) {
      // Through the virtual table every row is looked up by its key: 29 ms instead of 2 in a trial with 10,000 rows.
      if (isVec && (!hasModule || hasKnownLayout(db, place))) eachChunk(take);
      else eachRow(take);
    },
  };
}

/** Whether chunks are laid out as eachChunk reads them; another version of sqlite-vec might change that. */
function hasKnownLayout(db: ReadableDb, place: VectorPlace): boolean {
  const name = vectorTableName(place);
  try {
    const unlike = db
      .prepare<[number], number>(
        // In this order each chunk is sought; the other way round all of them are walked for each (15 s at a million rows).
        `SELECT (SELECT count(*) FROM ${name}_chunks) - count(*)
         FROM ${name}_vector_chunks00 v CROSS JOIN ${name}_chunks c ON c.chunk_id = v.rowid
         WHERE length(c.validity) * 8 = c.size AND length(c.rowids) = c.size * 8 AND length(v.vectors) = c.size * ?`,
      )
      .pluck();
    if (unlike.get(place.dimension) !== 0) return false;
    const sample = db
      .prepare<[], Row>(
        `SELECT r.rowid, substr(c.vectors, r.chunk_offset * ${place.dimension} + 1, ${place.dimension})
         FROM (SELECT rowid, chunk_id, chunk_offset FROM ${name}_rowids ORDER BY rowid DESC LIMIT 1) r
         CROSS JOIN ${name}_vector_chunks00 c ON c.rowid = r.chunk_id`,
      )
      .raw(true)
      .get();
    if (sample === undefined) return true;
    const told = db.prepare<[number], Uint8Array>(`SELECT vector FROM ${name} WHERE pk = CAST(? AS INTEGER)`).pluck();
    return Buffer.compare(sample[1], told.get(sample[0]) ?? new Uint8Array(0)) === 0;
  } catch {
    return false;
  }
}

function asSigned(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
