import type { ReadableDb, VectorBackend, WritableDb } from '../database.ts';
import { createVectorWriter, makeVectorTable, quantise, vectorTableName, type VectorWriter } from './vectors.ts';

export type ModelState = 'building' | 'active' | 'retired';

/** One set of vectors: a model in a backend. */
export interface EmbeddingModel {
  pk: number;
  modelId: string;
  dimension: number;
  backend: VectorBackend;
  state: ModelState;
  /** Grows with each write to its vectors. */
  changes: number;
}

/** A row as it was embedded. */
export interface EmbeddedRow {
  pk: number;
  /** Of the observation when its text was read. */
  revision: number;
  contentHash: Uint8Array;
  /**
   * A unit vector, or what `quantise` made of one; null when there is none for this text. A view of a larger buffer
   * takes the whole of it along from thread to thread.
   */
  vector: Float32Array | Int8Array | null;
}

interface ModelRow {
  pk: number;
  model_id: string;
  dimension: number;
  backend: VectorBackend;
  state: ModelState;
  changes: number;
}

const modelColumns = 'pk, model_id, dimension, backend, state, changes';

function toModel(row: ModelRow): EmbeddingModel {
  return {
    pk: row.pk,
    modelId: row.model_id,
    dimension: row.dimension,
    backend: row.backend,
    state: row.state,
    changes: row.changes,
  };
}

/** The models and how far they are, for readers. */
export function createEmbeddingReader(db: ReadableDb) {
  const all = db.prepare<[], ModelRow>(`SELECT ${modelColumns} FROM embedding_models ORDER BY pk`);
  const active = db.prepare<[], ModelRow>(`SELECT ${modelColumns} FROM embedding_models WHERE state = 'active'`);
  const vectors = db.prepare<[number], number>('SELECT count(*) FROM embeddings WHERE model_pk = ?').pluck();
  const observations = db.prepare<[], number>('SELECT count(*) FROM observations').pluck();
  return {
    models: () => all.all().map(toModel),
    /** The model that answers searches; null while there is none. */
    active(): EmbeddingModel | null {
      const row = active.get();
      return row === undefined ? null : toModel(row);
    },
    /** Rows that were embedded, those included whose text has changed since, and all there are. */
    counts: (modelPk: number) => ({ done: vectors.get(modelPk) ?? 0, total: observations.get() ?? 0 }),
  };
}

export interface EmbeddingWriter {
  models(): EmbeddingModel[];
  /** The set of this model that is active or being built in the backend that this file is opened with, or a new one. */
  ensure(modelId: string, dimension: number, at: number): EmbeddingModel;
  /** A new set in state `building`, beside one of the same model if there is one. */
  create(modelId: string, dimension: number, at: number): EmbeddingModel;
  /** Lets it answer searches; the set that did so is retired. False when there is no such set. */
  activate(modelPk: number): boolean;
  /** Takes a set out of use; `clearRetired` takes its vectors away. */
  retire(modelPk: number): void;
  /** Takes away up to `limit` vectors of retired sets; true when some are left. */
  clearRetired(limit: number): boolean;
  /** Stores what was embedded; skips rows that are gone or have changed since. Answers how many were stored. */
  put(modelPk: number, rows: readonly EmbeddedRow[]): number;
  /** For rows whose changed text hashes as before: their vector stays. */
  confirm(modelPk: number, rows: readonly Pick<EmbeddedRow, 'pk' | 'revision'>[]): void;
  /** Takes the vectors of these rows away, of all models. */
  remove(pks: Iterable<number>): void;
  /** The same for rows that are no longer known to be embedded. */
  removeOrphans(pks: Iterable<number>): void;
}

/** Keeps the sets of vectors; to be used inside the writer's transaction. */
export function createEmbeddingWriter(db: WritableDb): EmbeddingWriter {
  const all = db.prepare<[], ModelRow>(`SELECT ${modelColumns} FROM embedding_models ORDER BY pk`);
  const one = db.prepare<[number], ModelRow>(`SELECT ${modelColumns} FROM embedding_models WHERE pk = ?`);
  const usable = db.prepare<[string, number, string], ModelRow>(`
    SELECT ${modelColumns} FROM embedding_models
    WHERE model_id = ? AND dimension = ? AND backend = ? AND state <> 'retired' ORDER BY state = 'active' DESC, pk DESC`);
  const insert = db.prepare<[string, number, string, number]>(`
    INSERT INTO embedding_models (model_id, dimension, backend, state, created_at) VALUES (?, ?, ?, 'building', ?)`);
  const setState = db.prepare<[ModelState, number]>('UPDATE embedding_models SET state = ? WHERE pk = ?');
  const retireOthers = db.prepare<[number]>(
    "UPDATE embedding_models SET state = 'retired' WHERE state = 'active' AND pk <> ?",
  );
  const drop = db.prepare<[number]>('DELETE FROM embedding_models WHERE pk = ?');
  const nextChange = db
    .prepare<[number], number>('UPDATE embedding_models SET changes = changes + 1 WHERE pk = ? RETURNING changes')
    .pluck();
  const revision = db.prepare<[number], number>('SELECT revision FROM observations WHERE pk = ?').pluck();
  const record = db.prepare<[number, number, Uint8Array, 0 | 1, number, number]>(`
    INSERT INTO embeddings (model_pk, observation_pk, content_hash, has_vector, revision, change) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (observation_pk, model_pk) DO UPDATE
    SET content_hash = excluded.content_hash, has_vector = excluded.has_vector, revision = excluded.revision,
      change = excluded.change`);
  const confirm = db.prepare<[number, number, number]>(
    'UPDATE embeddings SET revision = ? WHERE model_pk = ? AND observation_pk = ?',
  );
  const forget = db.prepare<[number]>('DELETE FROM embeddings WHERE observation_pk = ?');
  const known = db.prepare<[number, number], number>(
    'SELECT 1 FROM embeddings WHERE observation_pk = ? AND model_pk = ?',
  );
  const someOf = db.prepare<[number, number], number>(
    'SELECT observation_pk FROM embeddings WHERE model_pk = ? ORDER BY change LIMIT ?',
  );
  const forgetOne = db.prepare<[number, number]>('DELETE FROM embeddings WHERE observation_pk = ? AND model_pk = ?');
  const strays = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE embedding_vectors_%'
       AND name NOT IN (SELECT 'embedding_vectors_' || pk FROM embedding_models)`,
    )
    .pluck();
  const writers = new Map<number, VectorWriter>();

  function models(): EmbeddingModel[] {
    return all.all().map(toModel);
  }

  /** Vectors of sqlite-vec cannot be written where it cannot be loaded. */
  function isWritable(model: EmbeddingModel): boolean {
    return model.backend === 'table' || db.vectorBackend === 'sqlite-vec';
  }

  function writerOf(model: EmbeddingModel): VectorWriter {
    const made = writers.get(model.pk) ?? createVectorWriter(db, model);
    writers.set(model.pk, made);
    return made;
  }

  function create(modelId: string, dimension: number, at: number): EmbeddingModel {
    const pk = Number(insert.run(modelId, dimension, db.vectorBackend, at).lastInsertRowid);
    const model = { pk, modelId, dimension, backend: db.vectorBackend, state: 'building', changes: 0 } as const;
    makeVectorTable(db, model);
    return model;
  }

  /** Forgets which rows were embedded first, so that a table that is cleared in steps holds no vector without its row. */
  function clear(model: EmbeddingModel, limit: number): number {
    const pks = someOf.pluck().all(model.pk, limit);
    const vectors = isWritable(model) ? writerOf(model) : null;
    for (const pk of pks) {
      vectors?.remove(pk);
      forgetOne.run(pk, model.pk);
    }
    if (pks.length < limit) {
      writers.delete(model.pk);
      dropTable(model);
      drop.run(model.pk);
    }
    return pks.length;
  }

  /** Without its module a virtual table cannot be dropped, but what it keeps its rows in can be emptied. */
  function dropTable(model: EmbeddingModel): void {
    const name = vectorTableName(model);
    if (isWritable(model)) db.exec(`DROP TABLE IF EXISTS ${name}`);
    else db.exec(`DELETE FROM ${name}_rowids; DELETE FROM ${name}_chunks; DELETE FROM ${name}_vector_chunks00;`);
  }

  return {
    models,
    ensure(modelId, dimension, at) {
      const row = usable.get(modelId, dimension, db.vectorBackend);
      return row === undefined ? create(modelId, dimension, at) : toModel(row);
    },
    create,
    activate(modelPk) {
      const model = one.get(modelPk);
      if (model === undefined || model.state === 'retired') return false;
      retireOthers.run(modelPk);
      setState.run('active', modelPk);
      return true;
    },
    retire: (modelPk) => void setState.run('retired', modelPk),
    clearRetired(limit) {
      let left = limit;
      for (const model of models()) {
        if (model.state !== 'retired') continue;
        left -= clear(model, left);
        if (left <= 0) return true;
      }
      if (db.vectorBackend === 'sqlite-vec') for (const name of strays.all()) db.exec(`DROP TABLE ${name}`);
      return false;
    },
    put(modelPk, rows) {
      const row = one.get(modelPk);
      const model = row === undefined || row.state === 'retired' ? null : toModel(row);
      if (model === null || !isWritable(model)) return 0;
      const vectors = writerOf(model);
      const change = nextChange.get(modelPk) ?? 0;
      let stored = 0;
      for (const { pk, vector, ...embedded } of rows) {
        if (revision.get(pk) !== embedded.revision) continue;
        const bytes = vector instanceof Float32Array ? quantise(vector) : vector;
        if (bytes !== null && bytes.length !== model.dimension) {
          throw new RangeError(`A vector of ${bytes.length} dimensions does not belong to ${model.modelId}.`);
        }
        if (bytes === null) vectors.remove(pk);
        else vectors.put(pk, bytes);
        record.run(modelPk, pk, embedded.contentHash, bytes === null ? 0 : 1, embedded.revision, change);
        stored++;
      }
      return stored;
    },
    confirm(modelPk, rows) {
      for (const row of rows) if (revision.get(row.pk) === row.revision) confirm.run(row.revision, modelPk, row.pk);
    },
    remove(pks) {
      const writable = models().filter(isWritable).map(writerOf);
      for (const pk of pks) {
        for (const vectors of writable) vectors.remove(pk);
        forget.run(pk);
      }
    },
    removeOrphans(pks) {
      const writable = models().filter(isWritable);
      for (const pk of pks) {
        for (const model of writable) if (known.get(pk, model.pk) === undefined) writerOf(model).remove(pk);
      }
    },
  };
}
