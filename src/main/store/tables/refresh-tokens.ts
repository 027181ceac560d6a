import type { WritableDb } from '../database.ts';

export interface RefreshRow {
  tokenHash: Uint8Array;
  /** What came of one login. */
  family: string;
  userId: string;
  organizationId: string;
  loginAt: number;
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
}

/** Logins as their refresh tokens; each is good once. */
export function createRefreshTokenWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(
    `INSERT INTO refresh_tokens (token_hash, family, user_pk, organization_id, login_at, expires_at)
     VALUES (@tokenHash, @family, (SELECT pk FROM users WHERE id = @userId), @organizationId, @loginAt, @expiresAt)`,
  );
  const find = db.prepare<[Uint8Array], RefreshRow>(
    `SELECT r.token_hash AS tokenHash, r.family, u.id AS userId, r.organization_id AS organizationId,
       r.login_at AS loginAt, r.expires_at AS expiresAt, r.used_at AS usedAt, r.revoked_at AS revokedAt
     FROM refresh_tokens r JOIN users u ON u.pk = r.user_pk WHERE r.token_hash = ?`,
  );
  const use = db.prepare<[number, Uint8Array]>('UPDATE refresh_tokens SET used_at = ? WHERE token_hash = ?');
  const revoke = db.prepare<[number, string]>(
    'UPDATE refresh_tokens SET revoked_at = ? WHERE family = ? AND revoked_at IS NULL',
  );
  // By the token that is still good: a login that moved on from an organisation does not end with that one.
  const familiesOf = db
    .prepare<[object], string>(
      `SELECT DISTINCT r.family FROM refresh_tokens r JOIN users u ON u.pk = r.user_pk
       WHERE u.id = @userId AND r.used_at IS NULL AND r.revoked_at IS NULL AND r.family IS NOT @but
         AND (@organizationId IS NULL OR r.organization_id = @organizationId)`,
    )
    .pluck();
  const ended = db.prepare<[number], { family: string; at: number }>(
    'SELECT family, MAX(revoked_at) AS at FROM refresh_tokens WHERE revoked_at > ? GROUP BY family',
  );
  const prune = db.prepare<[number]>('DELETE FROM refresh_tokens WHERE login_at < ?');
  return {
    insert: (row: Omit<RefreshRow, 'usedAt' | 'revokedAt'>) => void insert.run(row),
    find: (tokenHash: Uint8Array): RefreshRow | null => find.get(tokenHash) ?? null,
    use: (tokenHash: Uint8Array, at: number) => void use.run(at, tokenHash),
    revoke: (family: string, at: number) => void revoke.run(at, family),
    /** Ends the logins of a user, in one organisation or everywhere, but this one; gives their families. */
    revokeOf(
      logins: { userId: string; organizationId?: string | undefined; but?: string | undefined },
      at: number,
    ): string[] {
      const families = familiesOf.all({ organizationId: null, but: null, ...logins });
      for (const family of families) revoke.run(at, family);
      return families;
    },
    /** Families that were ended after that time. */
    endedSince: (at: number): { family: string; at: number }[] => ended.all(at),
    /** Gives how many rows went. */
    prune: (loginBefore: number): number => prune.run(loginBefore).changes,
  };
}
