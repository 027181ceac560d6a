import type { WritableDb } from '../database.ts';
import type { Deletion } from './deletions.ts';

/** Summaries that went with what they told of. */
export function createDeletedSummaries(db: WritableDb) {
  const weeks = db
    .prepare<[number], string>(`
      SELECT DISTINCT json_extract(content, '$.week') FROM deleted_rows
      WHERE deletion_pk = ? AND origin = 'summaries' AND json_extract(content, '$.scope') = 'week'`)
    .pluck();
  const dropWeeks = db.prepare<[number]>(`
    DELETE FROM deleted_rows
    WHERE deletion_pk = ? AND origin = 'summaries' AND json_extract(content, '$.scope') = 'week'`);
  const scopes = db
    .prepare<[number], string>(`
      SELECT DISTINCT json_extract(content, '$.scope') FROM deleted_rows WHERE deletion_pk = ? AND origin = 'summaries'`)
    .pluck();
  const removeStale = db.prepare<[number, number]>(`
    DELETE FROM summaries WHERE session_pk = ? AND (scope, COALESCE(prompt_id, '')) IN (
      SELECT json_extract(content, '$.scope'), COALESCE(json_extract(content, '$.prompt_id'), '') FROM deleted_rows
      WHERE deletion_pk = ? AND origin = 'summaries')`);
  const hasSome = db.prepare<[number], number>('SELECT 1 FROM summaries WHERE session_pk = ? LIMIT 1').pluck();
  const dropReplies = db.prepare<[number]>(
    'UPDATE model_calls SET reply = NULL WHERE project_pk = ? AND reply IS NOT NULL',
  );
  return {
    /** Weeks tell of other sessions, too: they are made again, and not kept. Gives their Mondays. */
    takeWeeks(deletion: Deletion): string[] {
      const taken = weeks.all(deletion.pk);
      dropWeeks.run(deletion.pk);
      return taken;
    },
    scopes: (deletion: Deletion) => scopes.all(deletion.pk),
    /** Those that are to come back, as they are now. */
    removeStale: (deletion: Deletion, sessionPk: number) => void removeStale.run(sessionPk, deletion.pk),
    hasSome: (sessionPk: number) => hasSome.get(sessionPk) === 1,
    /** Answers of models that wait for their job. */
    dropReplies: (projectPk: number) => void dropReplies.run(projectPk),
  };
}
