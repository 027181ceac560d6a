import type { ReadableDb } from '../../store/database.ts';
import { type AuditQuery, createAuditReader } from '../../store/tables/audit-logs.ts';
import { createKeyReader, type KeyQuery } from '../../store/tables/key-reader.ts';
import { createOrganizationReader, type OrganizationQuery } from '../../store/tables/organizations.ts';
import { createUserReader, type UserQuery } from '../../store/tables/user-reader.ts';

/** Lists of people, organisations, keys and what was done; over the owner's file only. */
export function createAccessReading(db: ReadableDb) {
  const organizations = createOrganizationReader(db);
  const users = createUserReader(db);
  const keys = createKeyReader(db);
  const audit = createAuditReader(db);
  return {
    accessOrganizations: (query: OrganizationQuery) => organizations.list(query),
    accessOrganization: (id: string) => organizations.get(id),
    accessUsers: (query: UserQuery) => users.list(query),
    accessUser: (place: { id: string; organizationId: string | null }) => users.get(place),
    accessMembers: (query: { organizationId: string; cursor?: string | undefined; limit: number }) =>
      users.members(query),
    accessLogin: (email: string) => users.loginOf(email),
    accessPasswordHash: (userId: string) => users.passwordHash(userId),
    accessKeys: (query: KeyQuery) => keys.list(query),
    accessKey: (place: { id: string; organizationId: string | null }) => keys.get(place),
    accessAuditList: (query: AuditQuery) => audit.list(query),
  };
}
