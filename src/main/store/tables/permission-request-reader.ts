import {
  permissionStates,
  type PermissionRequestView,
  type PermissionState,
} from '../../../shared/permission-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

export interface PermissionRequestQuery {
  states?: readonly PermissionState[] | undefined;
  session_id?: string | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface RequestRow {
  pk: number;
  id: string;
  session_id: string;
  session_title: string | null;
  project_id: string;
  project_name: string;
  cwd: string;
  agent_type: string | null;
  tool: string;
  summary: string;
  input: string;
  allowable: number;
  pattern: string | null;
  permission_mode: string | null;
  state: string;
  decided_by: string | null;
  rule_id: string | null;
  message: string | null;
  created_at: number;
  expires_at: number;
  decided_at: number | null;
}

/** CROSS: begun with the few projects, all requests would have to be sorted for each page. */
const from = `
  FROM permission_requests r CROSS JOIN sessions s ON s.pk = r.session_pk CROSS JOIN projects p ON p.pk = s.project_pk
    LEFT JOIN agents a ON a.session_pk = r.session_pk AND a.id = r.agent_id
  WHERE TRUE`;
const columns = `r.pk, r.id, s.id AS session_id, s.title AS session_title, p.id AS project_id, p.name AS project_name, r.cwd,
  a.type AS agent_type, r.tool, r.summary, r.input, r.allowable, r.pattern, r.permission_mode, r.state, r.decided_by,
  r.rule_id, r.message, r.created_at, r.expires_at, r.decided_at`;

/** Named conditions; a query joins those that it uses, so that each combination is prepared once. */
const conditions = {
  states: 'r.state IN (SELECT value FROM json_each(@states))',
  session_id: 's.id = @session_id',
  project_id: 'p.id = @project_id',
} as const;

/** Reads what agents asked for, newest first. */
export function createPermissionRequestReader(db: ReadableDb) {
  const byId = db.prepare<[string], RequestRow>(`SELECT ${columns} ${from} AND r.id = ?`);
  const prepared = new Map<string, ReturnType<typeof prepare>>();

  function prepare(where: string) {
    return {
      page: db.prepare<[object], RequestRow>(
        `SELECT ${columns} ${from} ${where} AND r.pk < @before ORDER BY r.pk DESC LIMIT @limit + 1`,
      ),
      count: db.prepare<[object], { total: number; ahead: number | null }>(
        `SELECT COUNT(*) AS total, SUM(r.pk >= @before) AS ahead ${from} ${where}`,
      ),
    };
  }

  return {
    get(id: string): PermissionRequestView | null {
      const row = byId.get(id);
      return row === undefined ? null : toView(row);
    },
    list(query: PermissionRequestQuery): Page<PermissionRequestView> {
      const { states, session_id, project_id, limit } = query;
      const given = { states: states === undefined ? undefined : JSON.stringify(states), session_id, project_id };
      const cursors = cursorsOf('permission-requests', given);
      const [before = Number.MAX_SAFE_INTEGER] = cursors.read(query.cursor, 1) ?? [];
      const used = (['states', 'session_id', 'project_id'] as const).filter((name) => given[name] !== undefined);
      const where = used.map((name) => `AND ${conditions[name]}`).join(' ');
      const statements = prepared.get(where) ?? prepare(where);
      prepared.set(where, statements);
      const values = Object.fromEntries(used.map((name) => [name, given[name]]));
      const { total = 0, ahead = 0 } = statements.count.get({ ...values, before }) ?? {};
      const rows = statements.page.all({ ...values, before, limit });
      return toPage(rows, { total, before: ahead ?? 0, limit }, toView, (row) => cursors.at([row.pk]));
    },
  };
}

function toView(row: RequestRow): PermissionRequestView {
  return {
    id: row.id,
    session_id: row.session_id,
    session_title: row.session_title,
    project: { id: row.project_id, name: row.project_name },
    cwd: row.cwd,
    agent_type: row.agent_type,
    tool: row.tool,
    summary: row.summary,
    input: JSON.parse(row.input),
    allowable: row.allowable === 1,
    pattern: row.pattern,
    permission_mode: row.permission_mode,
    state: permissionStates.find((known) => known === row.state) ?? 'expired',
    decided_by: row.decided_by === 'person' || row.decided_by === 'rule' ? row.decided_by : null,
    rule_id: row.rule_id,
    message: row.message,
    created_at: isoTime(row.created_at),
    expires_at: isoTime(row.expires_at),
    decided_at: isoTimeOrNull(row.decided_at),
  };
}
