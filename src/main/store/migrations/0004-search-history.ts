import type { Migration } from './migration.ts';

/** Queries that led somewhere, for completion, kept on this machine only, as everything; and observations by concept. */
export const searchHistory: Migration = {
  version: 4,
  name: 'search-history',
  up: `
    CREATE TABLE search_history (
      query TEXT PRIMARY KEY,
      used_at INTEGER NOT NULL,
      count INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX search_history_by_use ON search_history (used_at DESC);

    CREATE TABLE tags (
      pk INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE observation_tags (
      tag_pk INTEGER NOT NULL REFERENCES tags (pk) ON DELETE CASCADE,
      observation_pk INTEGER NOT NULL REFERENCES observations (pk) ON DELETE CASCADE,
      PRIMARY KEY (tag_pk, observation_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX observation_tags_by_observation ON observation_tags (observation_pk);
    INSERT OR IGNORE INTO tags (name)
      SELECT concept.value FROM observations, json_each(observations.concepts) AS concept;
    INSERT OR IGNORE INTO observation_tags (tag_pk, observation_pk)
      SELECT tags.pk, observations.pk
        FROM observations, json_each(observations.concepts) AS concept JOIN tags ON tags.name = concept.value;
  `,
};
