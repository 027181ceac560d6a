import { hash, randomBytes } from 'node:crypto';
import { createTickets } from './tickets.ts';
import { proofOf, readOrCreateToken, tokensEqual } from './tokens.ts';

/** What a caller may do: `owner` everything, `capture` only hooks. */
export type Role = 'owner' | 'capture';

export interface ViewerKey {
  keyHash: Uint8Array;
  expiresAt: number;
}

export interface Access {
  /** Null for a token that is not known or has expired. */
  roleOf(token: string | null): Role | null;
  captureToken: string;
  /** Shows to a client, before it says its token, that this worker knows it. */
  prove(challenge: string): string;
  /** Good once, within `lifetimeMs`. */
  issueTicket(purpose: 'viewer' | 'stream'): string;
  redeemTicket(purpose: 'viewer' | 'stream', ticket: string): boolean;
  /** Makes a key for one web viewer; `keyHash` is what may be stored. */
  newViewerKey(): { token: string; keyHash: Uint8Array; expiresAt: number };
}

const viewerLinkLifetimeMs = 10 * 60 * 1000;
const streamTicketLifetimeMs = 60 * 1000;
const viewerKeyLifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** Tokens of the data folder, keys of web viewers and one-time tickets. Throws when the folder cannot be written. */
export function createAccess(dataDir: string, viewerKeys: readonly ViewerKey[]): Access {
  const ownerToken = readOrCreateToken(dataDir, 'owner');
  const captureToken = readOrCreateToken(dataDir, 'capture');
  const tickets = { viewer: createTickets(), stream: createTickets() };
  const keys = new Map(viewerKeys.map((key) => [Buffer.from(key.keyHash).toString('hex'), key.expiresAt]));
  return {
    captureToken,
    prove: (challenge) => proofOf(ownerToken, challenge),
    roleOf(token) {
      if (token === null) return null;
      if (tokensEqual(token, captureToken)) return 'capture';
      if (tokensEqual(token, ownerToken)) return 'owner';
      return (keys.get(hash('sha256', token)) ?? 0) > Date.now() ? 'owner' : null;
    },
    issueTicket: (purpose) =>
      tickets[purpose].issue(purpose === 'viewer' ? viewerLinkLifetimeMs : streamTicketLifetimeMs),
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
