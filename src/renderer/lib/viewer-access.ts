import { type Login, storedLogin } from './account.ts';
import { bridge } from './bridge.ts';
import { storage } from './storage.ts';

const key = 'viewer-token';

/** The token of the web viewer, or that of a login; null without either. */
export function viewerToken(): string | null {
  return storage.get(key) ?? storedLogin()?.access ?? null;
}

/** Whoever looks with an account; null for the owner, whose link goes before a login. */
export function usedLogin(): Login | null {
  return bridge !== null || storage.get(key) !== null ? null : storedLogin();
}

export function forgetViewerToken(): void {
  storage.remove(key);
}

/** The one-time ticket of a link such as `http://127.0.0.1:37700/#ticket=…`, or null. */
export function ticketOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#\/?/, '')).get('ticket');
}

function tokenOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('token' in answer)) return null;
  return typeof answer.token === 'string' ? answer.token : null;
}

/**
 * Exchanges the ticket in the address for a token and takes it out of the address, so that it stays in no history.
 * A ticket that was used before is no error: the browser may already hold a token.
 */
export async function redeemTicket(): Promise<void> {
  const ticket = ticketOf(location.hash);
  if (ticket === null) return;
  history.replaceState(null, '', `${location.pathname}#/`);
  const response = await fetch('/api/v1/viewer/redeem', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  }).catch(() => null);
  if (!response?.ok) return;
  const token = tokenOf(await response.json());
  if (token !== null) storage.set(key, token);
}
