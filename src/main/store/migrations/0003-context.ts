import type { Migration } from './migration.ts';

/** What was handed back to agents, what people said about it, and where it is switched off. */
export const context: Migration = {
  version: 3,
  name: 'context',
  up: `
    CREATE TABLE injections (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      session_pk INTEGER NOT NULL REFERENCES sessions (pk) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('startup', 'resume', 'clear', 'compact', 'prompt', 'file')),
      -- Null for the session's main agent; a subagent has a conversation of its own.
      agent_id TEXT,
      prompt_id TEXT,
      prompt TEXT,
      file TEXT,
      text TEXT NOT NULL,
      tokens INTEGER NOT NULL,
      budget_tokens INTEGER NOT NULL,
      occurred_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX injections_by_session ON injections (session_pk, occurred_at DESC, pk DESC);
    CREATE INDEX injections_by_time ON injections (occurred_at DESC, pk DESC);

    CREATE TABLE injection_lines (
      injection_pk INTEGER NOT NULL REFERENCES injections (pk) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      section TEXT NOT NULL,
      reason TEXT NOT NULL,
      text TEXT NOT NULL,
      value REAL NOT NULL,
      tokens INTEGER NOT NULL,
      observation_pk INTEGER REFERENCES observations (pk) ON DELETE SET NULL,
      told_session_pk INTEGER REFERENCES sessions (pk) ON DELETE SET NULL,
      PRIMARY KEY (injection_pk, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX injection_lines_by_observation ON injection_lines (observation_pk);
    CREATE INDEX injection_lines_by_session ON injection_lines (told_session_pk);

    -- What was told keeps the words of what it told of. Before the row goes, because the lines forget then which one it was;
    -- triggers, so that a cascade from a session or a project takes it along too.
    CREATE TRIGGER observations_take_what_was_told BEFORE DELETE ON observations BEGIN
      DELETE FROM injections WHERE pk IN (SELECT injection_pk FROM injection_lines WHERE observation_pk = old.pk);
    END;
    CREATE TRIGGER sessions_take_what_was_told BEFORE DELETE ON sessions BEGIN
      DELETE FROM injections WHERE pk IN (SELECT injection_pk FROM injection_lines WHERE told_session_pk = old.pk);
    END;

    CREATE TABLE observation_marks (
      observation_pk INTEGER PRIMARY KEY REFERENCES observations (pk) ON DELETE CASCADE,
      mark TEXT NOT NULL CHECK (mark IN ('pinned', 'hidden', 'wrong')),
      marked_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE session_marks (
      session_pk INTEGER PRIMARY KEY REFERENCES sessions (pk) ON DELETE CASCADE,
      mark TEXT NOT NULL CHECK (mark IN ('pinned', 'hidden', 'wrong')),
      marked_at INTEGER NOT NULL
    ) STRICT;

    -- One row a scope: project_pk and session_pk are both null for the general choice. Null columns: as the wider scope says.
    CREATE TABLE context_choices (
      pk INTEGER PRIMARY KEY,
      project_pk INTEGER UNIQUE REFERENCES projects (pk) ON DELETE CASCADE,
      session_pk INTEGER UNIQUE REFERENCES sessions (pk) ON DELETE CASCADE,
      context INTEGER,
      recall INTEGER,
      file_history INTEGER,
      budget_tokens INTEGER,
      changed_at INTEGER NOT NULL
    ) STRICT;
  `,
};
