import { TRPCError } from '@trpc/server';
import type { OrganizationService } from '../../api/access-services.ts';
import { type Caller, defaultOrganizationId, isOwner } from '../../access/caller.ts';
import { newId } from '../../store/ids.ts';
import { withPage } from '../with-page.ts';
import { type AccessParts, committed } from './access-parts.ts';
import { assertMayGrantRole, isInReach, reachOf } from './rights.ts';

/** Organisations and who is in them; a memory of its own belongs to each. */
export function createOrganizationService(parts: AccessParts): OrganizationService {
  const { reader, writer, access } = parts;
  const { directory } = access;

  /** A user sees all those that it is in; whoever else, the one that it acts in; the owner all. Null: all. */
  function visible(caller: Caller): string[] | null {
    if (isOwner(caller)) return null;
    const user = caller.kind === 'user' && caller.id !== null ? directory.user(caller.id) : null;
    return user?.memberships.map((one) => one.organizationId) ?? [caller.organizationId];
  }

  const sees = (caller: Caller, id: string) => visible(caller)?.includes(id) ?? true;
  const roleOf = (organizationId: string, userId: string) =>
    directory.user(userId)?.memberships.find((one) => one.organizationId === organizationId)?.role ?? null;

  return {
    list: (caller, request) => withPage(reader.call('accessOrganizations', { ...request, ids: visible(caller) })),
    get: async (caller, id) => (sees(caller, id) ? reader.call('accessOrganization', id) : null),
    create(_caller, { name }) {
      const at = Date.now();
      return committed(parts, writer.call('accessCreateOrganization', { id: newId(at), name, at }));
    },
    async update(caller, id, { name }) {
      if (!isInReach(caller, id)) return null;
      return committed(parts, writer.call('accessRenameOrganization', { id, name, at: Date.now() }));
    },
    async delete(_caller, id) {
      if (id === defaultOrganizationId) {
        throw new TRPCError({ code: 'FORBIDDEN', message: "The owner's own organisation cannot be deleted." });
      }
      return parts.removeOrganization(id, () =>
        committed(parts, writer.call('accessDeleteOrganization', { id, at: Date.now() })),
      );
    },
    async members(caller, id, { cursor, limit }) {
      if (!isInReach(caller, id) || directory.organization(id) === null) return null;
      return withPage(reader.call('accessMembers', { organizationId: id, cursor, limit }));
    },
    async setMember(caller, id, { user_id: userId, role }) {
      if (!isInReach(caller, id)) return null;
      const before = roleOf(id, userId);
      // Who is not in it yet is somebody that only the owner knows.
      if (before === null && reachOf(caller) !== null && !isOwner(caller)) return null;
      assertMayGrantRole(caller, role);
      if (before !== null) assertMayGrantRole(caller, before);
      return committed(parts, writer.call('accessSetMember', { organizationId: id, userId, role, at: Date.now() }));
    },
    async removeMember(caller, id, userId) {
      if (!isInReach(caller, id)) return false;
      return committed(parts, writer.call('accessRemoveUser', { id: userId, organizationId: id, at: Date.now() }));
    },
  };
}
