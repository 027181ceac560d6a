import type { Access } from '../../access/access.ts';
import { accountRule, addressRule, createLockout } from '../../access/lockout.ts';
import type { AccessServices } from '../../api/access-services.ts';
import { type AccessParts, accountOf } from './access-parts.ts';
import { createAudit } from './audit-service.ts';
import { createAuthService } from './auth-service.ts';
import { createKeyService } from './key-service.ts';
import { createOrganizationService } from './organization-service.ts';
import { createPasswordHasher } from './password-hasher.ts';
import { createUserService } from './user-service.ts';

export interface AccessServiceOptions {
  /** The owner's: all of it is kept there. */
  memory: Pick<AccessParts, 'reader' | 'writer'>;
  access: Access;
  removeOrganization: AccessParts['removeOrganization'];
  tell: AccessParts['tell'];
  onFault(fault: unknown): void;
}

/** People, keys and organisations, over the owner's file; `close` writes the audit that waits. */
export function createAccessServices({
  memory,
  access,
  removeOrganization,
  tell,
  onFault,
}: AccessServiceOptions): AccessServices & { close(): Promise<void> } {
  const passwords = createPasswordHasher();
  const audit = createAudit({ ...memory, access, onFault });
  const lockouts = { accounts: createLockout(accountRule), addresses: createLockout(addressRule) };
  for (const user of access.directory.users()) {
    lockouts.accounts.restore(accountOf(user.email), user.failureCount, user.lockedUntil);
  }
  const parts: AccessParts = {
    ...memory,
    access,
    passwords,
    lockouts,
    audit: audit.service,
    removeOrganization,
    tell,
  };
  return {
    auth: createAuthService(parts),
    users: createUserService(parts),
    organizations: createOrganizationService(parts),
    keys: createKeyService(parts),
    audit: audit.service,
    async close() {
      await passwords.close();
      await audit.close();
    },
  };
}
