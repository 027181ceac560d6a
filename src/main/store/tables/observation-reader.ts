import { marks } from '../../../shared/context-views.ts';
import {
  type ObservationDetail,
  type ObservationType,
  observationTypes,
  type ObservationView,
  type Page,
} from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';

export interface ObservationRow {
  pk: number;
  id: string;
  session_id: string;
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
  duration_ms: number | null;
  occurred_at: number;
  mark: string | null;
}

interface FoundRow extends ObservationRow {
  session_title: string | null;
}

export interface FoundObservation {
  view: ObservationView;
  sessionTitle: string | null;
}

interface DetailRow extends ObservationRow {
  payload: string;
  original_bytes: number;
  source: string;
}

export const observationColumns = `o.pk, o.id, s.id AS session_id, p.id AS project_id, p.name AS project_name, o.type, o.tool, o.agent_id,
  a.type AS agent_type, o.prompt_id, o.title, o.subtitle, o.facts, o.narrative, o.concepts, o.files_read, o.files_changed,
  o.importance, o.failed, o.duration_ms, o.occurred_at, m.mark`;
export const observationFrom = `FROM observations o JOIN sessions s ON s.pk = o.session_pk JOIN projects p ON p.pk = o.project_pk
  LEFT JOIN agents a ON a.session_pk = o.session_pk AND a.id = o.agent_id
  LEFT JOIN observation_marks m ON m.observation_pk = o.pk`;

/** Observations as the wire has them, with project and agent joined in. */
export function createObservationReader(db: ReadableDb) {
  const byPks = db.prepare<[string], FoundRow>(
    `SELECT ${observationColumns}, s.title AS session_title ${observationFrom} WHERE o.pk IN (SELECT value FROM json_each(?))`,
  );
  const detail = db.prepare<[string], DetailRow>(
    `SELECT ${observationColumns}, e.payload, e.original_bytes, e.source ${observationFrom} JOIN events e ON e.pk = o.event_pk WHERE o.id = ?`,
  );
  const page = db.prepare<[object], ObservationRow>(`
    SELECT ${observationColumns} ${observationFrom}
    WHERE o.session_pk = (SELECT pk FROM sessions WHERE id = @session_id) AND (o.occurred_at, o.pk) > (@at, @pk)
    ORDER BY o.occurred_at, o.pk LIMIT @limit`);
  const total = db.prepare<[object], { total: number; before: number }>(`
    SELECT COUNT(*) AS total, COALESCE(SUM((occurred_at, pk) <= (@at, @pk)), 0) AS before
    FROM observations WHERE session_pk = (SELECT pk FROM sessions WHERE id = @session_id)`);

  return {
    /** By row id; those that are gone are missing from the answer. */
    byPks: (pks: readonly number[]): Map<number, FoundObservation> =>
      new Map(
        byPks
          .all(JSON.stringify(pks))
          .map((row) => [row.pk, { view: toObservationView(row), sessionTitle: row.session_title }]),
      ),
    detail(id: string): ObservationDetail | null {
      const row = detail.get(id);
      return row ? toDetail(row) : null;
    },
    /** Oldest first. */
    timeline(query: { session_id: string; cursor?: string | undefined; limit: number }): Page<ObservationView> {
      const cursors = cursorsOf('timeline', { session_id: query.session_id });
      const [at, pk] = cursors.read(query.cursor, 2) ?? [-1, -1];
      const bound = { session_id: query.session_id, at, pk };
      const rows = page.all({ ...bound, limit: query.limit + 1 });
      const counts = total.get(bound) ?? { total: 0, before: 0 };
      return toPage(rows, { ...counts, limit: query.limit }, toObservationView, (row) =>
        cursors.at([row.occurred_at, row.pk]),
      );
    },
  };
}

/** The row as the wire has it. */
export function toObservationView(row: ObservationRow): ObservationView {
  return {
    id: row.id,
    session_id: row.session_id,
    project: { id: row.project_id, name: row.project_name },
    type: toType(row.type),
    tool: row.tool,
    agent_id: row.agent_id,
    agent_type: row.agent_type,
    prompt_id: row.prompt_id,
    title: row.title,
    subtitle: row.subtitle,
    facts: JSON.parse(row.facts) as string[],
    narrative: row.narrative,
    concepts: JSON.parse(row.concepts) as string[],
    files_read: JSON.parse(row.files_read) as string[],
    files_changed: JSON.parse(row.files_changed) as string[],
    importance: row.importance,
    failed: row.failed === 1,
    duration_ms: row.duration_ms,
    occurred_at: isoTime(row.occurred_at),
    mark: marks.find((known) => known === row.mark) ?? null,
  };
}

function toType(type: string): ObservationType {
  return observationTypes.find((known) => known === type) ?? 'tool';
}

function toDetail(row: DetailRow): ObservationDetail {
  const payload = JSON.parse(row.payload) as Record<string, unknown>;
  const said = payload['prompt'] ?? payload['text'] ?? payload['compact_summary'];
  return {
    ...toObservationView(row),
    input: payload['tool_input'] ?? null,
    result: payload['tool_response'] ?? said ?? null,
    error: typeof payload['error'] === 'string' ? payload['error'] : null,
    original_bytes: row.original_bytes,
    source: row.source,
  };
}
