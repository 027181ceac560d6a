import type { WritableDb } from '../database.ts';

export interface SessionPlace {
  pk: number;
  projectPk: number;
  lastEventAt: number;
  title: string | null;
}

/** Claude Code names a session's transcript, or the folder of its subagents', by its id; a program may call a session anything. */
const isOf = `(replace(path, '\\', '/') LIKE '%.jsonl' AND (substr(replace(path, '\\', '/'), -length(@id) - 7) = '/' || @id || '.jsonl'
  OR instr(replace(path, '\\', '/'), '/' || @id || '/subagents/') > 0))`;

/** What people and programs change of a session, beyond what its events say. */
export function createSessionEdits(db: WritableDb) {
  const find = db.prepare<[string], SessionPlace>(
    'SELECT pk, project_pk AS projectPk, last_event_at AS lastEventAt, title FROM sessions WHERE id = ?',
  );
  const lastEventAt = db.prepare<[number], number>('SELECT last_event_at FROM sessions WHERE pk = ?').pluck();
  const setTitle = db.prepare<[string, string, number]>('UPDATE sessions SET given_title = ?, title = ? WHERE pk = ?');
  const end = db.prepare<[number, string, number]>(
    `UPDATE sessions SET status = 'ended', ended_at = COALESCE(ended_at, ?), end_reason = ? WHERE pk = ?`,
  );
  const reopen = db.prepare<[number]>(
    `UPDATE sessions SET status = 'active', ended_at = NULL, end_reason = NULL WHERE pk = ?`,
  );
  const setReason = db.prepare<[string, number]>(
    `UPDATE sessions SET end_reason = ? WHERE pk = ? AND status = 'ended'`,
  );
  const remove = db.prepare<[number]>('DELETE FROM sessions WHERE pk = ?');
  const recount = db.prepare<[number]>(`
    UPDATE sessions SET
      prompt_count = (SELECT count(*) FROM prompts WHERE session_pk = sessions.pk),
      observation_count = (SELECT count(*) FROM observations WHERE session_pk = sessions.pk),
      failure_count = (SELECT count(*) FROM observations WHERE session_pk = sessions.pk AND failed = 1)
    WHERE pk = ?`);
  const observations = db.prepare<[number, number], { pk: number; event_pk: number }>(
    'SELECT pk, event_pk FROM observations WHERE session_pk = ? ORDER BY occurred_at, pk LIMIT ?',
  );
  const events = db
    .prepare<[number, number], number>('SELECT pk FROM events WHERE session_pk = ? ORDER BY pk LIMIT ?')
    .pluck();
  const removeEvent = db.prepare<[number]>('DELETE FROM events WHERE pk = ?');
  const keepTranscripts = db.prepare<[number]>('UPDATE transcripts SET session_pk = NULL WHERE session_pk = ?');
  const adoptTranscripts = db.prepare<[{ pk: number; id: string }]>(
    `UPDATE transcripts SET session_pk = @pk WHERE session_pk IS NULL AND ${isOf}`,
  );
  const blankTranscripts = db.prepare<[{ id: string }]>(
    `UPDATE transcripts SET state = '{}' WHERE session_pk IS NULL AND ${isOf}`,
  );
  return {
    find: (id: string) => find.get(id) ?? null,
    lastEventAt: (pk: number) => lastEventAt.get(pk) ?? null,
    setTitle: (pk: number, title: string) => void setTitle.run(title, title, pk),
    end: (pk: number, reason: string, at: number) => void end.run(at, reason, pk),
    reopen: (pk: number) => void reopen.run(pk),
    /** False while it goes on. */
    setReason: (pk: number, reason: string): boolean => setReason.run(reason, pk).changes > 0,
    remove: (pk: number) => void remove.run(pk),
    recount: (pk: number) => void recount.run(pk),
    /** The first of them, with the events that they come from. */
    observations: (pk: number, limit: number) => observations.all(pk, limit),
    events: (pk: number, limit: number) => events.all(pk, limit),
    removeEvents(pks: readonly number[]): void {
      for (const pk of pks) removeEvent.run(pk);
    },
    /** How far they were read stays known when the session goes: Claude Code names them by it. */
    keepTranscripts: (pk: number) => void keepTranscripts.run(pk),
    adoptTranscripts: (pk: number, id: string) => void adoptTranscripts.run({ pk, id }),
    /** What was remembered of open calls in them. */
    blankTranscripts: (id: string) => void blankTranscripts.run({ id }),
  };
}
