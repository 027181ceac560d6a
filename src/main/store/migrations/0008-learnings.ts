import type { Migration } from './migration.ts';

/** What is believed, on what grounds, and what people did about it. */
export const learnings: Migration = {
  version: 8,
  name: 'learnings',
  up: `
    -- origin: what it was first made from ('fix:<observation id>'…); see learning_origins.
    -- AUTOINCREMENT: what was done to one that is gone must not be undone on another.
    CREATE TABLE learnings (
      pk INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      category TEXT NOT NULL,
      statement TEXT NOT NULL,
      detail TEXT,
      language TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('global', 'project', 'path')),
      project_pk INTEGER REFERENCES projects (pk) ON DELETE CASCADE,
      path TEXT,
      state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'superseded', 'expired')),
      confidence REAL NOT NULL,
      source TEXT NOT NULL,
      origin TEXT NOT NULL,
      pinned INTEGER NOT NULL DEFAULT 0,
      note TEXT,
      superseded_by INTEGER REFERENCES learnings (pk) ON DELETE SET NULL,
      merged_into INTEGER REFERENCES learnings (pk) ON DELETE SET NULL,
      use_count INTEGER NOT NULL DEFAULT 0,
      last_used_at INTEGER,
      confirm_count INTEGER NOT NULL DEFAULT 0,
      reject_count INTEGER NOT NULL DEFAULT 0,
      expires_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      decided_at INTEGER
    ) STRICT;
    CREATE INDEX learnings_by_state ON learnings (state, created_at DESC, pk DESC);
    CREATE INDEX learnings_by_project ON learnings (project_pk, state);
    CREATE INDEX learnings_by_use ON learnings (last_used_at) WHERE last_used_at IS NOT NULL;
    CREATE INDEX learnings_by_successor ON learnings (superseded_by) WHERE superseded_by IS NOT NULL;
    CREATE INDEX learnings_by_union ON learnings (merged_into) WHERE merged_into IS NOT NULL;

    -- Everything that a learning was ever made from or found in, and where it went; without a learning: it was deleted.
    -- What is named here is never made into a learning again.
    CREATE TABLE learning_origins (
      origin TEXT PRIMARY KEY,
      learning_pk INTEGER REFERENCES learnings (pk) ON DELETE SET NULL,
      found_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX learning_origins_by_learning ON learning_origins (learning_pk);

    CREATE TABLE learning_evidence (
      pk INTEGER PRIMARY KEY,
      learning_pk INTEGER NOT NULL REFERENCES learnings (pk) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('supports', 'contradicts')),
      quote TEXT NOT NULL,
      observation_pk INTEGER REFERENCES observations (pk) ON DELETE CASCADE,
      session_pk INTEGER REFERENCES sessions (pk) ON DELETE CASCADE,
      occurred_at INTEGER NOT NULL,
      UNIQUE (learning_pk, role, observation_pk, quote)
    ) STRICT;
    CREATE INDEX learning_evidence_by_observation ON learning_evidence (observation_pk);
    CREATE INDEX learning_evidence_by_session ON learning_evidence (session_pk);

    -- Two that say the opposite; one_pk is the smaller. settled: one of them is no longer believed.
    -- newer_pk: the one that a person said later in so many words, and that is proposed to take the other's place.
    CREATE TABLE learning_conflicts (
      one_pk INTEGER NOT NULL REFERENCES learnings (pk) ON DELETE CASCADE,
      other_pk INTEGER NOT NULL REFERENCES learnings (pk) ON DELETE CASCADE,
      similarity REAL NOT NULL,
      newer_pk INTEGER,
      found_at INTEGER NOT NULL,
      settled_at INTEGER,
      PRIMARY KEY (one_pk, other_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX learning_conflicts_by_other ON learning_conflicts (other_pk);

    -- What was done, with the rows before and after as JSON: undo puts back the ones before, when those after are still so.
    -- Null before: it did not exist. Null after: it was deleted. Both: what it told of was erased, so it cannot be undone.
    CREATE TABLE learning_changes (
      pk INTEGER PRIMARY KEY AUTOINCREMENT,
      batch_id TEXT NOT NULL,
      learning_pk INTEGER NOT NULL,
      action TEXT NOT NULL,
      actor TEXT NOT NULL CHECK (actor IN ('person', 'rule', 'job')),
      note TEXT,
      before TEXT,
      after TEXT,
      changed_at INTEGER NOT NULL,
      undone_at INTEGER
    ) STRICT;
    CREATE INDEX learning_changes_by_batch ON learning_changes (batch_id);
    CREATE INDEX learning_changes_by_learning ON learning_changes (learning_pk, pk DESC);
    CREATE INDEX learning_changes_by_time ON learning_changes (changed_at);

    -- Whose words stand in a change's JSON: they go with the observation.
    CREATE TABLE learning_change_sources (
      observation_pk INTEGER NOT NULL REFERENCES observations (pk) ON DELETE CASCADE,
      change_pk INTEGER NOT NULL REFERENCES learning_changes (pk) ON DELETE CASCADE,
      PRIMARY KEY (observation_pk, change_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX learning_change_sources_by_change ON learning_change_sources (change_pk);

    -- A person who deletes a learning may take that back; whoever deletes a project may not.
    CREATE TRIGGER projects_take_learning_history BEFORE DELETE ON projects BEGIN
      DELETE FROM learning_changes WHERE learning_pk IN (SELECT pk FROM learnings WHERE project_pk = old.pk);
    END;

    -- Before the row goes, because afterwards nothing tells what rested on it. What nobody decided on goes with its last ground;
    -- triggers, so that a cascade from a session or a project takes it along too.
    CREATE TRIGGER observations_take_learnings BEFORE DELETE ON observations BEGIN
      UPDATE learning_changes SET before = NULL, after = NULL
      WHERE pk IN (SELECT change_pk FROM learning_change_sources WHERE observation_pk = old.pk);
      -- What was made from it quotes it at length.
      UPDATE learnings SET detail = NULL
      WHERE pk IN (SELECT learning_pk FROM learning_evidence WHERE observation_pk = old.pk) AND source IN ('fix', 'model');
      DELETE FROM learnings
      WHERE pk IN (SELECT learning_pk FROM learning_evidence WHERE observation_pk = old.pk)
        AND state IN ('proposed', 'expired') AND pinned = 0 AND source <> 'person' AND NOT EXISTS (
          SELECT 1 FROM learning_evidence e
          WHERE e.learning_pk = learnings.pk AND e.role = 'supports' AND e.observation_pk IS NOT old.pk);
    END;
    -- The evidence of a session goes before its observations do.
    CREATE TRIGGER sessions_take_learnings BEFORE DELETE ON sessions BEGIN
      DELETE FROM learnings
      WHERE pk IN (SELECT learning_pk FROM learning_evidence WHERE session_pk = old.pk)
        AND state IN ('proposed', 'expired') AND pinned = 0 AND source <> 'person' AND NOT EXISTS (
          SELECT 1 FROM learning_evidence e
          WHERE e.learning_pk = learnings.pk AND e.role = 'supports' AND e.session_pk IS NOT old.pk);
    END;
  `,
};
