import { scopes as allScopes, type Scope } from '../../../shared/access-views.ts';
import type { WritableDb } from '../database.ts';
import { stringList } from '../string-list.ts';

/** What the doors have to know of a key at each request. */
export interface KeyRecord {
  id: string;
  name: string;
  keyHash: Uint8Array;
  organizationId: string;
  scopes: Scope[];
  /** Null: the general limit. */
  requestsPerMinute: number | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  /** The user or key that made it; null for the owner. */
  makerId: string | null;
  revokedAt: number | null;
  /** The key that took its place when it was rotated. */
  replacedBy: string | null;
}

export type KeyChange = Partial<{
  [Name in 'name' | 'scopes' | 'requestsPerMinute' | 'expiresAt']: KeyRecord[Name] | undefined;
}>;

export interface StoredViewerKey {
  keyHash: Uint8Array;
  expiresAt: number;
}

interface KeyRow {
  id: string;
  name: string;
  key_hash: Uint8Array;
  organization_id: string;
  scopes: string;
  requests_per_minute: number | null;
  expires_at: number | null;
  maker_id: string | null;
  revoked_at: number | null;
  replaced_by: string | null;
}

/** Keys of programs and of web viewers: SHA-256 only. */
export function createApiKeyWriter(db: WritableDb) {
  const insertViewer = db.prepare<[string, Uint8Array, number, number]>(
    `INSERT INTO api_keys (id, kind, organization_id, name, prefix, key_hash, scopes, created_by, created_at, expires_at)
     VALUES (?, 'viewer', 'default', 'viewer', '', ?, '[]', 'owner', ?, ?)`,
  );
  const expireViewers = db.prepare<[number]>(`DELETE FROM api_keys WHERE kind = 'viewer' AND expires_at < ?`);
  const viewers = db.prepare<[], StoredViewerKey>(
    `SELECT key_hash AS keyHash, expires_at AS expiresAt FROM api_keys WHERE kind = 'viewer'`,
  );
  const insert = db.prepare<[object]>(
    `INSERT INTO api_keys (id, kind, organization_id, name, prefix, key_hash, scopes, requests_per_minute, maker_id,
       created_by, created_at, expires_at)
     VALUES (@id, 'key', @organizationId, @name, @prefix, @keyHash, @scopes, @requestsPerMinute, @makerId,
       @createdBy, @at, @expiresAt)`,
  );
  const all = db.prepare<[], KeyRow>(`SELECT * FROM api_keys WHERE kind = 'key' ORDER BY pk`);
  const byId = db.prepare<[string], KeyRow & { created_by: string }>(
    `SELECT * FROM api_keys WHERE kind = 'key' AND id = ?`,
  );
  const update = db.prepare<[object]>(
    `UPDATE api_keys SET name = @name, scopes = @scopes, requests_per_minute = @requestsPerMinute,
       expires_at = @expiresAt WHERE id = @id`,
  );
  const madeBy = db
    .prepare<[string], string>(
      `WITH RECURSIVE made (id) AS (
         VALUES (?) UNION SELECT k.id FROM api_keys k JOIN made ON k.maker_id = made.id)
       SELECT k.id FROM made JOIN api_keys k ON k.id = made.id WHERE k.kind = 'key' AND k.revoked_at IS NULL`,
    )
    .pluck();
  const revoke = db.prepare<[number, string]>('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const replace = db.prepare<[string, string]>('UPDATE api_keys SET replaced_by = ? WHERE id = ?');
  const inherit = db
    .prepare<[string, string], string>('UPDATE api_keys SET maker_id = ? WHERE maker_id = ? RETURNING id')
    .pluck();
  const revokeOne = (id: string, at: number) => void revoke.run(at, id);
  const used = db.prepare<[number, string]>(
    'UPDATE api_keys SET last_used_at = max(?, coalesce(last_used_at, 0)) WHERE id = ?',
  );
  const idsIn = db
    .prepare<[string], string>(`SELECT id FROM api_keys WHERE kind = 'key' AND organization_id = ?`)
    .pluck();
  const get = (id: string): KeyRecord | null => {
    const row = byId.get(id);
    return row ? toRecord(row) : null;
  };

  return {
    insertViewer: (id: string, keyHash: Uint8Array, now: number, expiresAt: number) =>
      void insertViewer.run(id, keyHash, now, expiresAt),
    /** Drops what has expired and returns the rest. */
    viewers(now: number): StoredViewerKey[] {
      expireViewers.run(now);
      return viewers.all();
    },
    all: (): KeyRecord[] => all.all().map(toRecord),
    get,
    makerNameOf: (id: string): string => byId.get(id)?.created_by ?? '',
    insert: (key: Omit<KeyRecord, 'revokedAt' | 'replacedBy'> & { prefix: string; createdBy: string }, at: number) =>
      void insert.run({ ...key, scopes: JSON.stringify(key.scopes), at }),
    /** What is left out stays; none when there is no such key. */
    update(id: string, change: KeyChange): void {
      const known = get(id);
      if (known === null) return;
      const { name = known.name, scopes = known.scopes } = change;
      const { requestsPerMinute = known.requestsPerMinute, expiresAt = known.expiresAt } = change;
      update.run({ id, name, scopes: JSON.stringify(scopes), requestsPerMinute, expiresAt });
    },
    /** The key, or the keys of a user, and what those made in turn; gives their ids. */
    revoke(id: string, at: number): string[] {
      const ids = madeBy.all(id);
      for (const made of ids) revokeOne(made, at);
      return ids;
    },
    /** This key alone. */
    revokeOne,
    replace: (id: string, by: string) => void replace.run(by, id),
    /** What one key has made is the other's from now on; gives the ids of that. */
    inherit: (from: string, to: string): string[] => inherit.all(to, from),
    used: (id: string, at: number) => void used.run(at, id),
    idsIn: (organizationId: string): string[] => idsIn.all(organizationId),
  };
}

function toRecord(row: KeyRow): KeyRecord {
  return {
    id: row.id,
    name: row.name,
    keyHash: row.key_hash,
    organizationId: row.organization_id,
    scopes: toScopes(row.scopes),
    requestsPerMinute: row.requests_per_minute,
    expiresAt: row.expires_at,
    makerId: row.maker_id,
    revokedAt: row.revoked_at,
    replacedBy: row.replaced_by,
  };
}

/** Scopes as the file has them: JSON. One that this version does not know opens nothing. */
export function toScopes(text: string): Scope[] {
  const listed = new Set(stringList(text));
  return allScopes.filter((scope) => listed.has(scope));
}
