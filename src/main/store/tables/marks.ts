import type { Mark } from '../../../shared/context-views.ts';
import type { WritableDb } from '../database.ts';

interface PlaceRow {
  pk: number;
  session_pk: number;
  session_id: string;
  project_pk: number;
}

export interface MarkedRow {
  pk: number;
  sessionPk: number;
  sessionId: string;
  projectPk: number;
}

/** What people say about observations and sessions; `revision` is the log entry that tells of it. */
export function createMarkWriter(db: WritableDb) {
  const observation = db.prepare<[string], PlaceRow>(
    `SELECT o.pk, o.session_pk, s.id AS session_id, o.project_pk
     FROM observations o JOIN sessions s ON s.pk = o.session_pk WHERE o.id = ?`,
  );
  const session = db.prepare<[string], PlaceRow>(
    'SELECT pk, pk AS session_pk, id AS session_id, project_pk FROM sessions WHERE id = ?',
  );
  const putObservation = db.prepare<[number, Mark, number]>(`
    INSERT INTO observation_marks (observation_pk, mark, marked_at) VALUES (?, ?, ?)
    ON CONFLICT (observation_pk) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at`);
  const putSession = db.prepare<[number, Mark, number]>(`
    INSERT INTO session_marks (session_pk, mark, marked_at) VALUES (?, ?, ?)
    ON CONFLICT (session_pk) DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at`);
  const dropObservation = db.prepare<[number]>('DELETE FROM observation_marks WHERE observation_pk = ?');
  const dropSession = db.prepare<[number]>('DELETE FROM session_marks WHERE session_pk = ?');
  const touchObservation = db.prepare<[number, number]>('UPDATE observations SET revision = ? WHERE pk = ?');
  const touchSession = db.prepare<[number, number]>('UPDATE observations SET revision = ? WHERE session_pk = ?');

  return {
    /** Null when there is no such observation. */
    findObservation: (id: string): MarkedRow | null => toPlace(observation.get(id)),
    findSession: (id: string): MarkedRow | null => toPlace(session.get(id)),
    markObservation(pk: number, mark: Mark | null, at: number, revision: number): void {
      if (mark === null) dropObservation.run(pk);
      else putObservation.run(pk, mark, at);
      touchObservation.run(revision, pk);
    },
    /** Readers that keep rows in memory hear of it by the revision of the session's observations. */
    markSession(pk: number, mark: Mark | null, at: number, revision: number): void {
      if (mark === null) dropSession.run(pk);
      else putSession.run(pk, mark, at);
      touchSession.run(revision, pk);
    },
  };
}

function toPlace(row: PlaceRow | undefined): MarkedRow | null {
  return row ? { pk: row.pk, sessionPk: row.session_pk, sessionId: row.session_id, projectPk: row.project_pk } : null;
}
