import { TRPCError } from '@trpc/server';
import { hash, randomBytes } from 'node:crypto';
import type { AuthService, ClientPlace } from '../../api/access-services.ts';
import { accessTokenLifetimeMs } from '../../access/lifetimes.ts';
import type { Caller } from '../../access/caller.ts';
import type { UserRecord } from '../../store/tables/users.ts';
import { scopesOfRole, type CallerView, type TokenPair } from '../../../shared/access-views.ts';
import { type AccessParts, accountOf, committed, LockedError, unlessBusy } from './access-parts.ts';

const wrong = 'The e-mail address or the password is wrong.';
const inNoSuch = 'This user is in no such organisation.';
const refreshPrefix = 'cmr_';

/** Logins of people. */
export function createAuthService(parts: AccessParts): AuthService {
  const { reader, writer, access, passwords, audit } = parts;
  const { accounts, addresses } = parts.lockouts;
  const { directory } = access;
  // Checked for an address that nobody has, so that the answer comes no sooner than for one that somebody has.
  let nobodysHash: Promise<string> | null = null;

  function refused(place: ClientPlace, action: string, code: string, target: string | null): void {
    audit.record({ ...place, caller: null, action, target, outcome: 'refused', code });
  }

  function assertUnlocked(lockedForMs: number | null, place: ClientPlace): void {
    if (lockedForMs === null) return;
    refused(place, 'auth.login', 'TOO_MANY_REQUESTS', null);
    const cause = new LockedError(lockedForMs);
    throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: cause.message, cause });
  }

  function membershipOf(user: UserRecord, organizationId: string | undefined): string {
    const membership = user.memberships.find((one) => (organizationId ?? one.organizationId) === one.organizationId);
    if (membership !== undefined) return membership.organizationId;
    throw new TRPCError({ code: 'FORBIDDEN', message: inNoSuch });
  }

  async function pairOf(
    user: UserRecord,
    login: { organizationId: string; family: string; refreshToken: string; refreshExpiresAt: number },
  ): Promise<TokenPair> {
    const { organizationId, family } = login;
    const membership = user.memberships.find((one) => one.organizationId === organizationId);
    const organization = directory.organization(organizationId);
    if (membership === undefined || organization === null) throw unauthorized('This login has ended: log in again.');
    return {
      token_type: 'Bearer',
      access_token: await access.tokens.issue({ userId: user.id, organizationId, login: family }),
      expires_in: accessTokenLifetimeMs / 1000,
      refresh_token: login.refreshToken,
      refresh_expires_in: Math.floor((login.refreshExpiresAt - Date.now()) / 1000),
      user: { id: user.id, name: user.name, email: user.email },
      organization: { id: organization.id, name: organization.name },
      role: membership.role,
    };
  }

  return {
    async login({ email, password, organization_id }, client) {
      const place = placeOf(client);
      const account = accountOf(email);
      const byAddress = addresses.attempt(place.address ?? '');
      assertUnlocked(byAddress.lockedForMs, place);
      const byAccount = accounts.attempt(account);
      assertUnlocked(byAccount.lockedForMs, place);

      const known = await reader.call('accessLogin', email);
      nobodysHash ??= passwords.hash(randomBytes(16).toString('base64url'));
      nobodysHash.catch(() => (nobodysHash = null));
      const looked = nobodysHash.then((nobodys) => passwords.verify(password, known?.passwordHash ?? nobodys));
      const fits = await unlessBusy(looked).catch((error: unknown) => {
        accounts.withdraw(account);
        addresses.withdraw(place.address ?? '');
        throw error;
      });
      const user = known === null ? null : directory.user(known.id);
      if (!fits || user === null || user.isDisabled) {
        refused(place, 'auth.login', 'UNAUTHORIZED', known?.id ?? null);
        if (known !== null && !fits) {
          // Nobody waits for it: an address that is known would be slower than one that is not.
          const failure = { userId: known.id, count: byAccount.count, lockedUntil: byAccount.lockedUntil };
          void writer.call('accessLoginFailed', failure).catch(() => {});
        }
        throw unauthorized(wrong);
      }
      accounts.succeeded(account);
      addresses.succeeded(place.address ?? '');
      const organizationId = membershipOf(user, organization_id);
      const { token, tokenHash } = newRefreshToken();
      const login = { userId: user.id, organizationId, tokenHash, family: randomBytes(16).toString('base64url') };
      const expiresAt = await committed(parts, writer.call('accessLoggedIn', { ...login, at: Date.now() }));
      audit.record({
        ...place,
        caller: callerFor(user, organizationId),
        action: 'auth.login',
        target: user.id,
        outcome: 'done',
        code: null,
      });
      return pairOf(user, { organizationId, family: login.family, refreshToken: token, refreshExpiresAt: expiresAt });
    },

    async refresh({ refresh_token: refreshToken, organization_id: wanted }, client) {
      const place = placeOf(client);
      const next = newRefreshToken();
      const { outcome, login } = await committed(
        parts,
        writer.call('accessRefresh', {
          tokenHash: hash('sha256', refreshToken, 'buffer'),
          nextHash: next.tokenHash,
          wanted: wanted ?? null,
          at: Date.now(),
        }),
      );
      const user = login === null ? null : directory.user(login.userId);
      if (outcome === 'elsewhere') {
        refused(place, 'auth.refresh', 'FORBIDDEN', login?.userId ?? null);
        throw new TRPCError({ code: 'FORBIDDEN', message: inNoSuch });
      }
      if (outcome !== 'renewed' || login === null || user === null || user.isDisabled) {
        const code = outcome === 'reused' ? 'REFRESH_TOKEN_REUSED' : 'UNAUTHORIZED';
        refused(place, 'auth.refresh', code, login?.userId ?? null);
        throw unauthorized(
          outcome === 'reused'
            ? 'This refresh token was used before, so the login has ended. Log in again.'
            : 'This login has ended: log in again.',
        );
      }
      if (wanted !== undefined) {
        audit.record({
          ...place,
          caller: callerFor(user, login.organizationId),
          action: 'auth.refresh',
          target: user.id,
          outcome: 'done',
          code: null,
        });
      }
      return pairOf(user, {
        organizationId: login.organizationId,
        family: login.family,
        refreshToken: next.token,
        refreshExpiresAt: login.expiresAt,
      });
    },

    async logout(refreshToken, client) {
      const request = { tokenHash: hash('sha256', refreshToken, 'buffer'), at: Date.now() };
      const userId = await committed(parts, writer.call('accessLogout', request));
      const user = userId === null ? null : directory.user(userId);
      if (user === null) return;
      audit.record({
        ...placeOf(client),
        caller: callerFor(user, user.memberships[0]?.organizationId ?? ''),
        action: 'auth.logout',
        target: user.id,
        outcome: 'done',
        code: null,
      });
    },

    me: async (caller) => toView(caller),

    async changePassword(caller, { current, next }) {
      if (caller.kind !== 'user' || caller.id === null) {
        throw new TRPCError({ code: 'FORBIDDEN', message: 'Only a user has a password.' });
      }
      const user = directory.user(caller.id);
      const account = accountOf(user?.email ?? '');
      const attempt = accounts.attempt(account);
      assertUnlocked(attempt.lockedForMs, { address: null, requestId: '' });
      const known = await reader.call('accessPasswordHash', caller.id);
      if (known === null || !(await unlessBusy(passwords.verify(current, known)))) {
        throw new TRPCError({ code: 'FORBIDDEN', message: 'The current password is wrong.' });
      }
      accounts.succeeded(account);
      const passwordHash = await unlessBusy(passwords.hash(next));
      await committed(
        parts,
        writer.call('accessUpdateUser', {
          id: caller.id,
          fields: { passwordHash },
          endLogins: { but: caller.login },
          seenFrom: caller.organizationId,
          at: Date.now(),
        }),
      );
    },
  };

  function toView(caller: Caller): CallerView {
    const organization = directory.organization(caller.organizationId);
    return {
      kind: caller.kind,
      id: caller.id,
      name: caller.name,
      email: caller.kind === 'user' && caller.id !== null ? (directory.user(caller.id)?.email ?? null) : null,
      organization: { id: caller.organizationId, name: organization?.name ?? caller.organizationId },
      role: caller.role,
      scopes: [...caller.scopes],
      expires_at: caller.expiresAt === null ? null : new Date(caller.expiresAt).toISOString(),
    };
  }
}

/** What is written of whoever logs in. */
function callerFor(user: UserRecord, organizationId: string): Caller {
  const role = user.memberships.find((one) => one.organizationId === organizationId)?.role ?? null;
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    organizationId,
    role,
    scopes: new Set(role === null ? [] : scopesOfRole[role]),
    requestsPerMinute: null,
    expiresAt: null,
  };
}

/** No more than that: what is handed in carries the whole context of the call. */
function placeOf({ address, requestId }: ClientPlace): ClientPlace {
  return { address, requestId };
}

function unauthorized(message: string): TRPCError {
  return new TRPCError({ code: 'UNAUTHORIZED', message });
}

function newRefreshToken(): { token: string; tokenHash: Uint8Array } {
  const token = refreshPrefix + randomBytes(32).toString('base64url');
  return { token, tokenHash: hash('sha256', token, 'buffer') };
}
