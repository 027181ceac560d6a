import type { ReadableDb } from '../database.ts';

/** A session as the learn job needs it. */
export interface LearningSession {
  pk: number;
  id: string;
  projectPk: number;
  projectId: string;
  projectName: string;
  root: string;
  transcriptPath: string | null;
  agent: string;
}

export interface MaterialRow {
  pk: number;
  id: string;
  type: string;
  agent_id: string | null;
  title: string;
  narrative: string | null;
  files_changed: string;
  importance: number;
  failed: number;
  occurred_at: number;
  payload: string;
}

export interface PromptMaterial {
  observationPk: number;
  observationId: string;
  text: string;
  occurredAt: number;
}

/** What a person hid or marked wrong teaches nothing. */
const wanted = `NOT EXISTS (SELECT 1 FROM observation_marks m WHERE m.observation_pk = o.pk AND m.mark <> 'pinned')
  AND NOT EXISTS (SELECT 1 FROM session_marks m WHERE m.session_pk = o.session_pk AND m.mark <> 'pinned')`;
const sessionColumns = `s.pk, s.id, s.project_pk AS projectPk, p.id AS projectId, p.name AS projectName, p.root, s.transcript_path AS transcriptPath, s.agent`;
const sessionFrom = 'FROM sessions s JOIN projects p ON p.pk = s.project_pk';

/** What learnings are made from: what was asked, done and said in a session, and what comes back in a project. */
export function createLearningMaterial(db: ReadableDb) {
  const session = db.prepare<[number], LearningSession>(`SELECT ${sessionColumns} ${sessionFrom} WHERE s.pk = ?`);
  const sessionPk = db.prepare<[string], number>('SELECT pk FROM sessions WHERE id = ?').pluck();
  const recent = db
    .prepare<[{ projectPk: number | null; limit: number }], number>(
      `SELECT pk FROM sessions WHERE @projectPk IS NULL OR project_pk = @projectPk
       ORDER BY last_event_at DESC, pk DESC LIMIT @limit`,
    )
    .pluck();
  const rows = db.prepare<[number, number], MaterialRow>(`
    SELECT * FROM (
      SELECT o.pk, o.id, o.type, o.agent_id, o.title, o.narrative, o.files_changed, o.importance, o.failed, o.occurred_at, e.payload
      FROM observations o JOIN events e ON e.pk = o.event_pk
      WHERE o.session_pk = ? AND o.type IN ('command', 'change', 'conclusion') AND ${wanted}
      ORDER BY o.occurred_at DESC, o.pk DESC LIMIT ?) ORDER BY occurred_at, pk`);
  // A subagent is asked by an agent, and not by a person.
  const prompts = db.prepare<[number, number], PromptMaterial>(`
    SELECT * FROM (
      SELECT o.pk AS observationPk, o.id AS observationId, p.text, p.occurred_at AS occurredAt
      FROM prompts p JOIN observations o ON o.event_pk = p.event_pk
      WHERE p.session_pk = ? AND o.agent_id IS NULL AND ${wanted}
      ORDER BY p.occurred_at DESC, p.pk DESC LIMIT ?) ORDER BY occurredAt, observationPk`);
  const passed = db.prepare<
    [number, number],
    { observationPk: number; sessionPk: number; command: string | null; occurredAt: number }
  >(`
    SELECT * FROM (
      SELECT o.pk AS observationPk, o.session_pk AS sessionPk, o.occurred_at AS occurredAt,
        json_extract(e.payload, '$.tool_input.command') AS command
      FROM observations o JOIN events e ON e.pk = o.event_pk
      WHERE o.project_pk = ? AND o.type = 'command' AND o.failed = 0 AND o.agent_id IS NULL AND ${wanted}
      ORDER BY o.occurred_at DESC LIMIT ?) ORDER BY occurredAt, observationPk`);
  return {
    session: (pk: number): LearningSession | null => session.get(pk) ?? null,
    /** Of the agent's own id. */
    sessionOfId(id: string): LearningSession | null {
      const pk = sessionPk.get(id);
      return pk === undefined ? null : (session.get(pk) ?? null);
    },
    /** The latest sessions, of a project or of all. */
    recent: (projectPk: number | null, limit: number): number[] => recent.all({ projectPk, limit }),
    /** The last of its commands, edits and final messages, oldest first. */
    rows: (sessionPk: number, limit: number): MaterialRow[] => rows.all(sessionPk, limit),
    /** The last that the person typed, oldest first. */
    prompts: (sessionPk: number, limit: number): PromptMaterial[] => prompts.all(sessionPk, limit),
    /** The last commands of the main agents of a project that passed, oldest first. */
    passed: (projectPk: number, limit: number) =>
      passed
        .all(projectPk, limit)
        .flatMap(({ command, ...rest }) => (typeof command === 'string' ? [{ ...rest, command }] : [])),
  };
}
