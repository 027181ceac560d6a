import type { ApiKeyView } from '../../../shared/access-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';
import { toScopes } from './api-keys.ts';

export interface KeyQuery {
  /** Null: all. */
  organizationId: string | null;
  state?: ApiKeyView['state'] | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface KeyRow {
  pk: number;
  id: string;
  name: string;
  prefix: string;
  scopes: string;
  organization_id: string;
  organization_name: string;
  requests_per_minute: number | null;
  created_by: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  replaced_by: string | null;
}

const from = `FROM api_keys k JOIN organizations o ON o.id = k.organization_id
  WHERE k.kind = 'key' AND (@organizationId IS NULL OR k.organization_id = @organizationId)`;
const state = `CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked'
  WHEN k.expires_at IS NOT NULL AND k.expires_at <= @now THEN 'expired' ELSE 'active' END`;
const isWanted = `(@state IS NULL OR ${state} = @state)`;

/** Keys as the wire has them; never the keys themselves. */
export function createKeyReader(db: ReadableDb) {
  const one = db.prepare<[object], KeyRow>(`SELECT k.*, o.name AS organization_name ${from} AND k.id = @id`);
  const page = db.prepare<[object], KeyRow>(
    `SELECT k.*, o.name AS organization_name ${from} AND ${isWanted} AND k.pk < @pk ORDER BY k.pk DESC LIMIT @limit`,
  );
  const count = db.prepare<[object], { total: number; before: number }>(
    `SELECT COUNT(*) AS total, COALESCE(SUM(k.pk >= @pk), 0) AS before ${from} AND ${isWanted}`,
  );
  return {
    get(place: { id: string; organizationId: string | null }): ApiKeyView | null {
      const row = one.get(place);
      return row ? toView(row) : null;
    },
    /** The newest first. Throws `CursorError`. */
    list({ organizationId, state: wantedState, cursor, limit }: KeyQuery): Page<ApiKeyView> {
      const cursors = cursorsOf('keys', { organizationId, wantedState });
      const [pk = Number.MAX_SAFE_INTEGER] = cursors.read(cursor, 1) ?? [];
      const wanted = { organizationId, state: wantedState ?? null, now: Date.now(), pk, limit: limit + 1 };
      const counted = count.get(wanted) ?? { total: 0, before: 0 };
      return toPage(page.all(wanted), { ...counted, limit }, toView, (row) => cursors.at([row.pk]));
    },
  };
}

function toView(row: KeyRow): ApiKeyView {
  const isExpired = row.expires_at !== null && row.expires_at <= Date.now();
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: toScopes(row.scopes),
    organization: { id: row.organization_id, name: row.organization_name },
    state: row.revoked_at !== null ? 'revoked' : isExpired ? 'expired' : 'active',
    requests_per_minute: row.requests_per_minute,
    created_at: isoTime(row.created_at),
    created_by: row.created_by,
    expires_at: isoTimeOrNull(row.expires_at),
    last_used_at: isoTimeOrNull(row.last_used_at),
    revoked_at: isoTimeOrNull(row.revoked_at),
    replaced_by: row.replaced_by,
  };
}
