import type { Migration } from './migration.ts';

/**
 * What people delete can be taken back for a while; what was erased does not come back by an import.
 * What is deleted leaves the tables that are read, so that no reader has to leave it out, and lies in `deleted_rows` until then.
 */
export const records: Migration = {
  version: 13,
  name: 'records',
  up: `
    -- What a person called it; goes before the first prompt and the summary.
    ALTER TABLE sessions ADD COLUMN given_title TEXT;

    -- What people corrected, as JSON with the changed fields; a better report of the same event does not undo it.
    CREATE TABLE observation_corrections (
      observation_pk INTEGER PRIMARY KEY REFERENCES observations (pk) ON DELETE CASCADE,
      change TEXT NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;

    -- id: of the session or observation. session_pk: as it was; a session that comes back may get another one.
    CREATE TABLE deletions (
      pk INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('session', 'observation')),
      id TEXT NOT NULL,
      session_id TEXT NOT NULL,
      session_pk INTEGER NOT NULL,
      project_pk INTEGER NOT NULL REFERENCES projects (pk) ON DELETE CASCADE,
      title TEXT,
      deleted_at INTEGER NOT NULL,
      UNIQUE (kind, id)
    ) STRICT;
    CREATE INDEX deletions_by_session ON deletions (session_id);
    CREATE INDEX deletions_by_time ON deletions (deleted_at);
    CREATE INDEX deletions_by_project ON deletions (project_pk);

    -- In the order in which they went. deleted: the whole row; changed: the row before something in it was taken away.
    -- content: JSON by column, blobs in hexadecimal; '$<column>' holds the public id of the session or observation that it names.
    CREATE TABLE deleted_rows (
      pk INTEGER PRIMARY KEY,
      deletion_pk INTEGER NOT NULL REFERENCES deletions (pk) ON DELETE CASCADE,
      origin TEXT NOT NULL,
      action TEXT NOT NULL CHECK (action IN ('deleted', 'changed')),
      content TEXT NOT NULL
    ) STRICT;
    CREATE INDEX deleted_rows_by_deletion ON deleted_rows (deletion_pk, pk);
    -- Whoever is erased is looked for in what others keep of a few tables; without reading all that they keep.
    CREATE INDEX deleted_rows_by_origin ON deleted_rows (origin, action);

    -- What a deleted session still reports, until it comes back or is erased.
    CREATE TABLE held_events (
      pk INTEGER PRIMARY KEY,
      event_key BLOB NOT NULL,
      source TEXT NOT NULL,
      session_id TEXT NOT NULL,
      event TEXT NOT NULL,
      UNIQUE (event_key, source)
    ) STRICT;
    CREATE INDEX held_events_by_session ON held_events (session_id);

    -- What no report brings back: 'session:<id>' or 'event:<event key in hexadecimal>'.
    CREATE TABLE suppressions (
      key TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Lists over all sessions, the newest first; with what they are filtered by, so that counting reads no row.
    CREATE INDEX observations_by_time ON observations (occurred_at, pk, type, failed, tool, session_pk, project_pk);
    CREATE INDEX prompts_by_time ON prompts (occurred_at, pk);
    CREATE INDEX messages_by_time ON messages (occurred_at, pk, session_pk);
  `,
};
