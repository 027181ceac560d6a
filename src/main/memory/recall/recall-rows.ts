import type { ReadableDb } from '../../store/database.ts';
import { asData } from '../context/quoted.ts';
import type { ObservationRow } from '../context/rows.ts';
import { unwantedEvent, unwantedObservation, unwantedSession } from '../unwanted.ts';

export interface RecallRow extends ObservationRow {
  /** Hidden or wrong, or of a session that is. */
  is_unwanted: number;
  project_pk: number;
  project_name: string;
  /** What came of a prompt in the end. */
  answered: string | null;
}

/** What one session knows without being told. */
export interface Seen {
  /** It happened in the session itself. */
  isOwn(row: RecallRow): boolean;
  /** It was handed to the session before. */
  isTold(row: RecallRow): boolean;
}

export const nothingSeen: Seen = { isOwn: () => false, isTold: () => false };

export function createRecallRows(db: ReadableDb) {
  const byIds = db.prepare<[string], RecallRow>(`
    SELECT o.pk, o.id, o.session_pk, s.id AS session_id, o.prompt_id, o.type, o.tool, o.title, o.subtitle,
      substr(o.narrative, 1, 400) AS narrative, o.facts, o.concepts, o.files_changed, o.importance, o.failed, o.occurred_at,
      o.project_pk, p.name AS project_name, (
        SELECT substr(m.text, 1, 600) FROM messages m
        WHERE o.type = 'request' AND m.session_pk = o.session_pk AND m.prompt_id = o.prompt_id AND m.is_final = 1
          AND m.agent_id IS NULL AND NOT ${unwantedEvent('m.event_pk')} ORDER BY m.occurred_at DESC, m.pk DESC LIMIT 1
      ) AS answered,
      ${unwantedObservation('o.pk')} OR ${unwantedSession('o.session_pk')} AS is_unwanted
    FROM observations o JOIN sessions s ON s.pk = o.session_pk JOIN projects p ON p.pk = o.project_pk
    WHERE o.id IN (SELECT value FROM json_each(?))`);
  const compacted = db.prepare<[number], { at: number | null }>(
    `SELECT MAX(occurred_at) AS at FROM messages WHERE session_pk = ? AND role = 'summary'`,
  );
  const given = db.prepare<[number, number], { observation_pk: number | null; text: string }>(`
    SELECT l.observation_pk, l.text FROM injections i JOIN injection_lines l ON l.injection_pk = i.pk
    WHERE i.session_pk = ? AND i.occurred_at > ?`);
  const greatest = db.prepare<[], { pk: number | null }>('SELECT MAX(pk) AS pk FROM observations');
  const project = db.prepare<[number], { id: string }>('SELECT id FROM projects WHERE pk = ?');

  return {
    projectId: (pk: number) => project.get(pk)?.id ?? '',
    observations: (ids: readonly string[]): Map<string, RecallRow> =>
      new Map(byIds.all(JSON.stringify(ids)).map((row) => [row.id, row])),
    /** Observations that there are, about: counting them takes too long. */
    count: () => greatest.get()?.pk ?? 1,
    /** What a session has in its conversation, but for what a compaction has summarised away. */
    seenBy(sessionPk: number): Seen {
      const since = compacted.get(sessionPk)?.at ?? 0;
      const lines = given.all(sessionPk, since);
      const told = new Set(lines.map((line) => line.observation_pk));
      const texts = lines.map((line) => line.text).join('\n');
      return {
        isOwn: (row) => row.session_pk === sessionPk && row.occurred_at >= since,
        // A turn that was told as a whole has no id of its prompt or answer.
        isTold: (row) => told.has(row.pk) || (row.tool === null && texts.includes(quotedTitle(row))),
      };
    },
  };
}

/** How the title begins where it is quoted; the rest may have been cut. */
function quotedTitle(row: RecallRow): string {
  return `“${asData(row.title, 120).replaceAll(/[“”]/g, '"').replace(/…$/, '')}`;
}
