import { hash, randomBytes } from 'node:crypto';
import { scopes } from '../../shared/access-views.ts';
import { type Caller, defaultOrganizationId } from './caller.ts';
import { createTickets } from './tickets.ts';
import { proofOf, readOrCreateToken, tokensEqual } from './tokens.ts';

export interface ViewerKey {
  keyHash: Uint8Array;
  expiresAt: number;
}

export interface Access {
  /** At once, without a thread: the owner, hooks, viewers and API keys. Null for a token that is not known or has expired. */
  callerOf(token: string | null): Caller | null;
  /** Those and users by their access token. */
  authenticate(token: string | null): Promise<Caller | null>;
  captureToken: string;
  /** Shows to a client, before it says its token, that this worker knows it. */
  prove(challenge: string): string;
  /** Good once, within its lifetime: ten minutes for a viewer, one for a stream. Whoever redeems it has the caller's rights. */
  issueTicket(purpose: 'viewer' | 'stream', caller: Caller): string;
  redeemTicket(purpose: 'viewer' | 'stream', ticket: string): Caller | null;
  /** Makes a key for one web viewer; `keyHash` is what may be stored. */
  newViewerKey(): { token: string; keyHash: Uint8Array; expiresAt: number };
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

/** Tokens of the data folder, keys and one-time tickets. Throws when the folder cannot be written. */
export function createAccess(dataDir: string, viewerKeys: readonly ViewerKey[]): Access {
  const ownerToken = readOrCreateToken(dataDir, 'owner');
  const captureToken = readOrCreateToken(dataDir, 'capture');
  const tickets = { viewer: createTickets<Caller>(), stream: createTickets<Caller>() };
  const keys = new Map(viewerKeys.map((key) => [Buffer.from(key.keyHash).toString('hex'), key.expiresAt]));

  function callerOf(token: string | null): Caller | null {
    if (token === null) return null;
    if (tokensEqual(token, captureToken)) return hookCaller;
    if (tokensEqual(token, ownerToken)) return ownerCaller;
    const expiresAt = keys.get(hash('sha256', token)) ?? 0;
    return expiresAt > Date.now() ? { ...ownerCaller, kind: 'viewer', name: 'viewer', expiresAt } : null;
  }

  return {
    captureToken,
    prove: (challenge) => proofOf(ownerToken, challenge),
    callerOf,
    authenticate: (token) => Promise.resolve(callerOf(token)),
    issueTicket: (purpose, caller) =>
      tickets[purpose].issue(caller, purpose === 'viewer' ? viewerLinkLifetimeMs : streamTicketLifetimeMs),
    redeemTicket: (purpose, ticket) => tickets[purpose].redeem(ticket),
    newViewerKey() {
      const token = `cmv_${randomBytes(32).toString('base64url')}`;
      const keyHash = hash('sha256', token, 'buffer');
      const expiresAt = Date.now() + viewerKeyLifetimeMs;
      keys.set(keyHash.toString('hex'), expiresAt);
      return { token, keyHash, expiresAt };
    },
  };
}
