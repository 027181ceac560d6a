import type { LearningAction } from '../../../shared/learning-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

export type ChangeActor = 'person' | 'rule' | 'job';

export interface ChangeRow {
  pk: number;
  batch_id: string;
  learning_pk: number;
  action: string;
  actor: string;
  note: string | null;
  before: string | null;
  after: string | null;
  changed_at: number;
  undone_at: number | null;
}

export interface NewChange {
  batchId: string;
  learningPk: number;
  action: LearningAction;
  actor: ChangeActor;
  note: string | null;
  /** JSON; null: it did not exist. */
  before: string | null;
  /** JSON; null: it is gone. */
  after: string | null;
  at: number;
  /** Whose words stand in `before` and `after`. */
  observationPks: readonly number[];
}

export function createChangeReader(db: ReadableDb) {
  const batch = db.prepare<[string], ChangeRow>('SELECT * FROM learning_changes WHERE batch_id = ? ORDER BY pk');
  const of = db.prepare<[number], ChangeRow>(
    'SELECT * FROM learning_changes WHERE learning_pk = ? ORDER BY pk DESC LIMIT 200',
  );
  const last = db.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM learning_changes').pluck();
  const touched = db
    .prepare<[number], number>('SELECT DISTINCT learning_pk FROM learning_changes WHERE pk > ? ORDER BY learning_pk')
    .pluck();
  return {
    batch: (batchId: string): ChangeRow[] => batch.all(batchId),
    /** Newest first. */
    of: (learningPk: number): ChangeRow[] => of.all(learningPk),
    last: (): number => last.get() ?? 0,
    /** Learnings that were changed after that change. */
    touchedAfter: (pk: number): number[] => touched.all(pk),
  };
}

export function createChangeWriter(db: WritableDb) {
  const insert = db.prepare<[Omit<NewChange, 'observationPks'>]>(`
    INSERT INTO learning_changes (batch_id, learning_pk, action, actor, note, before, after, changed_at)
    VALUES (@batchId, @learningPk, @action, @actor, @note, @before, @after, @at)`);
  const link = db.prepare<[number, number]>(
    'INSERT OR IGNORE INTO learning_change_sources (observation_pk, change_pk) VALUES (CAST(? AS INTEGER), CAST(? AS INTEGER))',
  );
  const undone = db.prepare<[number | null, string]>('UPDATE learning_changes SET undone_at = ? WHERE batch_id = ?');
  const prune = db.prepare<[number]>('DELETE FROM learning_changes WHERE changed_at < ?');
  const named = ['before', 'after'].map(
    (state) => `instr(${state}, @mark) > 0
      AND EXISTS (SELECT 1 FROM json_each(${state}, '$.evidence') e WHERE e.value ->> 'session_pk' = @sessionPk)`,
  );
  const blankOfSession = db.prepare<[{ sessionPk: number; mark: string }]>(
    `UPDATE learning_changes SET before = NULL, after = NULL WHERE ${named.join(' OR ')}`,
  );
  return {
    add({ observationPks, ...change }: NewChange): void {
      const pk = Number(insert.run(change).lastInsertRowid);
      for (const observation of observationPks) link.run(observation, pk);
    },
    /** Null: it is done again. */
    markUndone: (batchId: string, at: number | null) => void undone.run(at, batchId),
    /** What quotes a session without one of its observations, as an agent's own proposal does, goes with the session. */
    blankOfSession(sessionPk: number): void {
      // Most rows need not be parsed.
      blankOfSession.run({ sessionPk, mark: `"session_pk":${sessionPk}` });
    },
    /** How many went; they cannot be undone any more. */
    prune: (before: number): number => prune.run(before).changes,
  };
}
