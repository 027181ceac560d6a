import type { AuditEntry } from '../../../shared/access-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';

export interface AuditRow {
  id: string;
  at: number;
  organizationId: string | null;
  actorKind: AuditEntry['actor']['kind'];
  actorId: string | null;
  actorName: string;
  action: string;
  target: string | null;
  outcome: AuditEntry['outcome'];
  code: string | null;
  address: string | null;
  requestId: string | null;
  count: number;
}

export interface AuditQuery {
  /** Null: all, and what nobody was asked for. */
  organizationId: string | null;
  action?: string | undefined;
  actorId?: string | undefined;
  outcome?: string | undefined;
  /** Milliseconds since 1970: from this one on, before that one. */
  since?: number | undefined;
  until?: number | undefined;
  cursor?: string | undefined;
  limit: number;
}

const conditions = {
  organizationId: 'a.organization_id = @organizationId',
  action: 'a.action = @action',
  actorId: 'a.actor_id = @actorId',
  outcome: 'a.outcome = @outcome',
  since: 'a.at >= @since',
  until: 'a.at < @until',
} as const;
const names = ['organizationId', 'action', 'actorId', 'outcome', 'since', 'until'] as const;

export function createAuditReader(db: ReadableDb) {
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  function prepare(where: string) {
    return {
      page: db.prepare<[object], AuditRow & { pk: number }>(
        `SELECT a.pk, a.id, a.at, a.organization_id AS organizationId, a.actor_kind AS actorKind, a.actor_id AS actorId,
           a.actor_name AS actorName, a.action, a.target, a.outcome, a.code, a.address, a.request_id AS requestId, a.count
         FROM audit_logs a WHERE ${where} AND a.pk < @pk ORDER BY a.pk DESC LIMIT @limit`,
      ),
      count: db.prepare<[object], { total: number; before: number }>(
        `SELECT COUNT(*) AS total, COALESCE(SUM(a.pk >= @pk), 0) AS before FROM audit_logs a WHERE ${where}`,
      ),
    };
  }
  return {
    /** The newest first. Throws `CursorError`. */
    list(query: AuditQuery): Page<AuditEntry> {
      const used = names.filter((name) => query[name] !== undefined && query[name] !== null);
      const where = ['1', ...used.map((name) => conditions[name])].join(' AND ');
      const statements = prepared.get(where) ?? prepare(where);
      prepared.set(where, statements);
      const filters = Object.fromEntries(used.map((name) => [name, query[name]]));
      const cursors = cursorsOf('audit', filters);
      const [pk = Number.MAX_SAFE_INTEGER] = cursors.read(query.cursor, 1) ?? [];
      const wanted = { ...filters, pk, limit: query.limit + 1 };
      const counted = statements.count.get(wanted) ?? { total: 0, before: 0 };
      return toPage(statements.page.all(wanted), { ...counted, limit: query.limit }, toView, (row) =>
        cursors.at([row.pk]),
      );
    },
  };
}

export function createAuditWriter(db: WritableDb) {
  const insert = db.prepare<[AuditRow]>(
    `INSERT INTO audit_logs (id, at, organization_id, actor_kind, actor_id, actor_name, action, target, outcome, code,
       address, request_id, count)
     VALUES (@id, @at, @organizationId, @actorKind, @actorId, @actorName, @action, @target, @outcome, @code,
       @address, @requestId, @count)`,
  );
  const pruneOld = db.prepare<[number]>('DELETE FROM audit_logs WHERE at < ?');
  const pruneMany = db.prepare<[number]>(
    'DELETE FROM audit_logs WHERE pk <= (SELECT pk FROM audit_logs ORDER BY pk DESC LIMIT 1 OFFSET ?)',
  );
  return {
    insert: (row: AuditRow) => void insert.run(row),
    /** Gives how many rows went. */
    prune: ({ before, kept }: { before: number; kept: number }): number =>
      pruneOld.run(before).changes + pruneMany.run(kept).changes,
  };
}

function toView(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: isoTime(row.at),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    organization_id: row.organizationId,
    action: row.action,
    target: row.target,
    outcome: row.outcome,
    code: row.code,
    address: row.address,
    request_id: row.requestId,
    count: row.count,
  };
}
