import type { AccessStart } from '../store/tables/access-start.ts';
import type { KeyRecord } from '../store/tables/api-keys.ts';
import type { OrganizationRecord } from '../store/tables/organizations.ts';
import type { UserRecord } from '../store/tables/users.ts';

/** What a commit of the writer has changed for the doors. */
export type DirectoryChange =
  | { what: 'organization'; organization: OrganizationRecord }
  | { what: 'organization-gone'; id: string }
  | { what: 'user'; user: UserRecord }
  | { what: 'user-gone'; id: string }
  | { what: 'key'; key: KeyRecord }
  | { what: 'key-gone'; id: string }
  | { what: 'login-ended'; family: string; at: number };

/**
 * Organisations, people and keys in memory: the doors ask at every request, and what was changed holds from the next one
 * on. A few hundred bytes each.
 */
export interface Directory {
  apply(changes: readonly DirectoryChange[]): void;
  /** Calls the listener after each commit that changed something; returns its stop. */
  onChange(listener: () => void): () => void;
  organization(id: string): OrganizationRecord | null;
  organizations(): OrganizationRecord[];
  user(id: string): UserRecord | null;
  users(): Iterable<UserRecord>;
  key(id: string): KeyRecord | null;
  keyByHash(hash: string): KeyRecord | null;
  isLoginEnded(family: string): boolean;
  /** How many could log in from elsewhere: users and keys. */
  size(): number;
}

/** `endedKeptMs`: how long an access token may outlive the login that it came of. */
export function createDirectory(start: AccessStart, endedKeptMs: number): Directory {
  const organizations = new Map(start.organizations.map((organization) => [organization.id, organization]));
  const users = new Map(start.users.map((user) => [user.id, user]));
  const keys = new Map<string, KeyRecord>();
  const byHash = new Map<string, KeyRecord>();
  const ended = new Map(start.endedLogins.map(({ family, at }) => [family, at]));
  const listeners = new Set<() => void>();
  const hashOf = (key: KeyRecord) => Buffer.from(key.keyHash).toString('hex');

  function putKey(key: KeyRecord): void {
    keys.set(key.id, key);
    byHash.set(hashOf(key), key);
  }

  function dropKey(id: string): void {
    const key = keys.get(id);
    if (key !== undefined) byHash.delete(hashOf(key));
    keys.delete(id);
  }

  function endLogin(family: string, at: number): void {
    for (const [old, oldAt] of ended) {
      // In the order of their time, so that the first young one ends the search.
      if (oldAt > at - endedKeptMs) break;
      ended.delete(old);
    }
    ended.set(family, at);
  }

  for (const key of start.keys) putKey(key);

  return {
    apply(changes) {
      for (const change of changes) {
        if (change.what === 'organization') organizations.set(change.organization.id, change.organization);
        else if (change.what === 'organization-gone') organizations.delete(change.id);
        else if (change.what === 'user') users.set(change.user.id, change.user);
        else if (change.what === 'user-gone') users.delete(change.id);
        else if (change.what === 'key') putKey(change.key);
        else if (change.what === 'key-gone') dropKey(change.id);
        else endLogin(change.family, change.at);
      }
      if (changes.length > 0) for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    organization: (id) => organizations.get(id) ?? null,
    organizations: () => [...organizations.values()],
    user: (id) => users.get(id) ?? null,
    users: () => users.values(),
    key: (id) => keys.get(id) ?? null,
    keyByHash: (hash) => byHash.get(hash) ?? null,
    isLoginEnded: (family) => ended.has(family),
    size: () => users.size + keys.size,
  };
}
