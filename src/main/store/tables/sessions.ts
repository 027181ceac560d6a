import type { WritableDb } from '../database.ts';

/** What the writer keeps of a session while it runs. */
export interface SessionHandle {
  pk: number;
  projectPk: number;
  contextGivenAt: number | null;
}

export interface NewSession {
  id: string;
  projectPk: number;
  agent: string;
  cwd: string;
  branch: string | null;
  transcriptPath: string | null;
  at: number;
}

/** What a batch of events changes in a session; written once for the batch. */
export interface SessionChange {
  earliest: number;
  latest: number;
  observations: number;
  failures: number;
  prompts: number;
  status: 'active' | 'ended' | null;
  endReason: string | null;
  transcriptPath: string | null;
  branch: string | null;
  model: string | null;
}

interface HandleRow {
  pk: number;
  project_pk: number;
  context_given_at: number | null;
}

/** Sessions with their counters; these are added up by the caller, so that a batch costs one update a session. */
export function createSessionWriter(db: WritableDb) {
  const find = db.prepare<[string], HandleRow>('SELECT pk, project_pk, context_given_at FROM sessions WHERE id = ?');
  const insert = db.prepare(`
    INSERT INTO sessions (id, project_pk, agent, cwd, branch, transcript_path, status, started_at, last_event_at)
    VALUES (@id, @projectPk, @agent, @cwd, @branch, @transcriptPath, 'active', @at, @at)`);
  const change = db.prepare(`
    UPDATE sessions SET
      started_at = MIN(started_at, @earliest),
      last_event_at = MAX(last_event_at, @latest),
      observation_count = observation_count + @observations,
      failure_count = failure_count + @failures,
      prompt_count = prompt_count + @prompts,
      status = COALESCE(@status, status),
      ended_at = CASE @status WHEN 'ended' THEN @latest WHEN 'active' THEN NULL ELSE ended_at END,
      end_reason = CASE @status WHEN 'ended' THEN @endReason WHEN 'active' THEN NULL ELSE end_reason END,
      transcript_path = COALESCE(@transcriptPath, transcript_path),
      branch = COALESCE(@branch, branch),
      model = COALESCE(@model, model)
    WHERE pk = @pk`);
  const title = db.prepare<[number, number]>(`
    UPDATE sessions SET title = COALESCE(given_title, (
      SELECT substr(said, 1, 300) FROM (
        SELECT trim(text, char(9, 10, 11, 12, 13, 32, 160, 12288)) AS said, occurred_at, pk FROM prompts WHERE session_pk = ?
      ) WHERE said <> '' ORDER BY occurred_at, pk LIMIT 1
    )) WHERE pk = ?`);
  const conclusion = db.prepare<[number, number]>(`
    UPDATE sessions SET conclusion = (
      SELECT substr(text, 1, 400) FROM messages
      WHERE session_pk = ? AND is_final = 1 AND agent_id IS NULL ORDER BY occurred_at DESC, pk DESC LIMIT 1
    ) WHERE pk = ?`);
  const contextGiven = db.prepare<[number, number]>('UPDATE sessions SET context_given_at = ? WHERE pk = ?');
  const endStale = db.prepare<[number], { pk: number; projectPk: number }>(`
    UPDATE sessions SET status = 'ended', end_reason = 'stale', ended_at = last_event_at
    WHERE status = 'active' AND last_event_at < ? RETURNING pk, project_pk AS projectPk`);
  return {
    find(id: string): SessionHandle | null {
      const row = find.get(id);
      return row ? { pk: row.pk, projectPk: row.project_pk, contextGivenAt: row.context_given_at } : null;
    },
    insert(session: NewSession): SessionHandle {
      const pk = Number(insert.run({ ...session }).lastInsertRowid);
      return { pk, projectPk: session.projectPk, contextGivenAt: null };
    },
    change: (pk: number, delta: SessionChange) => void change.run({ ...delta, pk }),
    refreshTitle: (pk: number) => void title.run(pk, pk),
    refreshConclusion: (pk: number) => void conclusion.run(pk, pk),
    markContextGiven: (pk: number, at: number) => void contextGiven.run(at, pk),
    /** Sessions whose client died without a word; returns them. */
    endStale: (before: number) => endStale.all(before),
  };
}

/** Subagents of a session; one that is seen again only gains: a type, an earlier start, an end. */
export function createAgentWriter(db: WritableDb) {
  const upsert = db.prepare<[number, string, string | null, number, number | null]>(`
    INSERT INTO agents (session_pk, id, type, started_at, ended_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session_pk, id) DO UPDATE SET
      type = COALESCE(excluded.type, type),
      started_at = MIN(started_at, excluded.started_at),
      ended_at = COALESCE(excluded.ended_at, ended_at)`);
  return {
    seen: (sessionPk: number, id: string, type: string | null, at: number, ended: boolean) =>
      void upsert.run(sessionPk, id, type, at, ended ? at : null),
  };
}
