import type { ContextLine } from '../../../shared/context-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { asData } from '../context/quoted.ts';
import type { ObservationRow } from '../context/rows.ts';
import { isOffRecord } from '../summaries/cues.ts';
import { unwantedObservation, unwantedSession } from '../unwanted.ts';

export interface RecallRow extends ObservationRow {
  /** Hidden or wrong, or of a session that is. */
  is_unwanted: number;
  /** The prompt of the turn, where the row is what was said in it. */
  asked: string | null;
}

/** What one session knows without being told. */
export interface Seen {
  /** It happened in the session itself, since its last compaction. */
  isOwn(row: RecallRow): boolean;
  /** It was handed to the session before. */
  isTold(row: RecallRow): boolean;
  /** It was handed to the session before, as a part of whatever line. */
  isSaid(text: string): boolean;
  /** This learning or memory was handed to the session before. */
  isBelieved(id: string): boolean;
}

type ToldLine = Pick<ContextLine, 'observation_id' | 'learning_id' | 'memory_id' | 'text'>;

export function createRecallRows(db: ReadableDb) {
  const byIds = db.prepare<[string], RecallRow>(`
    SELECT o.pk, o.id, o.session_pk, s.id AS session_id, o.prompt_id, o.type, o.tool, o.title, o.subtitle,
      substr(o.narrative, 1, 400) AS narrative, o.facts, o.concepts, o.files_changed, o.importance, o.failed, o.occurred_at,
      (
        SELECT substr(p.text, 1, 4000) FROM prompts p
        WHERE o.tool IS NULL AND p.session_pk = o.session_pk AND p.prompt_id = o.prompt_id LIMIT 1
      ) AS asked,
      ${unwantedObservation('o.pk')} OR ${unwantedSession('o.session_pk')} AS is_unwanted
    FROM observations o JOIN sessions s ON s.pk = o.session_pk
    WHERE o.id IN (SELECT value FROM json_each(?))`);
  const summarised = db.prepare<[number], { at: number | null }>(
    `SELECT MAX(occurred_at) AS at FROM messages WHERE session_pk = ? AND agent_id IS NULL AND role = 'summary'`,
  );
  const toldAnew = db.prepare<[number], { at: number | null }>(
    `SELECT MAX(occurred_at) AS at FROM injections WHERE session_pk = ? AND agent_id IS NULL AND kind = 'compact'`,
  );
  const begun = db.prepare<[number, number], { at: number | null }>(
    `SELECT MAX(occurred_at) AS at FROM events WHERE session_pk = ? AND name = 'PreCompact' AND occurred_at <= ?`,
  );
  const given = db.prepare<[number, number], ToldLine>(`
    SELECT o.id AS observation_id, b.id AS learning_id, m.id AS memory_id, l.text FROM injections i JOIN injection_lines l ON l.injection_pk = i.pk
      LEFT JOIN observations o ON o.pk = l.observation_pk LEFT JOIN learnings b ON b.pk = l.learning_pk
      LEFT JOIN memories m ON m.pk = l.memory_pk
    WHERE i.session_pk = ? AND i.agent_id IS NULL AND i.occurred_at >= ?`);
  const greatest = db.prepare<[], { pk: number | null }>('SELECT MAX(pk) AS pk FROM observations');
  const project = db.prepare<[number], { id: string }>('SELECT id FROM projects WHERE pk = ?');

  /**
   * When the conversation was last compacted; 0 when it never was. Its summary may come after the context that tells the session
   * anew, so the moment is that of its beginning, or where that is unknown the earlier of the two.
   */
  function compactedAt(sessionPk: number): number {
    const ends = [summarised.get(sessionPk)?.at, toldAnew.get(sessionPk)?.at].filter((at) => typeof at === 'number');
    if (ends.length === 0) return 0;
    return begun.get(sessionPk, Math.max(...ends))?.at ?? Math.min(...ends);
  }

  return {
    projectId: (pk: number) => project.get(pk)?.id ?? '',
    /** Without what was said in a turn that a person asked to forget. */
    observations: (ids: readonly string[]): Map<string, RecallRow> =>
      new Map(
        byIds.all(JSON.stringify(ids)).flatMap((row) => (isOffRecord(row.asked ?? '') ? [] : [[row.id, row] as const])),
      ),
    /** Observations that there are, about: counting them takes too long. */
    count: () => greatest.get()?.pk ?? 1,
    /** What a session has in its conversation, but for what a compaction has summarised away, and what is told it just now. */
    seenBy(sessionPk: number | null, toldNow: readonly ToldLine[]): Seen {
      const since = sessionPk === null ? 0 : compactedAt(sessionPk);
      const lines = [...(sessionPk === null ? [] : given.all(sessionPk, since)), ...toldNow];
      const told = new Set(lines.map((line) => line.observation_id));
      const believed = new Set(lines.map((line) => line.learning_id ?? line.memory_id));
      const texts = lines.map((line) => line.text).join('\n');
      return {
        isOwn: (row) => row.session_pk === sessionPk && row.occurred_at >= since,
        // A turn that was told as a whole has no id of its prompt or answer.
        isTold: (row) => told.has(row.id) || (row.tool === null && texts.includes(quotedBeginning(row.title))),
        isSaid: (text) => texts.includes(quotedBeginning(text)),
        isBelieved: (id) => believed.has(id),
      };
    },
  };
}

/** How a text begins where it is quoted; the rest may have been cut. */
function quotedBeginning(text: string): string {
  return `“${asData(text, 120).replaceAll(/[“”]/g, '"').replace(/…$/, '')}`;
}
