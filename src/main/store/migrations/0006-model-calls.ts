import type { Migration } from './migration.ts';

/** Every call to a language model, what it cost, and what a person says that tokens cost. */
export const modelCalls: Migration = {
  version: 6,
  name: 'model-calls',
  up: `
    -- sent: written before the call, so that one that a crash cut off is known: it has an end and no answer, and costs what it may
    -- have cost at most. reply: kept until its job is done, so that the job can be done again without asking, and paying, twice.
    -- Costs are millionths of a US dollar.
    CREATE TABLE model_calls (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      purpose TEXT NOT NULL,
      job_pk INTEGER REFERENCES task_queue (pk) ON DELETE SET NULL,
      project_pk INTEGER REFERENCES projects (pk) ON DELETE SET NULL,
      provider TEXT NOT NULL,
      model TEXT NOT NULL,
      request_hash BLOB NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('sent', 'answered', 'failed')),
      input_tokens INTEGER NOT NULL DEFAULT 0,
      output_tokens INTEGER NOT NULL DEFAULT 0,
      cache_read_tokens INTEGER NOT NULL DEFAULT 0,
      cache_write_tokens INTEGER NOT NULL DEFAULT 0,
      cost_micros INTEGER NOT NULL DEFAULT 0,
      saved_micros INTEGER NOT NULL DEFAULT 0,
      failure_class TEXT,
      failure_message TEXT,
      reply TEXT,
      started_at INTEGER NOT NULL,
      ended_at INTEGER
    ) STRICT;
    CREATE INDEX model_calls_by_time ON model_calls (started_at DESC, pk DESC);
    CREATE INDEX model_calls_by_request ON model_calls (request_hash);
    CREATE INDEX model_calls_by_job ON model_calls (job_pk);
    CREATE INDEX model_calls_by_project ON model_calls (project_pk);
    -- Few rows at any time: those that wait for their answer.
    CREATE INDEX model_calls_in_flight ON model_calls (ended_at) WHERE state = 'sent';

    -- A reply is forgotten when its job's work is in the memory, and when the job, or what it was about, is deleted.
    CREATE TRIGGER done_jobs_forget_replies AFTER UPDATE OF state ON task_queue WHEN new.state = 'done' BEGIN
      UPDATE model_calls SET reply = NULL WHERE job_pk = new.pk AND reply IS NOT NULL;
    END;
    CREATE TRIGGER deleted_jobs_forget_replies BEFORE DELETE ON task_queue BEGIN
      UPDATE model_calls SET reply = NULL WHERE job_pk = old.pk AND reply IS NOT NULL;
    END;

    -- US dollars for a million tokens; goes before the list that ships with the app.
    CREATE TABLE model_prices (
      model TEXT PRIMARY KEY,
      input REAL NOT NULL,
      output REAL NOT NULL,
      cache_read REAL NOT NULL,
      cache_write REAL NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
