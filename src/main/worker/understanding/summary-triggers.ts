import type { WritableDb } from '../../store/database.ts';
import { weekOf } from '../../../shared/weeks.ts';
import type { NewJob } from '../../jobs/job.ts';
import { createEnqueue } from './job-enqueue.ts';
import { jobKeys } from './job-keys.ts';
import { summariseWeekJob } from './summary-jobs.ts';

interface MarkedPlace {
  session_pk: number;
  project_pk: number;
  prompt_id: string | null;
  last_event_at: number;
}

/** What a person hides or marks wrong goes out of the summaries that told it; those that were never made stay so. */
export function createSummaryTriggers(db: WritableDb) {
  const enqueue = createEnqueue(db);
  const observation = db.prepare<[string], MarkedPlace>(`
    SELECT o.session_pk, o.project_pk, o.prompt_id, s.last_event_at
    FROM observations o JOIN sessions s ON s.pk = o.session_pk WHERE o.id = ?`);
  const session = db.prepare<[string], MarkedPlace>(
    'SELECT pk AS session_pk, project_pk, NULL AS prompt_id, last_event_at FROM sessions WHERE id = ?',
  );
  const scopes = db
    .prepare<[number, string | null], string>(
      `SELECT DISTINCT scope FROM summaries WHERE session_pk = ? AND (scope = 'session' OR prompt_id = ?)`,
    )
    .pluck();

  return {
    afterMark({ target, id, at }: { target: 'observation' | 'session'; id: string; at: number }): void {
      const row = target === 'session' ? session.get(id) : observation.get(id);
      if (row === undefined) return;
      const { session_pk: sessionPk, project_pk: projectPk, prompt_id: promptId } = row;
      const made = scopes.all(sessionPk, promptId);
      if (target === 'session') {
        // It goes out of its week, or comes back to it; what it says of itself stays.
        const week = weekOf(row.last_event_at);
        if (made.length > 0) enqueue(summariseWeekJob({ projectPk, week, withModel: false, now: at }), at);
        return;
      }
      const job: Omit<NewJob, 'key' | 'payload'> = {
        kind: 'summarise',
        projectPk,
        sessionPk,
        priority: 0,
        runAfter: at,
      };
      const how = { force: false, withModel: true };
      if (made.includes('session')) {
        enqueue({ ...job, key: jobKeys.session(sessionPk), payload: { scope: 'session', ...how } }, at);
      }
      if (made.includes('turn') && promptId !== null) {
        enqueue({ ...job, key: jobKeys.turn(sessionPk, promptId), payload: { scope: 'turn', promptId, ...how } }, at);
      }
    },
  };
}
