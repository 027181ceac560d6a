import type { WritableDb } from '../database.ts';

/** Answers of models are kept for a job that is done again; where its job has ended nobody asks for them. Gives how many went. */
export function createOldReplyRemover(db: WritableDb): () => number {
  const remove = db.prepare(`
    UPDATE model_calls SET reply = NULL WHERE reply IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM task_queue t WHERE t.pk = model_calls.job_pk AND t.state NOT IN ('done', 'cancelled'))`);
  return () => remove.run().changes;
}
