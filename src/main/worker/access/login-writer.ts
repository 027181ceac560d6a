import { loginIdleMs, loginLifetimeMs } from '../../access/lifetimes.ts';
import type { WritableDb } from '../../store/database.ts';
import { createRefreshTokenWriter } from '../../store/tables/refresh-tokens.ts';
import { createUserWriter } from '../../store/tables/users.ts';
import type { Changed } from './people-writer.ts';

export interface NewLogin {
  userId: string;
  organizationId: string;
  tokenHash: Uint8Array;
  family: string;
  at: number;
}

export interface Refreshed {
  /** elsewhere: the user is not in the organisation that was named, and the token is as good as before. */
  outcome: 'renewed' | 'unknown' | 'expired' | 'revoked' | 'reused' | 'elsewhere';
  /** Of the token that was shown, and when it was renewed of the next one; null when it is unknown. */
  login: { userId: string; organizationId: string; family: string; expiresAt: number } | null;
}

/** Logins: what a password opens, how it is renewed, and how it ends. */
export function createLoginOperations({ db }: { db: WritableDb }) {
  const logins = createRefreshTokenWriter(db);
  const users = createUserWriter(db);
  return {
    /** Gives when its refresh token expires. */
    accessLoggedIn({ at, ...login }: NewLogin): Changed<number> {
      const expiresAt = at + loginIdleMs;
      logins.insert({ ...login, loginAt: at, expiresAt });
      users.loggedIn(login.userId, at);
      const user = users.get(login.userId);
      return { value: expiresAt, changes: user === null ? [] : [{ what: 'user', user }] };
    },
    accessLoginFailed({ userId, count, lockedUntil }: { userId: string; count: number; lockedUntil: number | null }) {
      users.failed(userId, count, lockedUntil);
    },
    /** A token that is shown twice is in two hands: all that came of its login ends. Never throws, so that this is kept. */
    accessRefresh({
      tokenHash,
      nextHash,
      wanted,
      at,
    }: {
      tokenHash: Uint8Array;
      nextHash: Uint8Array;
      /** The organisation to go on in; null: the one of the token. */
      wanted: string | null;
      at: number;
    }): Changed<Refreshed> {
      const row = logins.find(tokenHash);
      if (row === null) return { value: { outcome: 'unknown', login: null }, changes: [] };
      const { userId, family, loginAt } = row;
      const organizationId = wanted ?? row.organizationId;
      const expiresAt = Math.min(at + loginIdleMs, loginAt + loginLifetimeMs);
      const answer = (outcome: Refreshed['outcome']): Refreshed => ({
        outcome,
        login: { userId, organizationId, family, expiresAt },
      });
      if (row.usedAt !== null) {
        logins.revoke(family, at);
        return { value: answer('reused'), changes: [{ what: 'login-ended', family, at }] };
      }
      if (row.revokedAt !== null) return { value: answer('revoked'), changes: [] };
      if (row.expiresAt <= at) return { value: answer('expired'), changes: [] };
      const isMember = users.get(userId)?.memberships.some((one) => one.organizationId === organizationId);
      if (wanted !== null && isMember !== true) return { value: answer('elsewhere'), changes: [] };
      logins.use(tokenHash, at);
      logins.insert({ tokenHash: nextHash, family, userId, organizationId, loginAt, expiresAt });
      return { value: answer('renewed'), changes: [] };
    },
    /** The user whose login it was; null for a token that is not known. */
    accessLogout({ tokenHash, at }: { tokenHash: Uint8Array; at: number }): Changed<string | null> {
      const row = logins.find(tokenHash);
      if (row === null) return { value: null, changes: [] };
      logins.revoke(row.family, at);
      return { value: row.userId, changes: [{ what: 'login-ended', family: row.family, at }] };
    },
    /** Logins that nobody can renew any more; gives how many rows went. */
    accessPruneLogins: (now: number): number => logins.prune(now - loginLifetimeMs),
  };
}
