import type { ReadableDb } from '../store/database.ts';
import { isoTime } from '../store/times.ts';
import type { ObservationType, ObservationView } from '../../shared/views.ts';

/** A row as the wire shows it, with its session's title. */
export interface HydratedRow {
  view: ObservationView;
  sessionTitle: string | null;
}

interface Row {
  pk: number;
  id: string;
  session_id: string;
  session_title: string | null;
  project_id: string;
  project_name: string;
  type: string;
  tool: string | null;
  agent_id: string | null;
  agent_type: string | null;
  prompt_id: string | null;
  title: string;
  subtitle: string | null;
  facts: string;
  narrative: string | null;
  concepts: string;
  files_read: string;
  files_changed: string;
  importance: number;
  failed: number;
  occurred_at: number;
}

const sql = `
  SELECT observations.pk, observations.id, sessions.id AS session_id, sessions.title AS session_title,
    projects.id AS project_id, projects.name AS project_name, observations.type, tool, observations.agent_id,
    agents.type AS agent_type, prompt_id, observations.title, subtitle, facts, narrative, concepts, files_read,
    files_changed, importance, failed, occurred_at
  FROM observations
    JOIN sessions ON sessions.pk = observations.session_pk
    JOIN projects ON projects.pk = observations.project_pk
    LEFT JOIN agents ON agents.session_pk = observations.session_pk AND agents.id = observations.agent_id
  WHERE observations.pk IN (SELECT value FROM json_each(?))`;

/** Reads rows by pk; those that are no longer there are missing from the answer. */
export function createHydrator(db: ReadableDb): (pks: readonly number[]) => Map<number, HydratedRow> {
  const statement = db.prepare<[string], Row>(sql);
  return (pks) => new Map(statement.all(JSON.stringify(pks)).map((row) => [row.pk, toHydrated(row)]));
}

function toHydrated(row: Row): HydratedRow {
  const view = {
    id: row.id,
    session_id: row.session_id,
    project: { id: row.project_id, name: row.project_name },
    type: row.type as ObservationType,
    tool: row.tool,
    agent_id: row.agent_id,
    agent_type: row.agent_type,
    prompt_id: row.prompt_id,
    title: row.title,
    subtitle: row.subtitle,
    facts: parseStrings(row.facts),
    narrative: row.narrative,
    concepts: parseStrings(row.concepts),
    files_read: parseStrings(row.files_read),
    files_changed: parseStrings(row.files_changed),
    importance: row.importance,
    failed: row.failed === 1,
    occurred_at: isoTime(row.occurred_at),
  };
  return { view, sessionTitle: row.session_title };
}

function parseStrings(json: string): string[] {
  return JSON.parse(json) as string[];
}
