import type { OrganizationView } from '../../../shared/access-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';

export interface OrganizationRecord {
  id: string;
  name: string;
}

interface OrganizationRow extends OrganizationRecord {
  pk: number;
  created_at: number;
  updated_at: number;
  member_count: number;
  key_count: number;
}

/** The one that every data folder has. */
const ownId = 'default';
const columns = `o.*, (SELECT COUNT(*) FROM members m WHERE m.organization_id = o.id) AS member_count,
  (SELECT COUNT(*) FROM api_keys k WHERE k.organization_id = o.id AND k.kind = 'key' AND k.revoked_at IS NULL) AS key_count`;

export interface OrganizationQuery {
  /** Null: all. */
  ids: readonly string[] | null;
  cursor?: string | undefined;
  limit: number;
}

export function createOrganizationReader(db: ReadableDb) {
  const byId = db.prepare<[string], OrganizationRow>(`SELECT ${columns} FROM organizations o WHERE o.id = ?`);
  const isWanted = '(@ids IS NULL OR o.id IN (SELECT value FROM json_each(@ids)))';
  const page = db.prepare<[object], OrganizationRow>(
    `SELECT ${columns} FROM organizations o WHERE ${isWanted} AND o.pk > @pk ORDER BY o.pk LIMIT @limit`,
  );
  const count = db.prepare<[object], { total: number; before: number }>(
    `SELECT COUNT(*) AS total, COALESCE(SUM(o.pk <= @pk), 0) AS before FROM organizations o WHERE ${isWanted}`,
  );
  return {
    get(id: string): OrganizationView | null {
      const row = byId.get(id);
      return row ? toView(row) : null;
    },
    /** The oldest first, so the owner's own. Throws `CursorError`. */
    list({ ids, cursor, limit }: OrganizationQuery): Page<OrganizationView> {
      const cursors = cursorsOf('organizations', { ids });
      const [pk = 0] = cursors.read(cursor, 1) ?? [];
      const wanted = { ids: ids === null ? null : JSON.stringify(ids), pk, limit: limit + 1 };
      const counted = count.get(wanted) ?? { total: 0, before: 0 };
      return toPage(page.all(wanted), { ...counted, limit }, toView, (row) => cursors.at([row.pk]));
    },
  };
}

export function createOrganizationWriter(db: WritableDb) {
  const insert = db.prepare<[string, string, number, number]>(
    'INSERT INTO organizations (id, name, created_at, updated_at) VALUES (?, ?, ?, ?)',
  );
  const rename = db.prepare<[string, number, string]>('UPDATE organizations SET name = ?, updated_at = ? WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM organizations WHERE id = ?');
  const all = db.prepare<[], OrganizationRecord>('SELECT id, name FROM organizations ORDER BY pk');
  return {
    all: (): OrganizationRecord[] => all.all(),
    insert: ({ id, name }: OrganizationRecord, at: number) => void insert.run(id, name, at, at),
    rename: ({ id, name }: OrganizationRecord, at: number): boolean => rename.run(name, at, id).changes > 0,
    remove: (id: string): boolean => remove.run(id).changes > 0,
  };
}

function toView(row: OrganizationRow): OrganizationView {
  return {
    id: row.id,
    name: row.name,
    is_default: row.id === ownId,
    member_count: row.member_count,
    key_count: row.key_count,
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
  };
}
