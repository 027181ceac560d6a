import type { Migration } from './migration.ts';

/** Programs that use the memory, what they can call, and how the memory grew. */
export const agentsAndTools: Migration = {
  version: 14,
  name: 'agents and tools',
  up: `
    -- The table agents holds the subagents of sessions; these are the programs themselves, by the name that sessions carry.
    CREATE TABLE agent_programs (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL UNIQUE,
      description TEXT,
      metadata TEXT NOT NULL DEFAULT '{}',
      disabled_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE tools (
      name TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      input_schema TEXT NOT NULL,
      source TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tool_usage (
      name TEXT PRIMARY KEY,
      count INTEGER NOT NULL,
      failure_count INTEGER NOT NULL,
      total_ms REAL NOT NULL,
      last_used_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- One row a day (its midnight in the worker's time zone): how much there was at its end.
    CREATE TABLE stats_snapshots (
      day INTEGER PRIMARY KEY,
      sessions INTEGER NOT NULL,
      observations INTEGER NOT NULL,
      learnings INTEGER NOT NULL,
      memories INTEGER NOT NULL,
      database_bytes INTEGER NOT NULL
    ) STRICT;
  `,
};
