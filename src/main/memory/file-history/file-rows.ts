import type { ReadableDb } from '../../store/database.ts';
import { leavesOpen } from '../context/failures.ts';
import { unwantedObservation, unwantedSession } from '../unwanted.ts';

export interface FileEventRow {
  pk: number;
  id: string;
  session_pk: number;
  session_id: string;
  prompt_id: string | null;
  agent_id: string | null;
  type: string;
  tool: string | null;
  subtitle: string | null;
  failed: number;
  occurred_at: number;
}

export interface FailureRow {
  session_pk: number;
  type: string;
  title: string;
  subtitle: string | null;
  narrative: string | null;
  concepts: string;
  failed: number;
  occurred_at: number;
}

/** Calls of one file that are looked at, the newest first; older ones say little. */
const callsConsidered = 40;

/** Reads what happened to one file; a few lookups by index, since it runs before each first use of a file. */
export function createFileRows(db: ReadableDb) {
  const file = db.prepare<[string], { pk: number }>('SELECT pk FROM files WHERE path = ?');
  const told = db.prepare<[number, string | null, number, string], { pk: number }>(
    `SELECT pk FROM injections WHERE session_pk = ? AND agent_id IS ? AND occurred_at >= ? AND kind = 'file' AND file = ? LIMIT 1`,
  );
  // The summary may come after the context that tells the session anew: the earlier of the two counts.
  const compacted = db.prepare<[object], { at: number | null }>(`
    SELECT MIN(at) AS at FROM (
      SELECT MAX(occurred_at) AS at FROM messages
      WHERE session_pk = @sessionPk AND agent_id IS @agentId AND role = 'summary'
      UNION ALL SELECT MAX(occurred_at) FROM injections
      WHERE session_pk = @sessionPk AND agent_id IS @agentId AND kind = 'compact')`);
  const calls = db.prepare<[number, number], FileEventRow & { project_pk: number; is_unwanted: number }>(`
    SELECT o.pk, o.id, o.session_pk, s.id AS session_id, o.project_pk, o.prompt_id, o.agent_id, o.type, o.tool, o.subtitle, o.failed,
      o.occurred_at,
      ${unwantedObservation('o.pk')} OR ${unwantedSession('o.session_pk')} AS is_unwanted
    FROM (SELECT observation_pk FROM observation_files WHERE file_pk = ? ORDER BY observation_pk DESC LIMIT ?) link
    JOIN observations o ON o.pk = link.observation_pk JOIN sessions s ON s.pk = o.session_pk
    WHERE o.type = 'change' OR o.failed = 1
    ORDER BY o.occurred_at DESC, o.pk DESC`);
  const failures = db.prepare<[number, number, string | null], FailureRow>(`
    SELECT session_pk, type, title, subtitle, substr(narrative, 1, 400) AS narrative, concepts, failed, occurred_at FROM observations o
    WHERE session_pk = ? AND occurred_at >= ? - 3600000 AND prompt_id IS ? AND failed = 1 AND type = 'command'
      AND NOT ${unwantedObservation('o.pk')}
    ORDER BY occurred_at, pk LIMIT 20`);

  return {
    /** Null for a file that was never seen. */
    find: (path: string) => file.get(path)?.pk ?? null,
    /** By one agent of the session, since a time: each has a conversation of its own. */
    wasTold: (sessionPk: number, agentId: string | null, since: number, path: string) =>
      told.get(sessionPk, agentId, since, path) !== undefined,
    /** When the agent's conversation was last summarised, and with it what it was told; 0 when it never was. */
    compactedAt: (sessionPk: number, agentId: string | null) => compacted.get({ sessionPk, agentId })?.at ?? 0,
    calls: (filePk: number) => calls.all(filePk, callsConsidered),
    /** Commands whose failure says something of the code, in a turn from an hour before `at` on, the oldest first. */
    failures: (call: FileEventRow) =>
      failures.all(call.session_pk, call.occurred_at, call.prompt_id).filter(leavesOpen),
  };
}
