import type { CallerKind, Role, Scope } from '../../shared/access-views.ts';

/** Whoever asks, as every door knows it once its token was looked at. */
export interface Caller {
  kind: CallerKind;
  /** Of the user or the key; null for the owner, its viewers and hooks. */
  id: string | null;
  name: string;
  organizationId: string;
  role: Role | null;
  scopes: ReadonlySet<Scope>;
  /** Null: the general limit; the owner has none. */
  requestsPerMinute: number | null;
  /** Milliseconds since 1970. */
  expiresAt: number | null;
  /** Of users: the login that the access token came of. */
  login?: string;
}

/** The owner's own organisation; every data folder has it, and what was there before there were organisations is in it. */
export const defaultOrganizationId = 'default';

/** True for the owner and the browsers that it let in: the machine and its files are theirs. */
export function isOwner(caller: Pick<Caller, 'kind'>): boolean {
  return caller.kind === 'owner' || caller.kind === 'viewer';
}

/** Whoever sent no token, or none that is known: for the operations that are open to all. */
export const anonymousCaller: Caller = {
  kind: 'user',
  id: null,
  name: 'somebody',
  organizationId: defaultOrganizationId,
  role: null,
  scopes: new Set(),
  requestsPerMinute: null,
  expiresAt: null,
};
