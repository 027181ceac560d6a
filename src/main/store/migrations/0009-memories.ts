import type { Migration } from './migration.ts';

/** What somebody asked to be remembered. */
export const memories: Migration = {
  version: 9,
  name: 'memories',
  up: `
    CREATE TABLE memories (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL CHECK (type IN ('working', 'episodic', 'semantic', 'procedural')),
      project_pk INTEGER REFERENCES projects (pk) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      access_count INTEGER NOT NULL DEFAULT 0,
      last_accessed_at INTEGER,
      seen_count INTEGER NOT NULL DEFAULT 1,
      expires_at INTEGER,
      archived_at INTEGER,
      forgotten_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX memories_by_time ON memories (updated_at DESC, pk DESC);
    CREATE INDEX memories_by_project ON memories (project_pk);
    CREATE INDEX memories_by_expiry ON memories (expires_at) WHERE expires_at IS NOT NULL;

    -- One row a version; it held from valid_from to valid_to (null: it still does).
    CREATE TABLE memory_versions (
      memory_pk INTEGER NOT NULL REFERENCES memories (pk) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      text TEXT NOT NULL,
      text_hash BLOB NOT NULL,
      tags TEXT NOT NULL,
      metadata TEXT NOT NULL,
      importance REAL NOT NULL,
      valid_from INTEGER NOT NULL,
      valid_to INTEGER,
      PRIMARY KEY (memory_pk, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX memory_versions_by_text ON memory_versions (text_hash);

    -- What was handed to an agent tells of these, too.
    ALTER TABLE injection_lines ADD COLUMN learning_pk INTEGER REFERENCES learnings (pk) ON DELETE SET NULL;
    ALTER TABLE injection_lines ADD COLUMN memory_pk INTEGER REFERENCES memories (pk) ON DELETE SET NULL;
    CREATE INDEX injection_lines_by_learning ON injection_lines (learning_pk) WHERE learning_pk IS NOT NULL;
    CREATE INDEX injection_lines_by_memory ON injection_lines (memory_pk) WHERE memory_pk IS NOT NULL;
    CREATE TRIGGER memories_take_what_was_told BEFORE DELETE ON memories BEGIN
      DELETE FROM injections WHERE pk IN (SELECT injection_pk FROM injection_lines WHERE memory_pk = old.pk);
    END;
  `,
};
