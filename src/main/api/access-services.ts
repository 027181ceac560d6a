import type { Caller } from '../access/caller.ts';
import type {
  ApiKeyView,
  AuditEntry,
  CallerView,
  MemberView,
  NewApiKey,
  OrganizationView,
  Role,
  Scope,
  TokenPair,
  UserView,
} from '../../shared/access-views.ts';
import type { Page } from '../../shared/views.ts';

/** What is asked about people, keys and organisations; all of it is kept in the owner's file, whichever organisation asks. */

export interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

/** Where a login came from; for the audit and the lock-out. */
export interface ClientPlace {
  address: string | null;
  requestId: string;
}

export interface LoginRequest {
  email: string;
  password: string;
  /** Of those that the user is a member of; the first one when left out. */
  organization_id?: string | undefined;
}

export interface RefreshRequest {
  refresh_token: string;
  /** Of those that the user is a member of; the login's when left out. */
  organization_id?: string | undefined;
}

export interface AuthService {
  /** Rejects with UNAUTHORIZED for a wrong password and for an unknown address alike, with TOO_MANY_REQUESTS while locked. */
  login(request: LoginRequest, place: ClientPlace): Promise<TokenPair>;
  /**
   * A refresh token is good once; a second use ends all that came of its login. The next tokens may be for another organisation of
   * the user; rejects with FORBIDDEN for one that it is not in, and the token stays good.
   */
  refresh(request: RefreshRequest, place: ClientPlace): Promise<TokenPair>;
  logout(refreshToken: string, place: ClientPlace): Promise<void>;
  me(caller: Caller): Promise<CallerView>;
  /** The caller's own; ends its other logins. */
  changePassword(caller: Caller, request: { current: string; next: string }): Promise<void>;
}

export interface NewUser {
  email: string;
  name: string;
  password: string;
  role: Role;
  /** The caller's own when left out; only the owner may name another. */
  organization_id?: string | undefined;
}

export interface UserChange {
  name?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  disabled?: boolean | undefined;
  /** In the caller's organisation. */
  role?: Role | undefined;
}

/** An admin sees and changes the people of the own organisation, the owner all. What is not to be seen is not there. */
export interface UserService {
  list(caller: Caller, request: PageRequest & { text?: string | undefined }): Promise<Page<UserView>>;
  get(caller: Caller, id: string): Promise<UserView | null>;
  create(caller: Caller, user: NewUser): Promise<UserView>;
  update(caller: Caller, id: string, change: UserChange): Promise<UserView | null>;
  /** Ends its logins at once. An admin takes it out of the own organisation; who is in none any more is gone. */
  delete(caller: Caller, id: string): Promise<boolean>;
}

export interface OrganizationService {
  list(caller: Caller, request: PageRequest): Promise<Page<OrganizationView>>;
  get(caller: Caller, id: string): Promise<OrganizationView | null>;
  create(caller: Caller, request: { name: string }): Promise<OrganizationView>;
  update(caller: Caller, id: string, change: { name: string }): Promise<OrganizationView | null>;
  /** With its memory, its keys and its memberships. Rejects for the owner's own. */
  delete(caller: Caller, id: string): Promise<boolean>;
  members(caller: Caller, id: string, request: PageRequest): Promise<Page<MemberView> | null>;
  /** Adds or changes. The last admin stays one. */
  setMember(caller: Caller, id: string, member: { user_id: string; role: Role }): Promise<MemberView | null>;
  removeMember(caller: Caller, id: string, userId: string): Promise<boolean>;
}

export interface NewKey {
  name: string;
  scopes: Scope[];
  requests_per_minute?: number | null | undefined;
  expires_at?: string | null | undefined;
  /** The caller's own when left out; only the owner may name another. */
  organization_id?: string | undefined;
}

export interface KeyChange {
  name?: string | undefined;
  scopes?: Scope[] | undefined;
  requests_per_minute?: number | null | undefined;
  expires_at?: string | null | undefined;
}

/** Nobody gives a key more than they have themselves. */
export interface KeyService {
  list(caller: Caller, request: PageRequest & { state?: ApiKeyView['state'] | undefined }): Promise<Page<ApiKeyView>>;
  get(caller: Caller, id: string): Promise<ApiKeyView | null>;
  create(caller: Caller, request: NewKey): Promise<NewApiKey>;
  update(caller: Caller, id: string, change: KeyChange): Promise<ApiKeyView | null>;
  /** From now on it opens nothing; it stays in the list. */
  revoke(caller: Caller, id: string): Promise<ApiKeyView | null>;
  /** A new key with the same rights; the old one works on for `grace_seconds`. */
  rotate(caller: Caller, id: string, graceSeconds: number): Promise<NewApiKey | null>;
}

export interface AuditRecord {
  caller: Caller | null;
  action: string;
  target: string | null;
  outcome: AuditEntry['outcome'];
  code: string | null;
  requestId: string | null;
  address: string | null;
}

export interface AuditListRequest extends PageRequest {
  action?: string | undefined;
  actor_id?: string | undefined;
  outcome?: AuditEntry['outcome'] | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

export interface AuditService {
  /** Newest first; of the caller's organisation. */
  list(caller: Caller, request: AuditListRequest): Promise<Page<AuditEntry>>;
  /** Never waits and never throws: it is written with the next commit. */
  record(entry: AuditRecord): void;
}

/** Shared by the memories of all organisations. */
export interface AccessServices {
  auth: AuthService;
  users: UserService;
  organizations: OrganizationService;
  keys: KeyService;
  audit: AuditService;
}
