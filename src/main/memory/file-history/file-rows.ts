import type { ReadableDb } from '../../store/database.ts';
import { unwantedEvent, unwantedObservation, unwantedSession } from '../unwanted.ts';

export interface FileEventRow {
  pk: number;
  id: string;
  session_pk: number;
  session_id: string;
  prompt_id: string | null;
  type: string;
  tool: string | null;
  subtitle: string | null;
  failed: number;
  occurred_at: number;
}

export interface FailureRow {
  title: string;
  subtitle: string | null;
  occurred_at: number;
}

/** Calls of one file that are looked at, the newest first; older ones say little. */
const callsConsidered = 40;

/** Reads what happened to one file; a few lookups by index, since it runs before each first use of a file. */
export function createFileRows(db: ReadableDb) {
  const file = db.prepare<[string], { pk: number }>('SELECT pk FROM files WHERE path = ?');
  const told = db.prepare<[number, string], { pk: number }>(
    `SELECT pk FROM injections WHERE session_pk = ? AND kind = 'file' AND file = ? LIMIT 1`,
  );
  const calls = db.prepare<[number, number], FileEventRow & { project_pk: number; is_unwanted: number }>(`
    SELECT o.pk, o.id, o.session_pk, s.id AS session_id, o.project_pk, o.prompt_id, o.type, o.tool, o.subtitle, o.failed,
      o.occurred_at,
      ${unwantedObservation('o.pk')} OR ${unwantedSession('o.session_pk')} AS is_unwanted
    FROM (SELECT observation_pk FROM observation_files WHERE file_pk = ? ORDER BY observation_pk DESC LIMIT ?) link
    JOIN observations o ON o.pk = link.observation_pk JOIN sessions s ON s.pk = o.session_pk
    WHERE o.type = 'change' OR o.failed = 1
    ORDER BY o.occurred_at DESC, o.pk DESC`);
  const failures = db.prepare<[number, number, string | null], FailureRow>(`
    SELECT title, subtitle, occurred_at FROM observations o
    WHERE session_pk = ? AND occurred_at >= ? - 3600000 AND prompt_id IS ? AND failed = 1 AND type = 'command'
      AND NOT ${unwantedObservation('o.pk')}
    ORDER BY occurred_at, pk LIMIT 20`);
  const outcome = db.prepare<[number, string], { text: string }>(`
    SELECT substr(text, 1, 600) AS text FROM messages m
    WHERE session_pk = ? AND prompt_id = ? AND is_final = 1 AND agent_id IS NULL AND NOT ${unwantedEvent('m.event_pk')}
    ORDER BY occurred_at DESC, pk DESC LIMIT 1`);

  return {
    /** Null for a file that was never seen. */
    find: (path: string) => file.get(path)?.pk ?? null,
    wasTold: (sessionPk: number, path: string) => told.get(sessionPk, path) !== undefined,
    calls: (filePk: number) => calls.all(filePk, callsConsidered),
    /** Commands that failed in a turn from an hour before `at` on, the oldest first. */
    failures: (call: FileEventRow) => failures.all(call.session_pk, call.occurred_at, call.prompt_id),
    /** What the agent said at the end of the turn. */
    outcome: (call: FileEventRow) =>
      call.prompt_id === null ? null : (outcome.get(call.session_pk, call.prompt_id)?.text ?? null),
  };
}
