import {
  failureClasses,
  type FailureClass,
  type JobKind,
  type JobState,
  type JobView,
} from '../../../shared/job-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

export interface TaskQuery {
  states?: JobState[] | undefined;
  kinds?: JobKind[] | undefined;
  project_id?: string | undefined;
  session_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface TaskCount {
  kind: string;
  waiting: number;
  running: number;
  parked: number;
  done_today: number;
}

/** How many attempts a job has; jobs/ knows. */
export type AttemptLimit = (failure: FailureClass | null) => number;

interface ViewRow {
  pk: number;
  id: string;
  kind: JobKind;
  state: JobState;
  payload: string;
  project_id: string | null;
  project_name: string | null;
  session_id: string | null;
  session_title: string | null;
  priority: number;
  attempts: number;
  progress_done: number | null;
  progress_total: number | null;
  run_after: number;
  failure_class: string | null;
  failure_message: string | null;
  failed_at: number | null;
  calls: number;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_micros: number | null;
  result: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
}

interface PlacedRow extends ViewRow {
  place_group: number;
  place_one: number;
  place_two: number;
  place_pk: number;
}

const spend = (sum: string) => `(SELECT ${sum} FROM model_calls c WHERE c.job_pk = t.pk)`;
const columns = `t.pk, t.id, t.kind, t.state, t.payload, p.id AS project_id, p.name AS project_name, s.id AS session_id,
  s.title AS session_title, t.priority, t.attempts, t.progress_done, t.progress_total, t.run_after, t.failure_class,
  t.failure_message, t.failed_at, t.result, t.created_at, t.started_at, t.ended_at,
  ${spend('COUNT(*)')} AS calls,
  ${spend('SUM(c.input_tokens + c.cache_read_tokens + c.cache_write_tokens)')} AS input_tokens,
  ${spend('SUM(c.output_tokens)')} AS output_tokens, ${spend('SUM(c.cost_micros)')} AS cost_micros`;
const joined = 'LEFT JOIN projects p ON p.pk = t.project_pk LEFT JOIN sessions s ON s.pk = t.session_pk';
/** Running first, then waiting by their turn, then the ended ones, newest first: four numbers that only grow along the list. */
const place = {
  group: `CASE t.state WHEN 'running' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END`,
  one: `CASE t.state WHEN 'running' THEN t.started_at WHEN 'waiting' THEN -t.priority ELSE -t.ended_at END`,
  two: `CASE t.state WHEN 'waiting' THEN t.run_after ELSE 0 END`,
  pk: `CASE WHEN t.state IN ('running', 'waiting') THEN t.pk ELSE -t.pk END`,
};
const placeOf = `(${place.group}, ${place.one}, ${place.two}, ${place.pk})`;
const cursorOf = '(@group, @one, @two, @pk)';
const wanted = `(@states IS NULL OR t.state IN (SELECT value FROM json_each(@states)))
  AND (@kinds IS NULL OR t.kind IN (SELECT value FROM json_each(@kinds)))
  AND (@projectId IS NULL OR t.project_pk = (SELECT pk FROM projects WHERE id = @projectId))
  AND (@sessionId IS NULL OR t.session_pk = (SELECT pk FROM sessions WHERE id = @sessionId))`;

/** Jobs as the wire has them. */
export function createTaskQueueReader(db: ReadableDb, attemptLimit: AttemptLimit) {
  const byId = db.prepare<[string], ViewRow>(`SELECT ${columns} FROM task_queue t ${joined} WHERE t.id = ?`);
  // Places first, so that what a view wants besides is looked up for the jobs of the page alone.
  const page = db.prepare<[object], PlacedRow>(`
    WITH placed AS (
      SELECT t.pk, ${place.group} AS place_group, ${place.one} AS place_one, ${place.two} AS place_two, ${place.pk} AS place_pk
      FROM task_queue t WHERE ${wanted} AND ${placeOf} > ${cursorOf}
      ORDER BY place_group, place_one, place_two, place_pk LIMIT @limit)
    SELECT ${columns}, place_group, place_one, place_two, place_pk FROM placed JOIN task_queue t ON t.pk = placed.pk ${joined}
    ORDER BY place_group, place_one, place_two, place_pk`);
  const total = db.prepare<[object], { total: number; before: number }>(`
    SELECT COUNT(*) AS total, COALESCE(SUM(${placeOf} <= ${cursorOf}), 0) AS before FROM task_queue t WHERE ${wanted}`);
  // Grouping sorts, and most jobs ended before today.
  const counts = db.prepare<[{ today: number }], TaskCount>(`
    SELECT kind, SUM(state = 'waiting') AS waiting, SUM(state = 'running') AS running, SUM(state = 'parked') AS parked,
      SUM(state = 'done') AS done_today FROM task_queue
    WHERE state IN ('waiting', 'running', 'parked') OR (state = 'done' AND ended_at >= @today) GROUP BY kind`);

  return {
    get(id: string, now: number): JobView | null {
      const row = byId.get(id);
      return row ? toView(row, attemptLimit, now) : null;
    },
    list(query: TaskQuery, now: number): Page<JobView> {
      const filters = {
        states: query.states === undefined ? null : JSON.stringify(query.states),
        kinds: query.kinds === undefined ? null : JSON.stringify(query.kinds),
        projectId: query.project_id ?? null,
        sessionId: query.session_id ?? null,
      };
      const cursors = cursorsOf('jobs', filters);
      const [group, one, two, pk] = cursors.read(query.cursor, 4) ?? [-1, 0, 0, 0];
      const bound = { ...filters, group, one, two, pk };
      const rows = page.all({ ...bound, limit: query.limit + 1 });
      const ahead = total.get(bound) ?? { total: 0, before: 0 };
      return toPage(
        rows,
        { ...ahead, limit: query.limit },
        (row) => toView(row, attemptLimit, now),
        (row) => cursors.at([row.place_group, row.place_one, row.place_two, row.place_pk]),
      );
    },
    /** Of kinds that have jobs which are not over, or were done since `today`. */
    counts: (today: number): TaskCount[] => counts.all({ today }),
  };
}

function toView(row: ViewRow, attemptLimit: AttemptLimit, now: number): JobView {
  const failureClass = failureClasses.find((known) => known === row.failure_class) ?? null;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    details: detailsOf(row.payload),
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
    session_id: row.session_id,
    session_title: row.session_title,
    priority: row.priority,
    attempts: row.attempts,
    most_attempts: attemptLimit(failureClass),
    progress:
      row.progress_done === null || row.progress_total === null
        ? null
        : { done: row.progress_done, total: row.progress_total },
    run_after: row.state === 'waiting' && row.run_after > now ? isoTime(row.run_after) : null,
    failure:
      failureClass === null || row.failed_at === null
        ? null
        : { class: failureClass, message: row.failure_message ?? '', at: isoTime(row.failed_at) },
    cost:
      row.calls === 0
        ? null
        : {
            input_tokens: row.input_tokens ?? 0,
            output_tokens: row.output_tokens ?? 0,
            cost_usd: (row.cost_micros ?? 0) / 1e6,
          },
    result: row.result,
    created_at: isoTime(row.created_at),
    started_at: isoTimeOrNull(row.started_at),
    ended_at: isoTimeOrNull(row.ended_at),
  };
}

function detailsOf(payload: string): JobView['details'] {
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null) return {};
  const details: JobView['details'] = {};
  for (const [name, detail] of Object.entries<unknown>({ ...value })) {
    if (detail === null || typeof detail === 'string' || typeof detail === 'number' || typeof detail === 'boolean') {
      details[name] = detail;
    }
  }
  return details;
}
