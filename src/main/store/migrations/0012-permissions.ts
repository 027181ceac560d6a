import type { Migration } from './migration.ts';

/** What agents asked leave for, and the rules that answer. */
export const permissions: Migration = {
  version: 12,
  name: 'permissions',
  up: `
    CREATE TABLE permission_rules (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny', 'ask')),
      tool TEXT NOT NULL,
      pattern TEXT,
      project_pk INTEGER REFERENCES projects (pk) ON DELETE CASCADE,
      message TEXT,
      enabled INTEGER NOT NULL,
      use_count INTEGER NOT NULL DEFAULT 0,
      last_used_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX permission_rules_by_project ON permission_rules (project_pk);

    CREATE TABLE permission_requests (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      session_pk INTEGER NOT NULL REFERENCES sessions (pk) ON DELETE CASCADE,
      agent_id TEXT,
      cwd TEXT NOT NULL,
      tool TEXT NOT NULL,
      summary TEXT NOT NULL,
      input TEXT NOT NULL,
      allowable INTEGER NOT NULL,
      pattern TEXT,
      permission_mode TEXT,
      state TEXT NOT NULL CHECK (state IN ('pending', 'allowed', 'denied', 'expired', 'withdrawn')),
      decided_by TEXT CHECK (decided_by IN ('person', 'rule')),
      rule_id TEXT,
      message TEXT,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      decided_at INTEGER
    ) STRICT;
    CREATE INDEX permission_requests_by_state ON permission_requests (state, pk DESC);
    CREATE INDEX permission_requests_by_session ON permission_requests (session_pk, pk DESC);
  `,
};
