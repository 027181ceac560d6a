import { storage } from './storage.ts';

/** A person who logged in with an account, when the memory serves others; the owner comes by a link instead. */
export interface Login {
  access: string;
  refresh: string;
  name: string;
}

const key = 'login';

function textIn(value: unknown, field: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : null;
  return typeof found === 'string' ? found : null;
}

function loginOf(answer: unknown): Login | null {
  const [access, refresh] = [textIn(answer, 'access_token'), textIn(answer, 'refresh_token')];
  if (access === null || refresh === null) return null;
  const user: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'user') : null;
  return { access, refresh, name: textIn(user, 'name') ?? '' };
}

/** Who logged in with this browser, or null. */
export function storedLogin(): Login | null {
  const kept: unknown = parse(storage.get(key));
  const [access, refresh] = [textIn(kept, 'access'), textIn(kept, 'refresh')];
  return access === null || refresh === null ? null : { access, refresh, name: textIn(kept, 'name') ?? '' };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

async function post(path: string, body: object): Promise<Response> {
  return fetch(`/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Null when it worked; else the sentence of the worker that says why not. */
export async function logIn(email: string, password: string): Promise<string | null> {
  const response = await post('login', { email, password });
  const answer: unknown = await response.json();
  const login = response.ok ? loginOf(answer) : null;
  if (login !== null) {
    storage.set(key, JSON.stringify(login));
    return null;
  }
  return textIn(answer, 'error') ?? response.statusText;
}

let renewing: Promise<string | null> | null = null;

/**
 * New tokens for the old ones; the access token, or null when the login is over. A refresh token is good once, so all who
 * need it at the same time share one request, and windows of the same browser take turns.
 */
export function renewLogin(expired: string | null): Promise<string | null> {
  renewing ??= inTurn(() => renew(expired)).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renew(expired: string | null): Promise<string | null> {
  const login = storedLogin();
  if (login === null) return null;
  // Another window was quicker.
  if (login.access !== expired) return login.access;
  const response = await post('refresh', { refresh_token: login.refresh });
  const renewed = response.ok ? loginOf(await response.json()) : null;
  if (renewed === null) {
    storage.remove(key);
    return null;
  }
  storage.set(key, JSON.stringify(renewed));
  return renewed.access;
}

function inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
  // Without a secure context there are no locks; then a second window may have to log in again.
  return 'locks' in navigator ? navigator.locks.request('claude-mem-login', act) : act();
}

/** Ends the login here and at the worker. */
export async function logOut(): Promise<void> {
  const login = storedLogin();
  storage.remove(key);
  if (login !== null) await post('logout', { refresh_token: login.refresh }).catch(() => null);
}
