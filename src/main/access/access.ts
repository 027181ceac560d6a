import { hash, randomBytes } from 'node:crypto';
import { scopes, scopesOfRole } from '../../shared/access-views.ts';
import type { AccessStart } from '../store/tables/access-start.ts';
import { type AccessClaims, type AccessTokens, createAccessTokens } from './access-tokens.ts';
import { createApiKeys } from './api-keys.ts';
import { type Caller, defaultOrganizationId, isOwner } from './caller.ts';
import { createDirectory, type Directory } from './directory.ts';
import { accessTokenLifetimeMs } from './lifetimes.ts';
import { readOrCreateSigningKeys, type SigningKeys } from './signing-keys.ts';
import { createTickets } from './tickets.ts';
import { proofOf, readOrCreateToken, tokensEqual } from './tokens.ts';

export interface Access {
  /** At once, without a thread: the owner, hooks, viewers and API keys. Null for a token that is not known or has expired. */
  callerOf(token: string | null): Caller | null;
  /** Those and users by their access token. */
  authenticate(token: string | null): Promise<Caller | null>;
  /** Whether it is a user's access token that was good until its time was over. */
  hasExpired(token: string): Promise<boolean>;
  /** The caller as it acts in that organisation: the owner may in all; null when there is no such one to the caller. */
  inOrganization(caller: Caller, organizationId: string): Caller | null;
  /**
   * The same caller as it may act now: streams that stay open ask now and then. Null once its key was revoked, its user is
   * gone, or its time has passed.
   */
  current(caller: Caller): Caller | null;
  captureToken: string;
  /** Shows to a client, before it says its token, that this worker knows it. */
  prove(challenge: string): string;
  /** Good once, within its lifetime: ten minutes for a viewer, one for a stream. Whoever redeems it has the caller's rights. */
  issueTicket(purpose: 'viewer' | 'stream', caller: Caller): string;
  redeemTicket(purpose: 'viewer' | 'stream', ticket: string): Caller | null;
  /** Makes a key for one web viewer; `keyHash` is what may be stored. */
  newViewerKey(): { token: string; keyHash: Uint8Array; expiresAt: number };
  /** Who there is; changed with what the writer has committed. */
  directory: Directory;
  tokens: AccessTokens;
  signingKeys: SigningKeys;
  /** When keys were used since it was last asked. */
  keyUses(): { id: string; at: number }[];
}

const viewerLinkLifetimeMs = 10 * 60 * 1000;
const streamTicketLifetimeMs = 60 * 1000;
const viewerKeyLifetimeMs = 30 * 24 * 60 * 60 * 1000;

const local = {
  id: null,
  organizationId: defaultOrganizationId,
  requestsPerMinute: null,
  expiresAt: null,
} satisfies Partial<Caller>;

/** Whoever holds the token of the data folder, and what happens inside the app itself. */
export const ownerCaller: Caller = { ...local, kind: 'owner', name: 'owner', role: 'admin', scopes: new Set(scopes) };
const hookCaller: Caller = { ...local, kind: 'hook', name: 'hooks', role: null, scopes: new Set(['capture']) };

const scopeSets = {
  admin: new Set(scopesOfRole.admin),
  user: new Set(scopesOfRole.user),
  viewer: new Set(scopesOfRole.viewer),
} as const;

/** Tokens of the data folder, keys, people and one-time tickets. Throws when the folder cannot be written. */
export function createAccess(dataDir: string, start: AccessStart): Access {
  const ownerToken = readOrCreateToken(dataDir, 'owner');
  const captureToken = readOrCreateToken(dataDir, 'capture');
  const signingKeys = readOrCreateSigningKeys(dataDir, accessTokenLifetimeMs);
  const accessTokens = createAccessTokens(signingKeys);
  const directory = createDirectory(start, accessTokenLifetimeMs);
  const apiKeys = createApiKeys(directory);
  const ticketGroup = ({ organizationId, kind, id }: Caller) => `${organizationId} ${kind} ${id ?? ''}`;
  const tickets = { viewer: createTickets(ticketGroup), stream: createTickets(ticketGroup) };
  const viewers = new Map(start.viewerKeys.map((key) => [Buffer.from(key.keyHash).toString('hex'), key.expiresAt]));

  function callerOf(token: string | null): Caller | null {
    if (token === null) return null;
    if (tokensEqual(token, captureToken)) return hookCaller;
    if (tokensEqual(token, ownerToken)) return ownerCaller;
    const tokenHash = hash('sha256', token);
    const expiresAt = viewers.get(tokenHash) ?? 0;
    if (expiresAt > Date.now()) return { ...ownerCaller, kind: 'viewer', name: 'viewer', expiresAt };
    return apiKeys.callerOf(tokenHash);
  }

  async function userOf(token: string): Promise<Caller | null> {
    if (!isAccessToken(token)) return null;
    const claims = await accessTokens.read(token);
    return claims === null ? null : userCaller(claims);
  }

  function userCaller(claims: AccessClaims): Caller | null {
    if (directory.isLoginEnded(claims.login)) return null;
    const user = directory.user(claims.userId);
    const membership = user?.memberships.find((one) => one.organizationId === claims.organizationId);
    if (user === null || membership === undefined || user.isDisabled) return null;
    return {
      kind: 'user',
      id: user.id,
      name: user.name,
      organizationId: claims.organizationId,
      role: membership.role,
      scopes: scopeSets[membership.role],
      requestsPerMinute: null,
      expiresAt: claims.expiresAt,
      login: claims.login,
    };
  }

  function current(caller: Caller): Caller | null {
    const { id, organizationId, login, expiresAt } = caller;
    if (directory.organization(organizationId) === null) return null;
    // Its time may have been changed since.
    if (caller.kind === 'key' && id !== null) return apiKeys.callerById(id);
    if (expiresAt !== null && expiresAt <= Date.now()) return null;
    if (caller.kind !== 'user' || id === null || login === undefined || expiresAt === null) return caller;
    return userCaller({ userId: id, organizationId, login, expiresAt });
  }

  return {
    captureToken,
    prove: (challenge) => proofOf(ownerToken, challenge),
    callerOf,
    hasExpired: async (token) => isAccessToken(token) && accessTokens.hasExpired(token),
    authenticate: async (token) => callerOf(token) ?? (token === null ? null : userOf(token)),
    inOrganization(caller, organizationId) {
      if (caller.organizationId === organizationId) return caller;
      if (!isOwner(caller) || directory.organization(organizationId) === null) return null;
      return { ...caller, organizationId };
    },
    issueTicket: (purpose, caller) =>
      tickets[purpose].issue(caller, purpose === 'viewer' ? viewerLinkLifetimeMs : streamTicketLifetimeMs),
    redeemTicket(purpose, ticket) {
      const holder = tickets[purpose].redeem(ticket);
      return holder === null ? null : current(holder);
    },
    current,
    newViewerKey() {
      const token = `cmv_${randomBytes(32).toString('base64url')}`;
      const keyHash = hash('sha256', token, 'buffer');
      const expiresAt = Date.now() + viewerKeyLifetimeMs;
      viewers.set(keyHash.toString('hex'), expiresAt);
      return { token, keyHash, expiresAt };
    },
    directory,
    tokens: accessTokens,
    signingKeys,
    keyUses: () => apiKeys.uses(),
  };
}

/** An access token has three parts; no other one has a point. */
function isAccessToken(token: string): boolean {
  return token.split('.', 4).length === 3;
}
