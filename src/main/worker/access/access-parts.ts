import { TRPCError } from '@trpc/server';
import type { Access } from '../../access/access.ts';
import type { Lockout } from '../../access/lockout.ts';
import { defaultOrganizationId } from '../../access/caller.ts';
import type { AuditService } from '../../api/access-services.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import type { Memory } from '../open-memory.ts';
import type { OrganizationRemoval } from '../organization-removal.ts';
import { type PasswordHasher, PasswordsBusyError } from './password-hasher.ts';
import type { AccessEvent } from './access-log.ts';
import type { Changed } from './people-writer.ts';

/** What the services of access stand on: the owner's file. */
export interface AccessParts {
  reader: Pick<Memory['reader'], 'call'>;
  writer: Pick<Memory['writer'], 'call'>;
  access: Pick<Access, 'directory' | 'tokens' | 'keyUses'>;
  passwords: PasswordHasher;
  /** Wrong passwords by account and by address. */
  lockouts: { accounts: Lockout; addresses: Lockout };
  audit: AuditService;
  /** Takes an organisation away by `leave`, which gives whether there was one, and its memory with it. */
  removeOrganization: OrganizationRemoval['remove'];
  /** In the log of another organisation's memory than the owner's. Never throws. */
  tell(organizationId: string, event: AccessEvent): void;
}

const codes = {
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  REFUSED: 'FORBIDDEN',
} as const satisfies Record<RefusalCode, TRPCError['code']>;

/**
 * Waits for the commit and tells the doors of it before anybody else hears: what was taken away opens nothing from now on.
 * Throws `TRPCError`.
 */
export async function committed<Value>(
  { access, tell }: Pick<AccessParts, 'access' | 'tell'>,
  change: Promise<Changed<Value>>,
): Promise<Value> {
  try {
    const { value, changes, told } = await change;
    access.directory.apply(changes);
    if (told !== undefined) {
      const { organizationIds, ...event } = told;
      for (const id of organizationIds.filter((id) => id !== defaultOrganizationId)) tell(id, event);
    }
    return value;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TRPCError({ code: codes[error.code], message: error.message, cause: error });
  }
}

/** What an account is counted by, known or not. */
export function accountOf(email: string): string {
  return email.trim().toLowerCase();
}

/** Says for how long to stay away, and when to come back. */
export class LockedError extends Error {
  readonly retryAfterSeconds: number;
  constructor(lockedForMs: number) {
    const seconds = Math.ceil(lockedForMs / 1000);
    super(`Too many wrong passwords. Try again in ${seconds} seconds.`);
    this.name = 'LockedError';
    this.retryAfterSeconds = seconds;
  }
}

/** Throws TOO_MANY_REQUESTS for passwords that nobody can look at now. */
export async function unlessBusy<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PasswordsBusyError)) throw error;
    throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: error.message, cause: error });
  }
}
