import type { Access } from '../access/access.ts';
import { sentToken, showsToken, type TokenHeaders } from './guard.ts';

export interface BadCredential {
  /** TOKEN_EXPIRED is to be renewed, INVALID_TOKEN replaced; UNAUTHORIZED sent nothing. */
  code: 'UNAUTHORIZED' | 'TOKEN_EXPIRED' | 'INVALID_TOKEN';
  message: string;
}

const nothing = 'Send a token or key as "Authorization: Bearer …"; cmem token prints the owner\'s.';
const runOut = 'This access token has run out: get the next one with POST /api/v1/auth/refresh.';
const noGood = 'This token or key opens nothing, or no more: log in again, or use another one.';
const noTicket = 'This ticket was used before or has expired: get a new one with POST /api/v1/tickets.';

/**
 * What to tell of headers that nobody is known by. Of a token only whoever holds one that this memory has signed hears more
 * than that it is no good, so that nobody learns which keys there are.
 */
export async function badCredential(
  access: Pick<Access, 'hasExpired'>,
  headers: TokenHeaders,
  ticket: string | null = null,
): Promise<BadCredential> {
  const token = sentToken(headers);
  if (token !== null && (await access.hasExpired(token))) return { code: 'TOKEN_EXPIRED', message: runOut };
  if (showsToken(headers)) return { code: 'INVALID_TOKEN', message: noGood };
  return ticket === null ? { code: 'UNAUTHORIZED', message: nothing } : { code: 'INVALID_TOKEN', message: noTicket };
}
