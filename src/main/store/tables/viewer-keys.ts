import type { WritableDb } from '../database.ts';

export interface StoredViewerKey {
  keyHash: Uint8Array;
  expiresAt: number;
}

/** Keys of web viewers: SHA-256 only, with an expiry. */
export function createViewerKeyWriter(db: WritableDb) {
  const insert = db.prepare<[string, Uint8Array, number, number]>(
    `INSERT INTO api_keys (id, kind, organization_id, name, prefix, key_hash, scopes, created_by, created_at, expires_at)
     VALUES (?, 'viewer', 'default', 'viewer', '', ?, '["owner"]', 'owner', ?, ?)`,
  );
  const expire = db.prepare<[number]>(`DELETE FROM api_keys WHERE kind = 'viewer' AND expires_at < ?`);
  const all = db.prepare<[], { key_hash: Uint8Array; expires_at: number }>(
    `SELECT key_hash, expires_at FROM api_keys WHERE kind = 'viewer'`,
  );
  return {
    insert: (id: string, keyHash: Uint8Array, now: number, expiresAt: number) =>
      void insert.run(id, keyHash, now, expiresAt),
    /** Drops what has expired and returns the rest. */
    valid(now: number): StoredViewerKey[] {
      expire.run(now);
      return all.all().map((row) => ({ keyHash: row.key_hash, expiresAt: row.expires_at }));
    },
  };
}
