import type { WritableDb } from '../database.ts';
import { createApiKeyWriter, type KeyRecord, type StoredViewerKey } from './api-keys.ts';
import { createOrganizationWriter, type OrganizationRecord } from './organizations.ts';
import { createRefreshTokenWriter } from './refresh-tokens.ts';
import { createUserWriter, type UserRecord } from './users.ts';

/** What the doors have to know before the first request. */
export interface AccessStart {
  organizations: OrganizationRecord[];
  users: UserRecord[];
  keys: KeyRecord[];
  viewerKeys: StoredViewerKey[];
  /** Logins that were ended while their access tokens may still run. */
  endedLogins: { family: string; at: number }[];
}

/** Reads all of it once; `endedAfter` is how far back an access token may come from. */
export function readAccessStart(db: WritableDb, now: number, endedAfter: number): AccessStart {
  const keys = createApiKeyWriter(db);
  return {
    organizations: createOrganizationWriter(db).all(),
    users: createUserWriter(db).all(),
    keys: keys.all(),
    viewerKeys: keys.viewers(now),
    endedLogins: createRefreshTokenWriter(db).endedSince(endedAfter),
  };
}
