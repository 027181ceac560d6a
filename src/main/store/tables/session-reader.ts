import { marks } from '../../../shared/context-views.ts';
import type { Page, SessionView } from '../../../shared/views.ts';
import { createCountCache } from '../count-cache.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, likePattern, toPage } from '../paging.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

export interface SessionQuery {
  project_id?: string | undefined;
  status?: 'active' | 'ended' | undefined;
  text?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  failed_only?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface SessionRow {
  pk: number;
  id: string;
  project_id: string;
  project_name: string;
  agent: string;
  title: string | null;
  cwd: string;
  branch: string | null;
  model: string | null;
  status: string;
  end_reason: string | null;
  started_at: number;
  last_event_at: number;
  ended_at: number | null;
  prompt_count: number;
  observation_count: number;
  failure_count: number;
  conclusion: string | null;
  mark: string | null;
}

/** What the session came to says more than how it was begun; what a person called it goes before both. A subquery: counting sessions does not look it up. */
const summaryTitle = `(SELECT title FROM summaries WHERE subject = 'session:' || s.pk AND is_current = 1)`;
const columns = `s.pk, s.id, p.id AS project_id, p.name AS project_name, s.agent, COALESCE(s.given_title, ${summaryTitle}, s.title) AS title, s.cwd, s.branch, s.model, s.status,
  s.end_reason, s.started_at, s.last_event_at, s.ended_at, s.prompt_count, s.observation_count, s.failure_count, s.conclusion, m.mark`;
/** CROSS: begun with the few projects, all sessions would have to be sorted for each page (4 ms of 15,000). */
const from = `FROM sessions s CROSS JOIN projects p ON p.pk = s.project_pk
  LEFT JOIN session_marks m ON m.session_pk = s.pk`;

/** Named conditions; a query joins those that it uses, so that each combination is prepared once. */
const conditions = {
  project_id: 's.project_pk = (SELECT pk FROM projects WHERE id = @project_id)',
  status: 's.status = @status',
  text: `(${summaryTitle} LIKE @text ESCAPE '\\' OR s.title LIKE @text ESCAPE '\\' OR s.conclusion LIKE @text ESCAPE '\\' OR s.cwd LIKE @text ESCAPE '\\' OR s.branch LIKE @text ESCAPE '\\' OR s.id LIKE @text ESCAPE '\\')`,
  since: 's.last_event_at >= @since',
  until: 's.started_at < @until',
  failed_only: 's.failure_count > 0',
} as const;

/** Sessions as the wire has them; ids are the agent's own. */
export function createSessionReader(db: ReadableDb) {
  const byId = db.prepare<[string], SessionRow>(`SELECT ${columns} ${from} WHERE s.id = ?`);
  const counted = createCountCache(db);
  const prepared = new Map<string, ReturnType<typeof prepare>>();

  function prepare(where: string) {
    return {
      page: db.prepare<[object], SessionRow>(`
        SELECT ${columns} ${from}
        WHERE ${where} AND (s.last_event_at, s.pk) < (@at, @pk) ORDER BY s.last_event_at DESC, s.pk DESC LIMIT @limit`),
      // Without what a row is joined with: every session has one project, and counting 3,000 took three milliseconds.
      total: db.prepare<[object], number>(`SELECT COUNT(*) FROM sessions s WHERE ${where}`).pluck(),
      before: db
        .prepare<[object], number>(
          `SELECT COUNT(*) FROM sessions s WHERE ${where} AND (s.last_event_at, s.pk) >= (@at, @pk)`,
        )
        .pluck(),
    };
  }

  return {
    get(id: string): SessionView | null {
      const row = byId.get(id);
      return row ? toView(row) : null;
    },
    /** The latest first. */
    list(query: SessionQuery): Page<SessionView> {
      const values = {
        project_id: query.project_id,
        status: query.status,
        text: query.text?.trim() ? likePattern(query.text.trim()) : undefined,
        since: query.since === undefined ? undefined : Date.parse(query.since),
        until: query.until === undefined ? undefined : Date.parse(query.until),
        failed_only: query.failed_only === true ? 1 : undefined,
      };
      const used = (Object.keys(conditions) as (keyof typeof conditions)[]).filter(
        (name) => values[name] !== undefined,
      );
      const where = ['1', ...used.map((name) => conditions[name])].join(' AND ');
      const statements = prepared.get(where) ?? prepare(where);
      prepared.set(where, statements);
      const bound = Object.fromEntries(used.map((name) => [name, values[name]]));
      const cursors = cursorsOf('sessions', bound);
      const [at, pk] = cursors.read(query.cursor, 2) ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const rows = statements.page.all({ ...bound, at, pk, limit: query.limit + 1 });
      const counts = {
        total: counted(`${where} ${JSON.stringify(bound)}`, () => statements.total.get(bound) ?? 0),
        before: query.cursor === undefined ? 0 : (statements.before.get({ ...bound, at, pk }) ?? 0),
      };
      return toPage(rows, { ...counts, limit: query.limit }, toView, (row) => cursors.at([row.last_event_at, row.pk]));
    },
  };
}

function toView(row: SessionRow): SessionView {
  return {
    id: row.id,
    project: { id: row.project_id, name: row.project_name },
    agent: row.agent,
    title: row.title,
    cwd: row.cwd,
    branch: row.branch,
    model: row.model,
    status: row.status === 'active' ? 'active' : 'ended',
    end_reason: row.end_reason,
    started_at: isoTime(row.started_at),
    last_event_at: isoTime(row.last_event_at),
    ended_at: isoTimeOrNull(row.ended_at),
    prompt_count: row.prompt_count,
    observation_count: row.observation_count,
    failure_count: row.failure_count,
    conclusion: row.conclusion,
    mark: marks.find((known) => known === row.mark) ?? null,
  };
}
