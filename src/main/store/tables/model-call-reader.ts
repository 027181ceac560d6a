import type { CostGroup, ModelCallView, SpendView } from '../../../shared/cost-views.ts';
import type { FailureClass } from '../../../shared/job-views.ts';
import type { ModelPurpose } from '../../../shared/model-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';
import { isInFlight } from './model-calls.ts';

/** Milliseconds since 1970; null: without that bound. Of a project that does not exist there is nothing. */
export interface CallRange {
  since: number | null;
  until: number | null;
  projectId: string | null;
}

/** Sums; costs in millionths of a US dollar. */
export interface SpendRow {
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  cost_micros: number;
  saved_micros: number;
}

export type SpendGroupRow = SpendRow & { key: string | number; label: string };

const sums = `COUNT(*) AS calls, COALESCE(SUM(c.input_tokens), 0) AS input_tokens,
  COALESCE(SUM(c.output_tokens), 0) AS output_tokens, COALESCE(SUM(c.cache_read_tokens), 0) AS cache_read_tokens,
  COALESCE(SUM(c.cache_write_tokens), 0) AS cache_write_tokens, COALESCE(SUM(c.cost_micros), 0) AS cost_micros,
  COALESCE(SUM(c.saved_micros), 0) AS saved_micros`;
/** What a call under way will have cost is not known yet. */
const inRange = `NOT (${isInFlight}) AND (@since IS NULL OR c.started_at >= @since)
  AND (@until IS NULL OR c.started_at < @until)
  AND (@projectId IS NULL OR c.project_pk = (SELECT pk FROM projects WHERE id = @projectId))`;

/** Clocks of all zones differ from UTC by whole quarters of an hour, so that quarters can be put together to local days. */
export const quarterHourMs = 900_000;

const groupKeys: Record<CostGroup, { key: string; label: string }> = {
  day: { key: `c.started_at / ${quarterHourMs}`, label: `''` },
  model: { key: 'c.model', label: 'c.model' },
  project: { key: `COALESCE(p.id, '')`, label: `COALESCE(p.name, '')` },
  purpose: { key: 'c.purpose', label: 'c.purpose' },
};

interface CallRow extends SpendRow {
  pk: number;
  id: string;
  purpose: ModelPurpose;
  provider: string;
  model: string;
  project_id: string | null;
  project_name: string | null;
  job_id: string | null;
  state: ModelCallView['state'];
  failure_class: FailureClass | null;
  failure_message: string | null;
  started_at: number;
  ended_at: number | null;
}

export function createModelCallReader(db: ReadableDb) {
  const total = db.prepare<[CallRange], SpendRow>(`SELECT ${sums} FROM model_calls c WHERE ${inRange}`);
  const groups = {
    day: prepareGroup('day'),
    model: prepareGroup('model'),
    project: prepareGroup('project'),
    purpose: prepareGroup('purpose'),
  };
  const wanted = '(@jobId IS NULL OR t.id = @jobId)';
  const from = `FROM model_calls c LEFT JOIN task_queue t ON t.pk = c.job_pk LEFT JOIN projects p ON p.pk = c.project_pk`;
  const page = db.prepare<[object], CallRow>(`
    SELECT c.pk, c.id, c.purpose, c.provider, c.model, p.id AS project_id, p.name AS project_name, t.id AS job_id, c.state,
      1 AS calls, c.input_tokens, c.output_tokens, c.cache_read_tokens, c.cache_write_tokens, c.cost_micros, c.saved_micros,
      c.failure_class, c.failure_message, c.started_at, c.ended_at
    ${from} WHERE ${wanted} AND (c.started_at, c.pk) < (@at, @pk)
    ORDER BY c.started_at DESC, c.pk DESC LIMIT @limit`);
  const counts = db.prepare<[object], { total: number; before: number }>(`
    SELECT COUNT(*) AS total, COALESCE(SUM((c.started_at, c.pk) >= (@at, @pk)), 0) AS before ${from} WHERE ${wanted}`);

  function prepareGroup(group: CostGroup) {
    const { key, label } = groupKeys[group];
    return db.prepare<[CallRange], SpendGroupRow>(`
      SELECT ${key} AS key, ${label} AS label, ${sums}
      FROM model_calls c LEFT JOIN projects p ON p.pk = c.project_pk WHERE ${inRange}
      GROUP BY 1 ORDER BY cost_micros DESC, calls DESC, 1`);
  }

  return {
    spend: (range: CallRange): SpendRow | null => total.get(range) ?? null,
    /** The dearest first; days come as quarters of an hour since 1970, to be put together by whoever knows the zone. */
    groups: (group: CostGroup, range: CallRange): SpendGroupRow[] => groups[group].all(range),
    /** The newest first. */
    list({ job_id, cursor, limit }: { job_id?: string | undefined; cursor?: string | undefined; limit: number }) {
      const cursors = cursorsOf('calls', { job_id });
      const [at, pk] = cursors.read(cursor, 2) ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const values = { jobId: job_id ?? null, at, pk, limit: limit + 1 };
      const { total: all, before } = counts.get(values) ?? { total: 0, before: 0 };
      const asked = { total: all, before, limit };
      const shown: Page<ModelCallView> = toPage(page.all(values), asked, toView, (row) =>
        cursors.at([row.started_at, row.pk]),
      );
      return shown;
    },
  };
}

/** Whether a model has answered a job of this purpose about all that the session holds; as long as that job is kept. */
export function createModelReadings(db: ReadableDb) {
  const isRead = db
    .prepare<[object], number>(`
      SELECT EXISTS (
        SELECT 1 FROM task_queue t JOIN model_calls c ON c.job_pk = t.pk
        WHERE t.session_pk = @sessionPk AND t.state = 'done' AND c.purpose = @purpose AND c.state = 'answered'
          AND NOT EXISTS (SELECT 1 FROM observations o WHERE o.session_pk = t.session_pk AND o.occurred_at > c.started_at))`)
    .pluck();
  return (about: { purpose: ModelPurpose; sessionPk: number }): boolean => isRead.get(about) === 1;
}

export function toSpend(row: SpendRow): SpendView {
  const { cost_micros, saved_micros, calls, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens } = row;
  return {
    calls,
    input_tokens,
    output_tokens,
    cache_read_tokens,
    cache_write_tokens,
    cost_usd: cost_micros / 1e6,
    saved_usd: saved_micros / 1e6,
  };
}

function toView(row: CallRow): ModelCallView {
  const { id, purpose, provider, model, state, job_id } = row;
  const isLost = state === 'sent';
  return {
    id,
    purpose,
    provider,
    model,
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
    job_id,
    state,
    spend: toSpend(row),
    failure:
      row.failure_class === null
        ? null
        : {
            class: row.failure_class,
            message: row.failure_message ?? '',
            at: isoTime(row.ended_at ?? row.started_at),
          },
    started_at: isoTime(row.started_at),
    took_ms: row.ended_at === null || isLost ? null : row.ended_at - row.started_at,
  };
}
