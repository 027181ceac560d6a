import type { OrganizationRef } from '../../shared/access-views.ts';
import { storage } from './storage.ts';

/** A person who logged in with an account, when the memory serves others; the owner comes by a link instead. */
export interface Login {
  access: string;
  refresh: string;
  user: { id: string; name: string; email: string };
  organization: OrganizationRef;
}

const key = 'login';
/** Outlives the login: which one was chosen last with this browser. */
const organizationKey = 'organization';
/** More than anybody is in. */
const mostOrganizations = 200;

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : null;
}

function textIn(value: unknown, field: string): string | null {
  const found = fieldOf(value, field);
  return typeof found === 'string' ? found : null;
}

function loginFrom(answer: unknown, [accessField, refreshField]: readonly [string, string]): Login | null {
  const [access, refresh] = [textIn(answer, accessField), textIn(answer, refreshField)];
  if (access === null || refresh === null) return null;
  const [user, organization] = [fieldOf(answer, 'user'), fieldOf(answer, 'organization')];
  return {
    access,
    refresh,
    // What an older window kept has no more than a name, until its first renewal.
    user: {
      id: textIn(user, 'id') ?? '',
      name: textIn(user, 'name') ?? textIn(answer, 'name') ?? '',
      email: textIn(user, 'email') ?? '',
    },
    organization: { id: textIn(organization, 'id') ?? '', name: textIn(organization, 'name') ?? '' },
  };
}

const loginOf = (answer: unknown) => loginFrom(answer, ['access_token', 'refresh_token']);
const keptLogin = (text: string | null) => loginFrom(parse(text), ['access', 'refresh']);

/** Who logged in with this browser, or null. */
export function storedLogin(): Login | null {
  return keptLogin(storage.get(key));
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

/** A login, or the sentence of the worker that says why there is none. */
async function loginBy(path: 'login' | 'refresh', body: object): Promise<Login | string> {
  const response = await post(path, body);
  const answer: unknown = await response.json();
  const login = response.ok ? loginOf(answer) : null;
  return login ?? textIn(answer, 'error') ?? response.statusText;
}

/** A login that opens nothing here before it is kept, or the sentence of the worker that says why not. */
export function logIn(email: string, password: string): Promise<Login | string> {
  return loginBy('login', { email, password });
}

/** Those that whoever logged in is in; none when it cannot be asked: the login is good all the same. */
export async function organizationsOf({ access }: Login): Promise<OrganizationRef[]> {
  const response = await fetch(`/api/v1/organizations?limit=${mostOrganizations}`, {
    headers: { authorization: `Bearer ${access}` },
  }).catch(() => null);
  const found: unknown = response?.ok === true ? fieldOf(await response.json(), 'data') : null;
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: unknown) => {
    const [id, name] = [textIn(one, 'id'), textIn(one, 'name')];
    return id === null || name === null ? [] : [{ id, name }];
  });
}

/** The same login in another of the person's organisations, or the sentence that says why not; the old tokens are used up. */
export async function loginIn(login: Login, organizationId: string): Promise<Login | string> {
  if (login.organization.id === organizationId) return login;
  return loginBy('refresh', { refresh_token: login.refresh, organization_id: organizationId });
}

/** Keeps a login; from now on it is this browser's. */
export function keepLogin(login: Login): void {
  storage.set(key, JSON.stringify(login));
  storage.set(organizationKey, login.organization.id);
}

/** The organisation that this browser was in last. */
export function lastOrganization(): string | null {
  return storage.get(organizationKey);
}

/** Goes on in another organisation; null when it worked, else the sentence that says why not. */
export function switchOrganization(organizationId: string): Promise<string | null> {
  return inTurn(async () => {
    const login = storedLogin();
    if (login === null) return null;
    const moved = await loginIn(login, organizationId);
    if (typeof moved === 'string') return moved;
    keepLogin(moved);
    return null;
  });
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

/** Ends a login at the worker; what cannot be told there ends by itself. */
export async function endLogin({ refresh }: Login): Promise<void> {
  await post('logout', { refresh_token: refresh }).catch(() => null);
}

/** Ends the login here and at the worker. */
export async function logOut(): Promise<void> {
  const login = storedLogin();
  storage.remove(key);
  if (login !== null) await endLogin(login);
}

/** Calls back when another window of this browser logged in, out, or went to another organisation; returns its stop. */
export function onOtherLogin(changed: () => void): () => void {
  const heard = ({ key: changedKey, oldValue, newValue }: StorageEvent): void => {
    if (changedKey === key && isOther(keptLogin(oldValue), keptLogin(newValue))) changed();
  };
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

/** Not so for a renewal, which has other tokens of the same person in the same place. */
function isOther(before: Login | null, after: Login | null): boolean {
  if (before === null || after === null) return before !== after;
  return before.user.id !== after.user.id || before.organization.id !== after.organization.id;
}
