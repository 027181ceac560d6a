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
      -- Events that came while it was disabled and were not taken.
      dropped_count INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    -- Whoever has a session is known, whichever way the session came. The id is a UUIDv7 of that time.
    CREATE TRIGGER sessions_name_programs AFTER INSERT ON sessions
      WHEN NOT EXISTS (SELECT 1 FROM agent_programs WHERE name = NEW.agent)
    BEGIN
      INSERT INTO agent_programs (id, name, created_at, updated_at)
        SELECT substr(time, 1, 8) || '-' || substr(time, 9) || '-7' || substr(noise, 1, 3) || '-8' || substr(noise, 4, 3) || '-'
            || substr(noise, 7, 12), NEW.agent, at, at
          FROM (SELECT at, printf('%012x', at) AS time, lower(hex(randomblob(9))) AS noise
            FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS at));
    END;
    INSERT INTO agent_programs (id, name, created_at, updated_at)
      SELECT substr(time, 1, 8) || '-' || substr(time, 9) || '-7' || substr(noise, 1, 3) || '-8' || substr(noise, 4, 3) || '-'
          || substr(noise, 7, 12), agent, at, at
        FROM (SELECT agent, at, printf('%012x', at) AS time, lower(hex(randomblob(9))) AS noise
          FROM (SELECT agent, min(started_at) AS at FROM sessions GROUP BY agent));

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

    -- Built-in tools that may not be called.
    CREATE TABLE disabled_tools (
      name TEXT PRIMARY KEY,
      disabled_at INTEGER NOT NULL
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
