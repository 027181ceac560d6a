/** Who may do what: organisations, their people, keys for programs, and what was done. */

/**
 * What a key may do. read: see; write: add, change and delete what is remembered; spend: ask a model; execute: run tools;
 * decide: answer permission requests of agents; capture: post hooks and read the context they are answered with;
 * admin: people, keys, jobs, settings and the audit of the organisation.
 */
export const scopes = ['read', 'write', 'spend', 'execute', 'decide', 'capture', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['admin', 'user', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** The one list of what a role may do. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  admin: ['read', 'write', 'spend', 'execute', 'decide', 'capture', 'admin'],
  user: ['read', 'write', 'spend', 'execute', 'capture'],
  viewer: ['read'],
};

export interface OrganizationRef {
  id: string;
  name: string;
}

/** owner: holds the token of the data folder; hook: may only capture; viewer: a browser that the owner let in. */
export const callerKinds = ['owner', 'viewer', 'user', 'key', 'hook'] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Whoever asks. */
export interface CallerView {
  kind: CallerKind;
  /** Of the user or the key; null for the owner and for hooks. */
  id: string | null;
  name: string;
  /** Null for all but users. */
  email: string | null;
  organization: OrganizationRef;
  /** Null for keys. */
  role: Role | null;
  scopes: Scope[];
  expires_at: string | null;
}

export const userStates = ['active', 'locked', 'disabled'] as const;

export interface UserView {
  id: string;
  email: string;
  name: string;
  state: (typeof userStates)[number];
  /** Set while wrong passwords lock it. */
  locked_until: string | null;
  memberships: { organization: OrganizationRef; role: Role }[];
  last_login_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface OrganizationView extends OrganizationRef {
  /** The owner's own: it cannot be deleted. */
  is_default: boolean;
  member_count: number;
  key_count: number;
  created_at: string;
  updated_at: string;
}

export interface MemberView {
  user: { id: string; name: string; email: string };
  role: Role;
  since: string;
}

export const keyStates = ['active', 'expired', 'revoked'] as const;

export interface ApiKeyView {
  id: string;
  name: string;
  /** The first characters of the key, by which a person knows it again. */
  prefix: string;
  scopes: Scope[];
  organization: OrganizationRef;
  state: (typeof keyStates)[number];
  /** Null: the general limit. */
  requests_per_minute: number | null;
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
  /** The key that took its place when it was rotated; null for one that was not. */
  replaced_by: string | null;
}

/** The key itself is told once, here, and kept nowhere. */
export interface NewApiKey {
  key: string;
  api_key: ApiKeyView;
}

export interface TokenPair {
  token_type: 'Bearer';
  access_token: string;
  /** Seconds. */
  expires_in: number;
  /** Good once; using it again ends every session that came of the same login. */
  refresh_token: string;
  refresh_expires_in: number;
  user: { id: string; name: string; email: string };
  organization: OrganizationRef;
  role: Role;
}

export const auditOutcomes = ['done', 'refused', 'failed'] as const;

export interface AuditEntry {
  id: string;
  at: string;
  actor: { kind: CallerKind | 'nobody'; id: string | null; name: string };
  organization_id: string | null;
  /** The operation as the contract names it (`learnings.decide`), or `auth.login`, `http.request`… */
  action: string;
  /** Ids of what it was done to; never contents. */
  target: string | null;
  outcome: (typeof auditOutcomes)[number];
  /** Of a refusal: UNAUTHORIZED, FORBIDDEN, RATE_LIMITED…; of a permission what was decided: ALLOW, DENY. */
  code: string | null;
  address: string | null;
  /** Of the first one, when several are counted. */
  request_id: string | null;
  /** How many alike it stands for: refusals that come in a flood are counted. */
  count: number;
}
