import type { MemberView, OrganizationView, Role, UserView } from '../../../shared/access-views.ts';
import { defaultOrganizationId } from '../../access/caller.ts';
import type { DirectoryChange } from '../../access/directory.ts';
import type { WritableDb } from '../../store/database.ts';
import { createApiKeyWriter } from '../../store/tables/api-keys.ts';
import { createOrganizationReader, createOrganizationWriter } from '../../store/tables/organizations.ts';
import { createRefreshTokenWriter } from '../../store/tables/refresh-tokens.ts';
import { createUserReader } from '../../store/tables/user-reader.ts';
import { createUserWriter, type UserFields } from '../../store/tables/users.ts';
import type { Ledger } from '../../capture/ledger.ts';
import { Refusal } from '../refusal.ts';
import { type AccessTold, createAccessLog } from './access-log.ts';

export interface AccessWriterParts {
  db: WritableDb;
  ledger: Pick<Ledger, 'log'>;
}

/** What an operation answers, and what the doors have to hear of it. */
export interface Changed<Value> {
  value: Value;
  changes: DirectoryChange[];
  /** What organisations hear of it in their logs. */
  told?: AccessTold;
}

export interface UserChangeRequest {
  id: string;
  fields: UserFields;
  role?: { organizationId: string; role: Role } | undefined;
  /** Ends the logins of the user, but this one. */
  endLogins?: { but?: string | undefined } | undefined;
  /** Whose memberships the answer shows; null: all. */
  seenFrom: string | null;
  at: number;
}

const lastAdmin = 'This is the last admin of the organisation: make somebody else an admin first.';

/** Organisations, users and what users are in organisations. */
export function createPeopleOperations({ db, ledger }: AccessWriterParts) {
  const log = createAccessLog(ledger);
  const organizations = createOrganizationWriter(db);
  const organizationViews = createOrganizationReader(db);
  const users = createUserWriter(db);
  const userViews = createUserReader(db);
  const keys = createApiKeyWriter(db);
  const logins = createRefreshTokenWriter(db);

  const placesOf = (id: string): string[] => users.get(id)?.memberships.map((one) => one.organizationId) ?? [];
  const tellUser = (id: string, at: number, organizationIds = placesOf(id)): AccessTold =>
    log.tellOwner({ what: 'user', id, at, organizationIds });
  const tellOrganization = (id: string, at: number): AccessTold =>
    log.tellOwner({ what: 'organization', id, at, organizationIds: [id] });
  const changedUser = (id: string): DirectoryChange[] => {
    const user = users.get(id);
    return user === null ? [{ what: 'user-gone', id }] : [{ what: 'user', user }];
  };
  const changedKeys = (ids: readonly string[]): DirectoryChange[] =>
    ids.map((id) => {
      const key = keys.get(id);
      return key === null ? { what: 'key-gone', id } : { what: 'key', key };
    });
  const endedLogins = (families: readonly string[], at: number): DirectoryChange[] =>
    families.map((family) => ({ what: 'login-ended', family, at }));

  function assertEmailIsFree(email: string, userId: string): void {
    const holder = users.idOfEmail(email);
    if (holder !== null && holder !== userId) {
      throw new Refusal('CONFLICT', 'There is a user with this e-mail address already.');
    }
  }

  /** Older files may have two of one name; those stay, and may be named as they are. */
  function assertNameIsFree(name: string, id: string): void {
    const others = organizations.all().filter((one) => sameName(one.name, name));
    if (others.length > 0 && !others.some((one) => one.id === id)) {
      throw new Refusal('CONFLICT', 'There is an organisation with this name already.');
    }
  }

  /** For a user that is an admin there: somebody has to stay one, but where the owner is, who could not take out an intruder else. */
  function assertAdminStays(organizationId: string, userId: string): void {
    if (organizationId === defaultOrganizationId) return;
    const user = users.get(userId);
    const isAdmin = user?.memberships.some((one) => one.organizationId === organizationId && one.role === 'admin');
    if (isAdmin !== true || user?.isDisabled === true) return;
    if (users.otherAdmins(organizationId, userId) === 0) throw new Refusal('CONFLICT', lastAdmin);
  }

  function setRole(organizationId: string, userId: string, role: Role, at: number): void {
    if (role !== 'admin') assertAdminStays(organizationId, userId);
    users.setRole(organizationId, userId, role, at);
  }

  /** Without its keys and logins; gives what the doors have to hear. */
  function removeUser(id: string, at: number): DirectoryChange[] {
    const revoked = keys.revoke(id, at);
    users.remove(id);
    return [...changedKeys(revoked), { what: 'user-gone', id }];
  }

  return {
    accessCreateOrganization({ id, name, at }: { id: string; name: string; at: number }): Changed<OrganizationView> {
      assertNameIsFree(name, id);
      organizations.insert({ id, name }, at);
      const told = tellOrganization(id, at);
      return { value: seenOrganization(id), changes: [{ what: 'organization', organization: { id, name } }], told };
    },
    accessRenameOrganization({
      id,
      name,
      at,
    }: {
      id: string;
      name: string;
      at: number;
    }): Changed<OrganizationView | null> {
      if (organizationViews.get(id) === null) return { value: null, changes: [] };
      assertNameIsFree(name, id);
      organizations.rename({ id, name }, at);
      const told = tellOrganization(id, at);
      return {
        value: organizationViews.get(id),
        changes: [{ what: 'organization', organization: { id, name } }],
        told,
      };
    },
    /** Takes its keys and logins away; users who are in no other one are gone. */
    accessDeleteOrganization({ id, at }: { id: string; at: number }): Changed<boolean> {
      const keyIds = keys.idsIn(id);
      const memberIds = users.idsIn(id);
      if (!organizations.remove(id)) return { value: false, changes: [] };
      const left = memberIds.flatMap((userId) =>
        users.get(userId)?.memberships.length === 0 ? removeUser(userId, at) : changedUser(userId),
      );
      tellOrganization(id, at);
      return { value: true, changes: [...changedKeys(keyIds), ...left, { what: 'organization-gone', id }] };
    },
    accessCreateUser({
      at,
      organizationId,
      role,
      ...user
    }: {
      id: string;
      email: string;
      name: string;
      passwordHash: string;
      organizationId: string;
      role: Role;
      at: number;
    }): Changed<UserView | null> {
      assertEmailIsFree(user.email, user.id);
      users.insert(user, at);
      users.setRole(organizationId, user.id, role, at);
      const value = userViews.get({ id: user.id, organizationId });
      return { value, changes: changedUser(user.id), told: tellUser(user.id, at) };
    },
    accessUpdateUser({ id, fields, role, endLogins, seenFrom, at }: UserChangeRequest): Changed<UserView | null> {
      const user = users.get(id);
      if (user === null) return { value: null, changes: [] };
      if (fields.email !== undefined) assertEmailIsFree(fields.email, id);
      if (fields.disabled === true) {
        for (const { organizationId } of user.memberships) assertAdminStays(organizationId, id);
      }
      if (role !== undefined) setRole(role.organizationId, id, role.role, at);
      users.update({ id, ...fields }, at);
      const families = endLogins === undefined ? [] : logins.revokeOf({ userId: id, ...endLogins }, at);
      const changes = [...changedUser(id), ...endedLogins(families, at)];
      return { value: userViews.get({ id, organizationId: seenFrom }), changes, told: tellUser(id, at) };
    },
    /** From one organisation, or everywhere; who is in none any more is gone. False when it was not there. */
    accessRemoveUser({
      id,
      organizationId,
      at,
    }: {
      id: string;
      organizationId: string | null;
      at: number;
    }): Changed<boolean> {
      const memberships = users.get(id)?.memberships ?? null;
      if (memberships === null) return { value: false, changes: [] };
      const left = memberships.filter((one) => organizationId === null || one.organizationId === organizationId);
      if (organizationId !== null && left.length === 0) return { value: false, changes: [] };
      for (const one of left) assertAdminStays(one.organizationId, id);
      for (const one of left) users.leave(one.organizationId, id);
      const places = left.map((one) => one.organizationId);
      const told = tellUser(id, at, places);
      if (left.length === memberships.length) return { value: true, changes: removeUser(id, at), told };
      const place = organizationId === null ? {} : { organizationId };
      const families = logins.revokeOf({ userId: id, ...place }, at);
      return { value: true, changes: [...changedUser(id), ...endedLogins(families, at)], told };
    },
    accessSetMember({
      organizationId,
      userId,
      role,
      at,
    }: {
      organizationId: string;
      userId: string;
      role: Role;
      at: number;
    }): Changed<MemberView | null> {
      if (users.get(userId) === null || organizationViews.get(organizationId) === null) {
        return { value: null, changes: [] };
      }
      setRole(organizationId, userId, role, at);
      const told = tellUser(userId, at, [organizationId]);
      return { value: userViews.member({ organizationId, userId }), changes: changedUser(userId), told };
    },
  };

  function seenOrganization(id: string): OrganizationView {
    const view = organizationViews.get(id);
    if (view === null) throw new Error(`The organisation ${id} was not stored.`);
    return view;
  }
}

/** In whatever case, and however its accents are written. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFC').toLowerCase();
  return plain(one) === plain(other);
}
