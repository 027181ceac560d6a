import type { Migration } from './migration.ts';

/** What turns, sessions and weeks came to; all versions are kept. */
export const summaries: Migration = {
  version: 7,
  name: 'summaries',
  up: `
    -- subject: 'turn:<session pk>:<prompt id>', 'session:<session pk>' or 'week:<project pk>:<monday>'.
    -- content: a SummaryContent as JSON. input_hash: of what it was made from, so that nothing is made twice.
    -- is_chosen: a person made it the current one; it stays so for as long as what it was made from does not change.
    CREATE TABLE summaries (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      subject TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('turn', 'session', 'week')),
      project_pk INTEGER NOT NULL REFERENCES projects (pk) ON DELETE CASCADE,
      session_pk INTEGER REFERENCES sessions (pk) ON DELETE CASCADE,
      prompt_id TEXT,
      week TEXT,
      version INTEGER NOT NULL,
      is_current INTEGER NOT NULL CHECK (is_current IN (0, 1)),
      is_chosen INTEGER NOT NULL DEFAULT 0 CHECK (is_chosen IN (0, 1)),
      source TEXT NOT NULL CHECK (source IN ('extractive', 'model', 'client')),
      model TEXT,
      prompt_version TEXT,
      input_hash BLOB NOT NULL,
      title TEXT NOT NULL,
      content TEXT NOT NULL,
      occurred_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      UNIQUE (subject, version)
    ) STRICT;
    CREATE UNIQUE INDEX summaries_current ON summaries (subject) WHERE is_current = 1;
    CREATE INDEX summaries_by_session ON summaries (session_pk, scope, occurred_at);
    CREATE INDEX summaries_by_project ON summaries (project_pk, scope, occurred_at DESC);
    CREATE INDEX summaries_by_time ON summaries (occurred_at DESC, pk DESC) WHERE is_current = 1;

    -- They keep the words of what they tell of, so they go with it, and what is left is told anew. Triggers, so that a cascade
    -- takes them along too. A week is kept under its Monday; eight days, for one of them may have 25 hours.
    CREATE TRIGGER observations_take_summaries BEFORE DELETE ON observations BEGIN
      DELETE FROM summaries WHERE session_pk = old.session_pk;
      DELETE FROM summaries WHERE project_pk = old.project_pk AND scope = 'week'
        AND occurred_at > (SELECT started_at FROM sessions WHERE pk = old.session_pk) - 691200000
        AND occurred_at <= (SELECT last_event_at FROM sessions WHERE pk = old.session_pk);
    END;
    CREATE TRIGGER sessions_take_summaries BEFORE DELETE ON sessions BEGIN
      DELETE FROM summaries WHERE project_pk = old.project_pk AND scope = 'week'
        AND occurred_at > old.started_at - 691200000 AND occurred_at <= old.last_event_at;
    END;
  `,
};
