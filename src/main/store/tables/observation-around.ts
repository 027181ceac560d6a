import type { ReadableDb } from '../database.ts';

interface Place {
  session_pk: number;
  occurred_at: number;
  pk: number;
}

export interface AroundQuery {
  observation_id?: string | undefined;
  session_id?: string | undefined;
  /** Milliseconds since 1970; the session's end when left out. */
  at?: number | undefined;
  before: number;
  after: number;
}

export interface RowsAround {
  session_id: string;
  /** Row ids, oldest first. */
  pks: number[];
  earlier: number;
  later: number;
}

/** Later than anything that happened: JavaScript's last moment. */
const endOfTime = 8.64e15;

/** The rows before and after one moment of a session, in the order of time. */
export function createAroundReader(db: ReadableDb) {
  const ofObservation = db.prepare<[string], Place & { session_id: string }>(`
    SELECT o.session_pk, o.occurred_at, o.pk, s.id AS session_id FROM observations o JOIN sessions s ON s.pk = o.session_pk
    WHERE o.id = ?`);
  const ofSession = db.prepare<[string], { session_pk: number; session_id: string }>(
    'SELECT pk AS session_pk, id AS session_id FROM sessions WHERE id = ?',
  );
  const before = db
    .prepare<[Place & { limit: number }], number>(
      `SELECT pk FROM observations WHERE session_pk = @session_pk AND (occurred_at, pk) < (@occurred_at, @pk)
         ORDER BY occurred_at DESC, pk DESC LIMIT @limit`,
    )
    .pluck();
  const from = db
    .prepare<[Place & { limit: number }], number>(
      `SELECT pk FROM observations WHERE session_pk = @session_pk AND (occurred_at, pk) >= (@occurred_at, @pk)
         ORDER BY occurred_at, pk LIMIT @limit`,
    )
    .pluck();
  const counts = db.prepare<[Place], { earlier: number; later: number }>(`
    SELECT COALESCE(SUM((occurred_at, pk) < (@occurred_at, @pk)), 0) AS earlier,
      COALESCE(SUM((occurred_at, pk) >= (@occurred_at, @pk)), 0) AS later
    FROM observations WHERE session_pk = @session_pk`);

  return (query: AroundQuery): RowsAround | null => {
    const anchor = query.observation_id === undefined ? null : (ofObservation.get(query.observation_id) ?? null);
    const session = anchor ?? (query.session_id === undefined ? null : (ofSession.get(query.session_id) ?? null));
    if (session === null || (query.observation_id !== undefined && anchor === null)) return null;
    const place = anchor ?? { session_pk: session.session_pk, occurred_at: query.at ?? endOfTime, pk: 0 };
    const earlierRows = before.all({ ...place, limit: query.before });
    // The observation itself is the first of those from there on.
    const laterRows = from.all({ ...place, limit: query.after + (anchor === null ? 0 : 1) });
    const { earlier, later } = counts.get(place) ?? { earlier: 0, later: 0 };
    return {
      session_id: session.session_id,
      pks: [...earlierRows.toReversed(), ...laterRows],
      earlier: earlier - earlierRows.length,
      later: later - laterRows.length,
    };
  };
}
