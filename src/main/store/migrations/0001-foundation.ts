import type { Migration } from './migration.ts';

/**
 * The ledger and its views.
 * `events` is what was received and is never rewritten by a view; every other table but `configurations`, `api_keys` and
 * `capture_pauses` can be made again from it.
 * Times are milliseconds since 1970. `pk` is the row id, used inside the file only; `id` is what the wire sees.
 */
export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  up: `
    CREATE TABLE projects (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      root TEXT NOT NULL,
      remote TEXT,
      created_at INTEGER NOT NULL,
      last_event_at INTEGER NOT NULL
    ) STRICT;

    -- 'git:<common dir>', 'remote:<normalised url>' or 'path:<folder>': one project may answer to several.
    CREATE TABLE project_aliases (
      alias TEXT PRIMARY KEY,
      project_pk INTEGER NOT NULL REFERENCES projects (pk) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX project_aliases_by_project ON project_aliases (project_pk);

    CREATE TABLE sessions (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      project_pk INTEGER NOT NULL REFERENCES projects (pk) ON DELETE CASCADE,
      agent TEXT NOT NULL,
      cwd TEXT NOT NULL,
      branch TEXT,
      transcript_path TEXT,
      model TEXT,
      title TEXT,
      status TEXT NOT NULL CHECK (status IN ('active', 'ended')),
      end_reason TEXT,
      started_at INTEGER NOT NULL,
      last_event_at INTEGER NOT NULL,
      ended_at INTEGER,
      prompt_count INTEGER NOT NULL DEFAULT 0,
      observation_count INTEGER NOT NULL DEFAULT 0,
      failure_count INTEGER NOT NULL DEFAULT 0,
      conclusion TEXT,
      context_given_at INTEGER
    ) STRICT;
    CREATE INDEX sessions_by_time ON sessions (last_event_at DESC, pk DESC);
    CREATE INDEX sessions_by_project ON sessions (project_pk, last_event_at DESC, pk DESC);

    CREATE TABLE agents (
      pk INTEGER PRIMARY KEY,
      session_pk INTEGER NOT NULL REFERENCES sessions (pk) ON DELETE CASCADE,
      id TEXT NOT NULL,
      type TEXT,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      UNIQUE (session_pk, id)
    ) STRICT;

    -- event_key: 4 bytes of the session's hash, then 12 bytes of a hash over what identifies the event, whoever reports it.
    -- Keys of one session lie together, so that a commit touches few pages of their index.
    -- source_rank: batch 1, transcript 2, hook 3; a better source replaces the payload of a lesser one.
    CREATE TABLE events (
      pk INTEGER PRIMARY KEY,
      event_key BLOB NOT NULL UNIQUE,
      source TEXT NOT NULL,
      source_rank INTEGER NOT NULL,
      name TEXT NOT NULL,
      session_pk INTEGER REFERENCES sessions (pk) ON DELETE CASCADE,
      prompt_id TEXT,
      tool_use_id TEXT,
      agent_id TEXT,
      occurred_at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      original_bytes INTEGER NOT NULL,
      payload TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_by_session ON events (session_pk, pk);

    -- Last arrival of each kind of hook, repeated ones included; counted here because counting events costs a scan.
    CREATE TABLE hook_activity (
      name TEXT PRIMARY KEY,
      last_at INTEGER NOT NULL,
      count INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE prompts (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      session_pk INTEGER NOT NULL REFERENCES sessions (pk) ON DELETE CASCADE,
      event_pk INTEGER NOT NULL UNIQUE REFERENCES events (pk) ON DELETE CASCADE,
      prompt_id TEXT,
      text TEXT NOT NULL,
      occurred_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX prompts_by_session ON prompts (session_pk, occurred_at, pk);

    CREATE TABLE messages (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      session_pk INTEGER NOT NULL REFERENCES sessions (pk) ON DELETE CASCADE,
      event_pk INTEGER NOT NULL UNIQUE REFERENCES events (pk) ON DELETE CASCADE,
      prompt_id TEXT,
      agent_id TEXT,
      role TEXT NOT NULL CHECK (role IN ('assistant', 'summary')),
      is_final INTEGER NOT NULL CHECK (is_final IN (0, 1)),
      text TEXT NOT NULL,
      occurred_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX messages_by_session ON messages (session_pk, occurred_at, pk);

    -- revision: the event_log id of the last change; readers that keep rows in memory catch up by it.
    CREATE TABLE observations (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      session_pk INTEGER NOT NULL REFERENCES sessions (pk) ON DELETE CASCADE,
      project_pk INTEGER NOT NULL REFERENCES projects (pk) ON DELETE CASCADE,
      event_pk INTEGER NOT NULL UNIQUE REFERENCES events (pk) ON DELETE CASCADE,
      type TEXT NOT NULL,
      tool TEXT,
      agent_id TEXT,
      prompt_id TEXT,
      title TEXT NOT NULL,
      subtitle TEXT,
      facts TEXT NOT NULL DEFAULT '[]',
      narrative TEXT,
      concepts TEXT NOT NULL DEFAULT '[]',
      files_read TEXT NOT NULL DEFAULT '[]',
      files_changed TEXT NOT NULL DEFAULT '[]',
      importance REAL NOT NULL,
      failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
      duration_ms INTEGER,
      occurred_at INTEGER NOT NULL,
      term_count INTEGER NOT NULL,
      revision INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX observations_by_session ON observations (session_pk, occurred_at, pk);
    -- With type and importance, so that a session's context chooses its observations without reading them.
    CREATE INDEX observations_by_project ON observations (project_pk, occurred_at, type, importance);
    CREATE INDEX observations_by_revision ON observations (revision);

    CREATE TABLE files (
      pk INTEGER PRIMARY KEY,
      path TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE observation_files (
      file_pk INTEGER NOT NULL REFERENCES files (pk) ON DELETE CASCADE,
      observation_pk INTEGER NOT NULL REFERENCES observations (pk) ON DELETE CASCADE,
      PRIMARY KEY (file_pk, observation_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX observation_files_by_observation ON observation_files (observation_pk);

    -- Rowid = observations.pk. Text arrives as terms joined by spaces, made by search/terms; so the tokenizer only splits.
    -- No positions are kept (detail = none): how often a term occurs is told by the marked terms of search/lexical-index.
    CREATE VIRTUAL TABLE observation_terms USING fts5 (
      terms, content = '', contentless_delete = 1, detail = 'none', tokenize = "ascii tokenchars '._'"
    );
    CREATE VIRTUAL TABLE observation_term_counts USING fts5vocab (observation_terms, row);

    -- One row a transcript file: how far it was read, and what the next line needs to know.
    CREATE TABLE transcripts (
      path TEXT PRIMARY KEY,
      session_pk INTEGER REFERENCES sessions (pk) ON DELETE CASCADE,
      inode TEXT NOT NULL,
      offset_bytes INTEGER NOT NULL,
      state TEXT NOT NULL,
      read_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE event_log (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      type TEXT NOT NULL,
      at INTEGER NOT NULL,
      project_pk INTEGER REFERENCES projects (pk) ON DELETE CASCADE,
      session_pk INTEGER REFERENCES sessions (pk) ON DELETE CASCADE,
      data TEXT NOT NULL
    ) STRICT;

    CREATE TABLE configurations (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE capture_pauses (
      started_at INTEGER PRIMARY KEY,
      ended_at INTEGER
    ) STRICT;

    -- Keys are kept as SHA-256, never in clear.
    CREATE TABLE api_keys (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('viewer')),
      key_hash BLOB NOT NULL UNIQUE,
      scopes TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
