import type { ReadableDb } from '../../store/database.ts';
import { unwantedEvent, unwantedObservation } from '../unwanted.ts';

export interface PlaceRow {
  pk: number;
  id: string;
  project_pk: number;
  project_name: string;
  root: string;
  started_at: number;
  last_event_at: number;
}

export interface PromptRow {
  prompt_id: string | null;
  /** Empty when it was hidden. */
  text: string;
  occurred_at: number;
}

export interface MessageRow {
  pk: number;
  prompt_id: string | null;
  role: 'assistant' | 'summary';
  is_final: number;
  text: string;
  occurred_at: number;
}

export interface CallRow {
  pk: number;
  prompt_id: string | null;
  agent_id: string | null;
  type: string;
  tool: string | null;
  title: string;
  subtitle: string | null;
  narrative: string | null;
  facts: string;
  concepts: string;
  files_read: string;
  files_changed: string;
  failed: number;
  is_unwanted: number;
  occurred_at: number;
  /** Of a command. */
  command: string | null;
  /** Of a todo or task list. */
  input: string | null;
  /** The same, and what a subagent reported. */
  result: string | null;
  /** Of a written file: whether it was not there before. */
  is_new: number;
}

/** Rows are read so many at a time, so that no session has to fit into memory. */
const pageRows = 500;
/** As much of a text is read, in characters. */
const longestText = 24_000;
/** A session with more turns is told by its newest. */
const mostTurns = 2_000;

/** What summaries are made of: reads over the session's indexes, paged, in the order in which things happened. */
export function createSummaryRows(db: ReadableDb) {
  const place = db.prepare<[number], PlaceRow>(`
    SELECT s.pk, s.id, s.project_pk, p.name AS project_name, p.root, s.started_at, s.last_event_at
    FROM sessions s JOIN projects p ON p.pk = s.project_pk WHERE s.pk = ?`);
  const prompts = db.prepare<[number], PromptRow>(`
    SELECT p.prompt_id, iif(${unwantedEvent('p.event_pk')}, '', substr(p.text, 1, ${longestText})) AS text, p.occurred_at
    FROM prompts p WHERE p.session_pk = ? ORDER BY p.occurred_at DESC, p.pk DESC LIMIT ${mostTurns}`);
  const messages = db.prepare<[number, number, number], MessageRow>(`
    SELECT m.pk, m.prompt_id, m.role, m.is_final, substr(m.text, 1, ${longestText}) AS text, m.occurred_at FROM messages m
    WHERE m.session_pk = ? AND m.agent_id IS NULL AND (m.occurred_at, m.pk) > (?, ?) AND NOT ${unwantedEvent('m.event_pk')}
    ORDER BY m.occurred_at, m.pk LIMIT ${pageRows}`);
  const calls = db.prepare<[number, number, number], CallRow>(`
    SELECT o.pk, o.prompt_id, o.agent_id, o.type, o.tool, o.title, o.subtitle, o.narrative, o.facts, o.concepts, o.files_read,
      o.files_changed, o.failed, ${unwantedObservation('o.pk')} AS is_unwanted, o.occurred_at,
      CASE o.type WHEN 'command' THEN substr(COALESCE(json_extract(e.payload, '$.tool_input.command'),
        json_extract(e.payload, '$.tool_response.command')), 1, 2000) END AS command,
      CASE o.type WHEN 'plan' THEN json_extract(e.payload, '$.tool_input') END AS input,
      CASE WHEN o.type IN ('plan', 'delegation') THEN json_extract(e.payload, '$.tool_response') END AS result,
      COALESCE(o.tool = 'Write' AND json_extract(e.payload, '$.tool_response.type') = 'create', 0) AS is_new
    FROM observations o JOIN events e ON e.pk = o.event_pk
    WHERE o.session_pk = ? AND (o.occurred_at, o.pk) > (?, ?)
      AND o.type IN ('discovery', 'change', 'command', 'research', 'delegation', 'plan', 'tool')
    ORDER BY o.occurred_at, o.pk LIMIT ${pageRows}`);
  const stopped = db.prepare<[number], { name: string; prompt_id: string | null }>(`
    SELECT name, prompt_id FROM events WHERE session_pk = ? AND name IN ('Stop', 'StopFailure', 'UserPromptSubmit')
    ORDER BY pk DESC LIMIT 1`);

  function* paged<Row extends { pk: number; occurred_at: number }>(
    page: { all(sessionPk: number, at: number, pk: number): Row[] },
    sessionPk: number,
  ): Generator<Row> {
    let [at, pk] = [-1, -1];
    for (;;) {
      const rows = page.all(sessionPk, at, pk);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < pageRows) return;
      [at, pk] = [last.occurred_at, last.pk];
    }
  }

  return {
    place: (sessionPk: number) => place.get(sessionPk) ?? null,
    /** The oldest first. */
    prompts: (sessionPk: number) => prompts.all(sessionPk).toReversed(),
    /** Of the main agent, the oldest first. */
    messages: (sessionPk: number) => paged(messages, sessionPk),
    /** Of all agents, the oldest first, with those that were hidden: they settle what earlier ones left open. */
    calls: (sessionPk: number) => paged(calls, sessionPk),
    /** What the last turn ended with; null when it did not end. */
    lastStop: (sessionPk: number) => stopped.get(sessionPk)?.name ?? null,
  };
}
