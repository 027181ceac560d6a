import type { Migration } from './migration.ts';

/** Work that survives the worker. */
export const jobs: Migration = {
  version: 5,
  name: 'jobs',
  up: `
    -- lease: of the claim that runs it, until leased_until; a job whose lease ran out is claimed again.
    -- payload and result hold ids, scopes and counts, never what was captured.
    CREATE TABLE task_queue (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      payload TEXT NOT NULL,
      project_pk INTEGER REFERENCES projects (pk) ON DELETE CASCADE,
      session_pk INTEGER REFERENCES sessions (pk) ON DELETE CASCADE,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'parked', 'cancelled')),
      priority INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      run_after INTEGER NOT NULL,
      lease TEXT,
      leased_until INTEGER,
      progress_done INTEGER,
      progress_total INTEGER,
      failure_class TEXT,
      failure_message TEXT,
      failed_at INTEGER,
      result TEXT,
      created_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER
    ) STRICT;
    -- The same work is queued once.
    CREATE UNIQUE INDEX task_queue_by_key ON task_queue (key) WHERE state = 'waiting';
    -- And never done twice at the same time.
    CREATE UNIQUE INDEX task_queue_running_by_key ON task_queue (key) WHERE state = 'running';
    -- By kind, so that a long queue of a kind that is busy is not read to find the next of another one.
    CREATE INDEX task_queue_by_turn ON task_queue (kind, priority DESC, run_after, pk) WHERE state = 'waiting';
    CREATE INDEX task_queue_by_time ON task_queue (run_after) WHERE state = 'waiting';
    CREATE INDEX task_queue_by_end ON task_queue (ended_at DESC, pk DESC);
    CREATE INDEX task_queue_by_session ON task_queue (session_pk);
    CREATE INDEX task_queue_by_project ON task_queue (project_pk);

    -- Only where a person chose something else than what ships with the app.
    CREATE TABLE job_kinds (
      kind TEXT PRIMARY KEY,
      paused INTEGER,
      concurrency INTEGER
    ) STRICT, WITHOUT ROWID;
    -- cron, enabled: null as it ships. counted_from: runs that were due after it, and after last_at, were missed.
    CREATE TABLE job_schedules (
      kind TEXT PRIMARY KEY,
      cron TEXT,
      enabled INTEGER,
      counted_from INTEGER NOT NULL,
      last_at INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
};
