import type { Migration } from './migration.ts';

/** What is mentioned and how it hangs together; all of it can be made again from observations and learnings. */
export const graph: Migration = {
  version: 10,
  name: 'graph',
  up: `
    -- id: a hash of kind, key and project, so that a graph that is made again has the same ids.
    -- key: the name by which it is the same thing. project_pk: null for what is the same everywhere (tools, errors, concepts).
    -- mentions: rows of entity_mentions and learning_mentions, counted by triggers; what nothing mentions any more is gone.
    -- AUTOINCREMENT: readers keep entities by pk, so none may be met again as another one.
    CREATE TABLE entities (
      pk INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      project_pk INTEGER REFERENCES projects (pk) ON DELETE CASCADE,
      mentions INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX entities_by_project ON entities (project_pk);

    CREATE TABLE entity_mentions (
      entity_pk INTEGER NOT NULL REFERENCES entities (pk) ON DELETE CASCADE,
      observation_pk INTEGER NOT NULL REFERENCES observations (pk) ON DELETE CASCADE,
      session_pk INTEGER NOT NULL,
      PRIMARY KEY (entity_pk, observation_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entity_mentions_by_observation ON entity_mentions (observation_pk);
    CREATE INDEX entity_mentions_by_session ON entity_mentions (session_pk, entity_pk);

    CREATE TABLE learning_mentions (
      entity_pk INTEGER NOT NULL REFERENCES entities (pk) ON DELETE CASCADE,
      learning_pk INTEGER NOT NULL REFERENCES learnings (pk) ON DELETE CASCADE,
      PRIMARY KEY (entity_pk, learning_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX learning_mentions_by_learning ON learning_mentions (learning_pk);

    -- Weights are not kept: they follow from the evidence. That something occurs together (related_to) follows from the
    -- mentions and is here only when a model or a likeness of names says so.
    -- change: number of graph_state when its evidence last grew.
    CREATE TABLE relations (
      pk INTEGER PRIMARY KEY AUTOINCREMENT,
      from_pk INTEGER NOT NULL REFERENCES entities (pk) ON DELETE CASCADE,
      to_pk INTEGER NOT NULL REFERENCES entities (pk) ON DELETE CASCADE,
      type TEXT NOT NULL,
      evidence_count INTEGER NOT NULL DEFAULT 0,
      change INTEGER NOT NULL,
      UNIQUE (from_pk, to_pk, type)
    ) STRICT;
    CREATE INDEX relations_by_end ON relations (to_pk);
    CREATE INDEX relations_by_change ON relations (change);

    -- source: rule, model or likeness.
    CREATE TABLE relation_evidence (
      relation_pk INTEGER NOT NULL REFERENCES relations (pk) ON DELETE CASCADE,
      observation_pk INTEGER NOT NULL REFERENCES observations (pk) ON DELETE CASCADE,
      source TEXT NOT NULL,
      PRIMARY KEY (relation_pk, observation_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX relation_evidence_by_observation ON relation_evidence (observation_pk);

    -- Two learnings that say the opposite, about different things.
    CREATE TABLE relation_conflicts (
      relation_pk INTEGER NOT NULL REFERENCES relations (pk) ON DELETE CASCADE,
      one_pk INTEGER NOT NULL REFERENCES learnings (pk) ON DELETE CASCADE,
      other_pk INTEGER NOT NULL REFERENCES learnings (pk) ON DELETE CASCADE,
      PRIMARY KEY (relation_pk, one_pk, other_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX relation_conflicts_by_one ON relation_conflicts (one_pk);
    CREATE INDEX relation_conflicts_by_other ON relation_conflicts (other_pk);

    -- How far each session was read: the greatest revision of its observations then. stale: one of them was deleted since.
    CREATE TABLE graph_sessions (
      session_pk INTEGER PRIMARY KEY REFERENCES sessions (pk) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      stale INTEGER NOT NULL DEFAULT 0,
      change INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX graph_sessions_by_change ON graph_sessions (change);

    -- One row. change: number of the last write to the graph; removals: how often something went, after which readers that
    -- keep the graph in memory read all of it.
    CREATE TABLE graph_state (
      pk INTEGER PRIMARY KEY CHECK (pk = 1),
      change INTEGER NOT NULL,
      removals INTEGER NOT NULL
    ) STRICT;
    INSERT INTO graph_state VALUES (1, 0, 0);

    CREATE TRIGGER entity_mentions_count AFTER INSERT ON entity_mentions BEGIN
      UPDATE entities SET mentions = mentions + 1 WHERE pk = new.entity_pk;
    END;
    CREATE TRIGGER entity_mentions_discount AFTER DELETE ON entity_mentions BEGIN
      UPDATE entities SET mentions = mentions - 1 WHERE pk = old.entity_pk;
      DELETE FROM entities WHERE pk = old.entity_pk AND mentions <= 0;
      UPDATE graph_state SET removals = removals + 1;
    END;
    CREATE TRIGGER learning_mentions_count AFTER INSERT ON learning_mentions BEGIN
      UPDATE entities SET mentions = mentions + 1 WHERE pk = new.entity_pk;
    END;
    CREATE TRIGGER learning_mentions_discount AFTER DELETE ON learning_mentions BEGIN
      UPDATE entities SET mentions = mentions - 1 WHERE pk = old.entity_pk;
      DELETE FROM entities WHERE pk = old.entity_pk AND mentions <= 0;
      UPDATE graph_state SET removals = removals + 1;
    END;
    CREATE TRIGGER relation_evidence_counts AFTER INSERT ON relation_evidence BEGIN
      UPDATE relations SET evidence_count = evidence_count + 1 WHERE pk = new.relation_pk;
    END;
    CREATE TRIGGER relation_evidence_discounts AFTER DELETE ON relation_evidence BEGIN
      UPDATE relations SET evidence_count = evidence_count - 1 WHERE pk = old.relation_pk;
      DELETE FROM relations WHERE pk = old.relation_pk AND evidence_count <= 0;
      UPDATE graph_state SET removals = removals + 1;
    END;
    CREATE TRIGGER relation_conflicts_count AFTER INSERT ON relation_conflicts BEGIN
      UPDATE relations SET evidence_count = evidence_count + 1 WHERE pk = new.relation_pk;
    END;
    CREATE TRIGGER relation_conflicts_discount AFTER DELETE ON relation_conflicts BEGIN
      UPDATE relations SET evidence_count = evidence_count - 1 WHERE pk = old.relation_pk;
      DELETE FROM relations WHERE pk = old.relation_pk AND evidence_count <= 0;
      UPDATE graph_state SET removals = removals + 1;
    END;
    -- A number of its own, so that a difference that was made before is not taken for one to what is left.
    CREATE TRIGGER observations_leave_the_graph AFTER DELETE ON observations BEGIN
      UPDATE graph_state SET change = change + 1;
      UPDATE graph_sessions SET stale = 1, change = (SELECT change FROM graph_state) WHERE session_pk = old.session_pk;
    END;

    -- How often an observation was opened or handed back; what nobody used has no row.
    CREATE TABLE observation_uses (
      observation_pk INTEGER PRIMARY KEY REFERENCES observations (pk) ON DELETE CASCADE,
      count INTEGER NOT NULL,
      last_at INTEGER NOT NULL
    ) STRICT;
    INSERT INTO observation_uses
      SELECT l.observation_pk, count(*), max(i.occurred_at)
        FROM injection_lines l JOIN injections i ON i.pk = l.injection_pk
        WHERE l.observation_pk IS NOT NULL GROUP BY l.observation_pk;
    -- What is handed to an agent counts as used, whoever hands it.
    CREATE TRIGGER injection_lines_are_uses AFTER INSERT ON injection_lines WHEN new.observation_pk IS NOT NULL BEGIN
      INSERT INTO observation_uses (observation_pk, count, last_at)
        VALUES (new.observation_pk, 1, (SELECT occurred_at FROM injections WHERE pk = new.injection_pk))
        ON CONFLICT (observation_pk) DO UPDATE SET count = count + 1, last_at = max(last_at, excluded.last_at);
    END;
  `,
};
