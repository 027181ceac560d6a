import { TRPCError } from '@trpc/server';
import type { UserChange, UserService } from '../../api/access-services.ts';
import type { Caller } from '../../access/caller.ts';
import type { Role } from '../../../shared/access-views.ts';
import { newId } from '../../store/ids.ts';
import type { UserRecord } from '../../store/tables/users.ts';
import { withPage } from '../with-page.ts';
import { type AccessParts, accountOf, committed, unlessBusy } from './access-parts.ts';
import { assertMayGrantRole, reachOf, targetOrganization } from './rights.ts';

/** People: for an admin those of the own organisation, for the owner all. */
export function createUserService(parts: AccessParts): UserService {
  const { reader, writer, access, passwords } = parts;
  const { directory } = access;

  function seen(caller: Caller, id: string): UserRecord | null {
    const user = directory.user(id);
    const reach = reachOf(caller);
    if (user === null || reach === null) return user;
    return user.memberships.some((one) => one.organizationId === reach) ? user : null;
  }

  /** Whoever can set another's password can act as that one: in no other organisation, with no more rights. */
  function assertMayTakeOver(caller: Caller, user: UserRecord): void {
    const reach = reachOf(caller);
    for (const { organizationId, role } of user.memberships) {
      if (reach !== null && organizationId !== reach) {
        throw new TRPCError({
          code: 'FORBIDDEN',
          message: 'This user is in other organisations too: only the owner may change more than the role here.',
        });
      }
      assertMayGrantRole(caller, role);
    }
  }

  /** Where a role is changed: in the caller's organisation; the owner reaches a user that is in another one alone. */
  function roleChange(caller: Caller, user: UserRecord, role: Role) {
    const { organizationId } = caller;
    const [only, ...others] = user.memberships;
    if (user.memberships.some((one) => one.organizationId === organizationId)) return { organizationId, role };
    if (others.length === 0) return { organizationId: only?.organizationId ?? organizationId, role };
    throw new TRPCError({
      code: 'CONFLICT',
      message: 'This user is in several organisations: name one with the header X-Organization-Id.',
    });
  }

  async function fieldsOf({ name, email, password, disabled }: UserChange) {
    const passwordHash = password === undefined ? undefined : await unlessBusy(passwords.hash(password));
    return { name, email, disabled, passwordHash };
  }

  return {
    list: (caller, request) => withPage(reader.call('accessUsers', { ...request, organizationId: reachOf(caller) })),
    get: (caller, id) => reader.call('accessUser', { id, organizationId: reachOf(caller) }),
    async create(caller, { email, name, password, role, organization_id }) {
      const organizationId = targetOrganization(caller, organization_id, directory);
      assertMayGrantRole(caller, role);
      const passwordHash = await unlessBusy(passwords.hash(password));
      const at = Date.now();
      const user = { id: newId(at), email, name, passwordHash, organizationId, role, at };
      const made = await committed(parts, writer.call('accessCreateUser', user));
      if (made === null) throw new Error('The new user was not stored.');
      return made;
    },
    async update(caller, id, change) {
      const user = seen(caller, id);
      if (user === null) return null;
      const { role, ...others } = change;
      const role_ = role === undefined ? undefined : roleChange(caller, user, role);
      if (role !== undefined) {
        const before = user.memberships.find((one) => one.organizationId === role_?.organizationId);
        assertMayGrantRole(caller, role);
        if (before !== undefined) assertMayGrantRole(caller, before.role);
      }
      if (Object.values(others).some((value) => value !== undefined)) assertMayTakeOver(caller, user);
      const fields = await fieldsOf(change);
      const endsLogins = fields.disabled === true || fields.passwordHash !== undefined;
      if (fields.passwordHash !== undefined) parts.lockouts.accounts.succeeded(accountOf(user.email));
      return committed(
        parts,
        writer.call('accessUpdateUser', {
          id,
          fields,
          role: role_,
          endLogins: endsLogins ? {} : undefined,
          seenFrom: reachOf(caller),
          at: Date.now(),
        }),
      );
    },
    async delete(caller, id) {
      if (seen(caller, id) === null) return false;
      return committed(parts, writer.call('accessRemoveUser', { id, organizationId: reachOf(caller), at: Date.now() }));
    },
  };
}
