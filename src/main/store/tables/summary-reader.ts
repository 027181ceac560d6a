import { summarySources, type SummaryScope, type SummaryView } from '../../../shared/summary-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';
import { subjectKey, type SummarySubject } from './summaries.ts';
import { isNewestOrClient, summaryContent, toScope } from './summary-rows.ts';

export interface SummaryQuery {
  scope?: SummaryScope | undefined;
  session_id?: string | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface SummaryRow {
  pk: number;
  id: string;
  scope: string;
  session_id: string | null;
  prompt_id: string | null;
  week: string | null;
  source: string;
  project_id: string;
  project_name: string;
  session_title: string | null;
  version: number;
  is_current: number;
  model: string | null;
  prompt_version: string | null;
  content: string;
  occurred_at: number;
  created_at: number;
}

const columns = `u.pk, u.id, u.scope, u.source, p.id AS project_id, p.name AS project_name, s.id AS session_id, s.title AS session_title, u.prompt_id, u.week,
  u.version, u.is_current, u.model, u.prompt_version,
  u.content, u.occurred_at, u.created_at`;
/** CROSS: begun with the few projects, all summaries would have to be sorted for each page. */
const from = `FROM summaries u CROSS JOIN projects p ON p.pk = u.project_pk LEFT JOIN sessions s ON s.pk = u.session_pk`;

/** Named conditions; a query joins those that it uses, so that each combination is prepared once. */
const conditions = {
  scope: 'u.scope = @scope',
  session_id: 'u.session_pk = (SELECT pk FROM sessions WHERE id = @session_id)',
  project_id: 'u.project_pk = (SELECT pk FROM projects WHERE id = @project_id)',
} as const;

export function createSummaryReader(db: ReadableDb) {
  const byId = db.prepare<[string], SummaryRow>(`SELECT ${columns} ${from} WHERE u.id = ?`);
  const versions = db.prepare<[string], SummaryRow>(
    `SELECT ${columns} ${from} WHERE u.subject = (SELECT subject FROM summaries WHERE id = ?) ORDER BY u.version DESC`,
  );
  const sources = db.prepare<[string, Uint8Array], { source: string }>(
    `SELECT source FROM summaries u WHERE subject = ? AND input_hash = ? AND ${isNewestOrClient}`,
  );
  const prepared = new Map<string, ReturnType<typeof prepare>>();

  function prepare(where: string, isOldestFirst: boolean) {
    const [after, before, order] = isOldestFirst ? ['>', '<=', ''] : ['<', '>=', ' DESC'];
    return {
      page: db.prepare<[object], SummaryRow>(`
        SELECT ${columns} ${from} WHERE u.is_current = 1 ${where} AND (u.occurred_at, u.pk) ${after} (@at, @pk)
        ORDER BY u.occurred_at${order}, u.pk${order} LIMIT @limit`),
      total: db.prepare<[object], { total: number; before: number }>(`
        SELECT COUNT(*) AS total, COALESCE(SUM((u.occurred_at, u.pk) ${before} (@at, @pk)), 0) AS before
        ${from} WHERE u.is_current = 1 ${where}`),
    };
  }

  return {
    get(id: string): SummaryView | null {
      const row = byId.get(id);
      return row ? toView(row) : null;
    },
    /** The newest first; empty when there is no such summary. */
    versions: (id: string): SummaryView[] => versions.all(id).map(toView),
    /** Which sources have told of this very input, and of no other since. */
    sourcesOf: (subject: SummarySubject, inputHash: Uint8Array): Set<string> =>
      new Set(sources.all(subjectKey(subject), inputHash).map(({ source }) => source)),
    /** Current versions; of one session the oldest first, else the newest. */
    list({ cursor, limit, ...query }: SummaryQuery): Page<SummaryView> {
      const isOldestFirst = query.session_id !== undefined;
      const used = (['scope', 'session_id', 'project_id'] as const).filter((name) => query[name] !== undefined);
      const where = used.map((name) => `AND ${conditions[name]}`).join(' ');
      const key = `${where} ${isOldestFirst}`;
      const statements = prepared.get(key) ?? prepare(where, isOldestFirst);
      prepared.set(key, statements);
      const beyond = isOldestFirst ? -1 : Number.MAX_SAFE_INTEGER;
      const filters = Object.fromEntries(used.map((name) => [name, query[name]]));
      const cursors = cursorsOf('summaries', filters);
      const [at, pk] = cursors.read(cursor, 2) ?? [beyond, beyond];
      const bound = { ...filters, at, pk };
      const rows = statements.page.all({ ...bound, limit: limit + 1 });
      const counts = statements.total.get(bound) ?? { total: 0, before: 0 };
      return toPage(rows, { ...counts, limit }, toView, (row) => cursors.at([row.occurred_at, row.pk]));
    },
  };
}

function toView(row: SummaryRow): SummaryView {
  return {
    ...summaryContent(row.content),
    id: row.id,
    scope: toScope(row.scope),
    source: summarySources.find((known) => known === row.source) ?? 'extractive',
    project: { id: row.project_id, name: row.project_name },
    session_id: row.session_id,
    session_title: row.session_title,
    prompt_id: row.prompt_id,
    week: row.week,
    version: row.version,
    is_current: row.is_current === 1,
    model: row.model,
    prompt_version: row.prompt_version,
    created_at: isoTime(row.created_at),
  };
}
