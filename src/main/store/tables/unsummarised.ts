import type { ReadableDb } from '../database.ts';

/** How much there is to read about one thing that no model has summarised. */
export interface TextSize {
  characters: number;
  /** More than its characters where it is not ASCII: Chinese has three bytes a character. */
  bytes: number;
}

export interface Unsummarised {
  sessions: TextSize[];
  turns: TextSize[];
  /** Projects' weeks. */
  weeks: number;
}

const isWanted = `(@projectId IS NULL OR s.project_pk = (SELECT pk FROM projects WHERE id = @projectId))
  AND (@since IS NULL OR s.last_event_at >= @since)`;
const lacksModel = (subject: string) =>
  `NOT EXISTS (SELECT 1 FROM summaries m WHERE m.subject = ${subject} AND m.is_current = 1 AND m.source = 'model')`;

/** Of a person's question: a project, and no session that ended before; null for all. */
export interface UnsummarisedRequest {
  projectId: string | null;
  since: number | null;
}

/** The sessions that the estimate counts, newest first: those with observations that no model has summarised. */
export function createUnsummarisedSessions(db: ReadableDb) {
  const sessions = db.prepare<[object], { pk: number; project_pk: number }>(`
    SELECT s.pk, s.project_pk FROM sessions s
    WHERE ${isWanted} AND EXISTS (SELECT 1 FROM observations o WHERE o.session_pk = s.pk)
      AND ${lacksModel(`'session:' || s.pk`)}
    ORDER BY s.last_event_at DESC`);
  return (request: UnsummarisedRequest) => sessions.all(request);
}

/** Sizes of what a model could be asked about, for an estimate of what that would cost. */
export function createUnsummarisedReader(db: ReadableDb) {
  const size = (of: string) =>
    `COALESCE(SUM(length(${of})), 0) AS characters, COALESCE(SUM(octet_length(${of})), 0) AS bytes`;
  const observed = `o.title || COALESCE(o.subtitle, '') || COALESCE(o.narrative, '') || o.facts`;
  const sessions = db.prepare<[object], TextSize>(`
    SELECT ${size(observed)} FROM sessions s JOIN observations o ON o.session_pk = s.pk
    WHERE ${isWanted} AND ${lacksModel(`'session:' || s.pk`)} GROUP BY s.pk`);
  const turns = db.prepare<[object], TextSize>(`
    SELECT ${size(observed)} FROM sessions s JOIN observations o ON o.session_pk = s.pk
    WHERE ${isWanted} AND o.prompt_id IS NOT NULL AND ${lacksModel(`'turn:' || s.pk || ':' || o.prompt_id`)}
    GROUP BY s.pk, o.prompt_id`);
  const weeks = db
    .prepare<[object], number>(`
      SELECT COUNT(*) FROM (
        SELECT DISTINCT s.project_pk, date(s.last_event_at / 1000, 'unixepoch', 'weekday 0', '-6 days') AS monday FROM sessions s
        WHERE ${isWanted}) w
      WHERE ${lacksModel(`'week:' || w.project_pk || ':' || w.monday`)}`)
    .pluck();
  return {
    sizes(request: UnsummarisedRequest): Unsummarised {
      return {
        sessions: sessions.all(request),
        turns: turns.all(request),
        weeks: weeks.get(request) ?? 0,
      };
    },
  };
}
