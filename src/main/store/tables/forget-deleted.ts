import type { WritableDb } from '../database.ts';
import type { Deletion } from './deletions.ts';

/** Columns of kept rows that name whom they tell of by its public id, as `captureDeleted` writes them. */
const namedSession = `json_extract(content, '$."$session_pk"', '$."$told_session_pk"')`;

/**
 * Takes out of what other deletions keep whatever tells of this one, too: what was handed to an agent, what a learning quotes. For when
 * it is erased, before its own rows go.
 */
export function createTraceForgetter(db: WritableDb) {
  const owned = db
    .prepare<[number], string>(
      `SELECT json_extract(content, '$.id') FROM deleted_rows
       WHERE deletion_pk = ? AND origin = 'observations' AND action = 'deleted'`,
    )
    .pluck();
  const told = db.prepare<[object]>(`
    DELETE FROM deleted_rows WHERE origin = 'injections' AND (deletion_pk, json_extract(content, '$.pk')) IN (
      SELECT deletion_pk, json_extract(content, '$.injection_pk') FROM deleted_rows
      WHERE origin = 'injection_lines' AND deletion_pk <> @pk AND (
        json_extract(content, '$."$observation_pk"') IN (SELECT value FROM json_each(@observations))
        OR EXISTS (SELECT 1 FROM json_each(${namedSession}) named WHERE named.value = @session)))`);
  const quotes = db.prepare<[object]>(`
    DELETE FROM deleted_rows WHERE deletion_pk <> @pk AND origin IN ('injection_lines', 'learning_evidence') AND (
      json_extract(content, '$."$observation_pk"') IN (SELECT value FROM json_each(@observations))
      OR EXISTS (SELECT 1 FROM json_each(${namedSession}) named WHERE named.value = @session))`);
  const changes = db.prepare<[object]>(`
    DELETE FROM deleted_rows
    WHERE deletion_pk <> @pk AND origin IN ('learnings', 'learning_changes') AND action = 'changed' AND (
      origin = 'learnings' AND json_extract(content, '$.pk') IN (
        SELECT json_extract(content, '$.learning_pk') FROM deleted_rows
        WHERE deletion_pk = @pk AND origin = 'learning_evidence')
      OR origin = 'learning_changes' AND json_extract(content, '$.pk') IN (
        SELECT json_extract(content, '$.change_pk') FROM deleted_rows
        WHERE deletion_pk = @pk AND origin = 'learning_change_sources')
      OR origin = 'learning_changes' AND EXISTS (
        SELECT 1 FROM json_each(json_array(content ->> '$.before', content ->> '$.after')) state,
          json_each(state.value, '$.evidence') evidence
        WHERE evidence.value ->> 'session_pk' = @sessionPk))`);
  return (deletion: Deletion): void => {
    const [session, sessionPk] = deletion.kind === 'session' ? [deletion.id, deletion.sessionPk] : [null, null];
    const bound = { pk: deletion.pk, session, observations: JSON.stringify(owned.all(deletion.pk)) };
    told.run(bound);
    quotes.run(bound);
    changes.run({ pk: deletion.pk, sessionPk });
  };
}
