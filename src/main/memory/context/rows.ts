import type { ReadableDb } from '../../store/database.ts';
import type { SummaryContent } from '../../../shared/summary-views.ts';
import { summaryContent } from '../../store/tables/summary-rows.ts';
import { isOffRecord } from '../summaries/cues.ts';
import { hasUnwanted, unwantedEvent, unwantedObservation, unwantedSession } from '../unwanted.ts';

export interface SessionRow {
  pk: number;
  id: string;
  title: string | null;
  conclusion: string | null;
  branch: string | null;
  cwd: string;
  started_at: number;
  last_event_at: number;
  is_pinned: number;
}

export interface TurnRow {
  pk: number;
  prompt_id: string | null;
  asked: string;
  /** Null also when the answer was hidden. */
  answered: string | null;
  is_answered: number;
  occurred_at: number;
  /** When it was answered, or else asked. */
  last_at: number;
  has_changes: number;
}

/** What a program or an agent wrote down about where the work stands. */
export interface NoteRow {
  id: string;
  session_pk: number;
  session_id: string;
  branch: string | null;
  title: string;
  narrative: string | null;
  occurred_at: number;
}

export interface ObservationRow {
  pk: number;
  id: string;
  session_pk: number;
  session_id: string;
  prompt_id: string | null;
  type: string;
  tool: string | null;
  title: string;
  subtitle: string | null;
  narrative: string | null;
  facts: string;
  concepts: string;
  files_changed: string;
  importance: number;
  failed: number;
  occurred_at: number;
}

/** With what a person hid or marked wrong: it is not told, but may have settled what an earlier row left open. */
export interface SettlingRow extends ObservationRow {
  is_unwanted: number;
}

/** A session's todo or task call, with what the agent sent and got. */
export interface PlanRow {
  id: string;
  tool: string | null;
  input: string | null;
  result: string | null;
}

/** Whether a person asks to forget a prompt is read in that much of it. */
const promptRead = 4_000;
const promptOf = (sessionPk: string, order: 'ASC' | 'DESC') => `(SELECT substr(text, 1, ${promptRead}) FROM prompts
  WHERE session_pk = ${sessionPk} ORDER BY occurred_at ${order}, pk ${order} LIMIT 1)`;

// A title is the first prompt, a conclusion the last answer: where one of those is unwanted, neither is told.
const sessionColumns = `s.pk, s.id, iif(${hasUnwanted('s.pk', 'request')}, NULL, s.title) AS title,
  iif(${hasUnwanted('s.pk', 'conclusion')}, NULL, s.conclusion) AS conclusion, s.branch, s.cwd, s.started_at, s.last_event_at,
  COALESCE((SELECT mark = 'pinned' FROM session_marks WHERE session_pk = s.pk), 0) AS is_pinned,
  ${promptOf('s.pk', 'ASC')} AS first_asked, ${promptOf('s.pk', 'DESC')} AS last_asked`;
const observationColumns = `o.pk, o.id, o.session_pk, s.id AS session_id, o.prompt_id, o.type, o.tool, o.title, o.subtitle,
  substr(o.narrative, 1, 400) AS narrative, o.facts, o.concepts, o.files_changed, o.importance, o.failed, o.occurred_at`;
/** Of observations: not hidden or wrong, nor any of a session that is. */
const wanted = `NOT ${unwantedObservation('o.pk')} AND NOT ${unwantedSession('s.pk')}`;

const mostTurns = 6;
const mostPlans = 60;
/** Among so many of that type, the newest: an agent says much on the way. */
const rowsForNotes = 500;

interface AskedRow extends SessionRow {
  first_asked: string | null;
  last_asked: string | null;
}

/** What the context is made of: short statements over indexes, so that a new session never waits for a big memory. */
export function createContextRows(db: ReadableDb) {
  const project = db.prepare<[number], { name: string; root: string }>('SELECT name, root FROM projects WHERE pk = ?');
  const session = db.prepare<[number], AskedRow & { context_given_at: number | null }>(
    `SELECT ${sessionColumns}, s.context_given_at FROM sessions s WHERE s.pk = ?`,
  );
  const recentSessions = db.prepare<[number, number, number], AskedRow>(`
    SELECT ${sessionColumns} FROM sessions s
    WHERE s.project_pk = ? AND s.pk <> ? AND (s.title IS NOT NULL OR s.conclusion IS NOT NULL) AND NOT ${unwantedSession('s.pk')}
    ORDER BY s.last_event_at DESC, s.pk DESC LIMIT ?`);
  const pinnedSessions = db.prepare<[number, number, number], AskedRow>(`
    SELECT ${sessionColumns} FROM session_marks m CROSS JOIN sessions s ON s.pk = m.session_pk
    WHERE m.mark = 'pinned' AND s.project_pk = ? AND s.pk <> ? ORDER BY m.marked_at DESC, s.pk DESC LIMIT ?`);
  // Older clients tell no prompt's id: then what was answered before the next prompt is its answer.
  const answers = `m.session_pk = p.session_pk AND m.prompt_id IS p.prompt_id AND m.is_final = 1 AND m.agent_id IS NULL
    AND (p.prompt_id IS NOT NULL OR m.occurred_at >= p.occurred_at AND m.occurred_at < COALESCE((
      SELECT MIN(next.occurred_at) FROM prompts next
      WHERE next.session_pk = p.session_pk AND (next.occurred_at, next.pk) > (p.occurred_at, p.pk)), 9e15))`;
  const turns = db.prepare<[number], TurnRow>(`
    SELECT p.pk, p.prompt_id, substr(p.text, 1, ${promptRead}) AS asked, p.occurred_at, substr(answer.text, 1, 1200) AS answered,
      COALESCE(answer.occurred_at, p.occurred_at) AS last_at, EXISTS (
        SELECT 1 FROM messages m WHERE ${answers}
      ) AS is_answered, EXISTS (
        SELECT 1 FROM observations c
        WHERE c.session_pk = p.session_pk AND c.occurred_at BETWEEN p.occurred_at AND answer.occurred_at
          AND c.prompt_id = p.prompt_id AND c.type = 'change' AND c.failed = 0
      ) AS has_changes
    FROM prompts p LEFT JOIN messages answer ON answer.pk = (
      SELECT m.pk FROM messages m WHERE ${answers} AND NOT ${unwantedEvent('m.event_pk')}
      ORDER BY m.occurred_at DESC, m.pk DESC LIMIT 1)
    WHERE p.session_pk = ? AND NOT ${unwantedEvent('p.event_pk')} ORDER BY p.occurred_at DESC, p.pk DESC LIMIT ${mostTurns}`);
  // Not one that tells what was hidden since, nor one of before the last answer.
  const summary = db.prepare<[number], { content: string }>(`
    SELECT u.content FROM summaries u
    WHERE u.session_pk = ? AND u.scope = 'session' AND u.is_current = 1 AND NOT EXISTS (
        SELECT 1 FROM messages m
        WHERE m.session_pk = u.session_pk AND m.occurred_at > u.occurred_at AND m.is_final = 1 AND m.agent_id IS NULL
          AND NOT ${unwantedEvent('m.event_pk')}
      ) AND NOT EXISTS (
        SELECT 1 FROM observation_marks mark CROSS JOIN observations marked ON marked.pk = mark.observation_pk
        WHERE mark.mark <> 'pinned' AND mark.marked_at >= u.created_at AND marked.session_pk = u.session_pk
      )`);
  // What the agent said on the way is of this type too, but no event of its own.
  const notes = db.prepare<[number, number], NoteRow>(`
    SELECT o.id, o.session_pk, s.id AS session_id, s.branch, o.title, substr(o.narrative, 1, 4000) AS narrative, o.occurred_at
    FROM (
      SELECT pk FROM observations INDEXED BY observations_by_project
      WHERE project_pk = ? AND type = 'note' AND occurred_at >= ? ORDER BY occurred_at DESC LIMIT ${rowsForNotes}
    ) newest CROSS JOIN observations o ON o.pk = newest.pk JOIN events e ON e.pk = o.event_pk JOIN sessions s ON s.pk = o.session_pk
    WHERE e.name = 'Observation' AND ${wanted} ORDER BY o.occurred_at DESC, o.pk DESC`);
  const recentObservations = db.prepare<[number, number], SettlingRow>(`
    SELECT ${observationColumns}, NOT (${wanted}) AS is_unwanted FROM (
      SELECT pk FROM observations INDEXED BY observations_by_project
      WHERE project_pk = ? AND type IN ('change', 'command', 'delegation', 'research', 'summary')
      ORDER BY occurred_at DESC LIMIT ?
    ) chosen JOIN observations o ON o.pk = chosen.pk JOIN sessions s ON s.pk = o.session_pk
    ORDER BY o.occurred_at DESC, o.pk DESC`);
  const ofSession = db.prepare<[number, number], SettlingRow>(`
    SELECT ${observationColumns}, ${unwantedObservation('o.pk')} AS is_unwanted
    FROM observations o JOIN sessions s ON s.pk = o.session_pk WHERE o.session_pk = ? ORDER BY o.occurred_at DESC, o.pk DESC LIMIT ?`);
  const pinned = db.prepare<[number, number, number], ObservationRow>(`
    SELECT ${observationColumns} FROM observation_marks m CROSS JOIN observations o ON o.pk = m.observation_pk
    JOIN sessions s ON s.pk = o.session_pk
    WHERE m.mark = 'pinned' AND o.project_pk = ? AND o.session_pk <> ? AND NOT ${unwantedSession('s.pk')}
    ORDER BY m.marked_at DESC, o.pk DESC LIMIT ?`);
  const inDirectory = db.prepare<[string, string, number, number, number], ObservationRow>(`
    SELECT ${observationColumns} FROM (
      SELECT DISTINCT link.observation_pk AS pk
      FROM (SELECT pk FROM files WHERE path > ? AND path < ? ORDER BY pk DESC LIMIT 200) f
        CROSS JOIN observation_files link ON link.file_pk = f.pk
      ORDER BY link.observation_pk DESC LIMIT 60
    ) chosen JOIN observations o ON o.pk = chosen.pk JOIN sessions s ON s.pk = o.session_pk
    WHERE o.project_pk = ? AND o.session_pk <> ? AND o.type = 'change' AND ${wanted}
    ORDER BY o.occurred_at DESC, o.pk DESC LIMIT ?`);
  const plans = db.prepare<[number], PlanRow>(`
    SELECT o.id, o.tool, json_extract(e.payload, '$.tool_input') AS input, json_extract(e.payload, '$.tool_response') AS result
    FROM observations o JOIN events e ON e.pk = o.event_pk
    WHERE o.session_pk = ? AND o.type = 'plan' AND o.failed = 0 AND o.tool <> 'ExitPlanMode' AND o.agent_id IS NULL
      AND NOT ${unwantedObservation('o.pk')}
    ORDER BY o.occurred_at DESC, o.pk DESC LIMIT ${mostPlans}`);
  const stopped = db.prepare<[number], { name: string; prompt_id: string | null }>(`
    SELECT name, prompt_id FROM events WHERE session_pk = ? AND name IN ('Stop', 'StopFailure', 'UserPromptSubmit')
    ORDER BY pk DESC LIMIT 1`);
  const lastObserved = db.prepare<[number], { at: number | null }>(
    'SELECT MAX(occurred_at) AS at FROM observations WHERE session_pk = ?',
  );
  const latestContext = db.prepare<[number, string], { at: number | null }>(`
    SELECT MAX(context_given_at) AS at FROM sessions WHERE project_pk = ? AND cwd = ?`);

  return {
    project: (pk: number) => project.get(pk) ?? { name: '', root: '' },
    session(pk: number) {
      const row = session.get(pk);
      return row === undefined ? null : onRecord(row);
    },
    recentSessions: (projectPk: number, except: number, limit: number) =>
      recentSessions.all(projectPk, except, limit).map(onRecord),
    pinnedSessions: (projectPk: number, except: number, limit: number) =>
      pinnedSessions.all(projectPk, except, limit).map(onRecord),
    /** Of the six newest those that were not asked to be forgotten, the newest first. */
    turns: (sessionPk: number) => turns.all(sessionPk).filter(({ asked }) => !isOffRecord(asked)),
    /** What the whole session came to; null where nobody has told that yet. */
    summary(sessionPk: number): SummaryContent | null {
      const row = summary.get(sessionPk);
      return row === undefined ? null : summaryContent(row.content);
    },
    /** Of the project since then, the newest first. */
    notes: (projectPk: number, since: number) => notes.all(projectPk, since),
    /** The newest `limit` that may matter, the newest first. */
    recentObservations: (projectPk: number, limit: number) => recentObservations.all(projectPk, limit),
    ofSession: (sessionPk: number, limit: number) => ofSession.all(sessionPk, limit),
    pinned: (projectPk: number, except: number, limit: number) => pinned.all(projectPk, except, limit),
    /** Changes of files below a folder, as far as its newest files tell. */
    inDirectory: (folder: string, projectPk: number, except: number, limit: number) =>
      inDirectory.all(`${folder}/`, `${folder}0`, projectPk, except, limit),
    /** The newest first. */
    plans: (sessionPk: number) => plans.all(sessionPk),
    /** Whether the last thing that happened is that this turn ended with an error of the provider, and not one that a machine began. */
    endedInFailure(sessionPk: number, promptId: string | null): boolean {
      const last = stopped.get(sessionPk);
      return last?.name === 'StopFailure' && last.prompt_id === promptId;
    },
    /** When the session itself last did something; null when it never did. */
    lastObserved: (sessionPk: number) => lastObserved.get(sessionPk)?.at ?? null,
    /** When any session of this folder was last given context; null when none was. */
    latestContext: (projectPk: number, cwd: string) => latestContext.get(projectPk, cwd)?.at ?? null,
  };
}

export type ContextRows = ReturnType<typeof createContextRows>;

/** Without what was said to a prompt that a person asked to forget. */
function onRecord<Row extends AskedRow>({ first_asked: first, last_asked: last, ...row }: Row) {
  return {
    ...row,
    title: first !== null && isOffRecord(first) ? null : row.title,
    conclusion: last !== null && isOffRecord(last) ? null : row.conclusion,
  };
}
