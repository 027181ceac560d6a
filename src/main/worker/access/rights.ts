import { TRPCError } from '@trpc/server';
import { type Role, type Scope, scopesOfRole } from '../../../shared/access-views.ts';
import { type Caller, defaultOrganizationId, isOwner } from '../../access/caller.ts';
import type { Directory } from '../../access/directory.ts';

/**
 * The organisation whose people and keys the caller sees; null for all of them. The owner sees all, and one alone when it
 * acts in that one.
 */
export function reachOf(caller: Caller): string | null {
  return isOwner(caller) && caller.organizationId === defaultOrganizationId ? null : caller.organizationId;
}

export function isInReach(caller: Caller, organizationId: string): boolean {
  const reach = reachOf(caller);
  return reach === null || reach === organizationId;
}

/** Nobody hands on a right that they do not have. Throws FORBIDDEN. */
export function assertMayGrant(caller: Caller, scopes: Iterable<Scope>): void {
  const missing = [...scopes].filter((scope) => !caller.scopes.has(scope));
  if (missing.length === 0) return;
  throw new TRPCError({
    code: 'FORBIDDEN',
    message: `${caller.name} cannot give what it does not have: ${missing.join(', ')}.`,
  });
}

export function assertMayGrantRole(caller: Caller, role: Role): void {
  assertMayGrant(caller, scopesOfRole[role]);
}

/** The organisation that a new user or key goes into. Throws FORBIDDEN, NOT_FOUND. */
export function targetOrganization(caller: Caller, wanted: string | undefined, directory: Directory): string {
  const organizationId = wanted ?? caller.organizationId;
  if (!isInReach(caller, organizationId)) {
    throw new TRPCError({ code: 'FORBIDDEN', message: 'Only the owner may name another organisation.' });
  }
  if (directory.organization(organizationId) === null) {
    throw new TRPCError({ code: 'NOT_FOUND', message: `There is no organisation with the id ${organizationId}.` });
  }
  return organizationId;
}
