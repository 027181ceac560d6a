import type { Migration } from './migration.ts';

/**
 * Vectors of observations. The vectors themselves are in a table of their own for each model, `embedding_vectors_<model pk>`,
 * which the code makes: of sqlite-vec where it can be loaded, a plain one elsewhere. All of it can be made again.
 */
export const embeddings: Migration = {
  version: 2,
  name: 'embeddings',
  up: `
    -- active: the model that answers searches; building: one that is to take its place once all rows have vectors of it;
    -- retired: one whose vectors are being taken away, some at a time. The same model is there twice while it is made again.
    -- changes: number of the last write to its vectors; it only grows, so that readers can catch up by it.
    -- AUTOINCREMENT: a table that could not be dropped must not be met again by another model.
    CREATE TABLE embedding_models (
      pk INTEGER PRIMARY KEY AUTOINCREMENT,
      model_id TEXT NOT NULL,
      dimension INTEGER NOT NULL,
      backend TEXT NOT NULL CHECK (backend IN ('sqlite-vec', 'table')),
      state TEXT NOT NULL CHECK (state IN ('building', 'active', 'retired')),
      changes INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL
    ) STRICT;

    -- A row without a vector of its own (its text says nothing to the model, or the provider refuses it) is here all the same;
    -- has_vector tells it from one whose vector was lost.
    -- content_hash: of the text that was embedded, so that a row whose text stayed the same costs nothing.
    -- revision: that of the observation whose text it was; change: see embedding_models.changes.
    CREATE TABLE embeddings (
      model_pk INTEGER NOT NULL REFERENCES embedding_models (pk) ON DELETE CASCADE,
      observation_pk INTEGER NOT NULL REFERENCES observations (pk) ON DELETE CASCADE,
      content_hash BLOB NOT NULL,
      has_vector INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      change INTEGER NOT NULL,
      PRIMARY KEY (observation_pk, model_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX embeddings_by_change ON embeddings (model_pk, change);

    -- What was deleted, for readers that keep rows in memory; id grows with each.
    CREATE TABLE observation_tombstones (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      observation_pk INTEGER NOT NULL,
      deleted_at INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER observations_leave_tombstones AFTER DELETE ON observations BEGIN
      INSERT INTO observation_tombstones (observation_pk, deleted_at) VALUES (old.pk, unixepoch('subsec') * 1000);
    END;

    -- Every term with every row that it is indexed under, for the check of the index.
    CREATE VIRTUAL TABLE observation_term_instances USING fts5vocab (observation_terms, instance);

    -- Requests and tokens that an endpoint was sent, a row a day and model; price in millionths of a US dollar.
    CREATE TABLE embedding_usage (
      day TEXT NOT NULL,
      model_id TEXT NOT NULL,
      requests INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      cost_micros INTEGER NOT NULL,
      PRIMARY KEY (day, model_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
