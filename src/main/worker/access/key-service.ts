import { TRPCError } from '@trpc/server';
import { newApiKey } from '../../access/api-keys.ts';
import { type Caller, isOwner } from '../../access/caller.ts';
import type { KeyService } from '../../api/access-services.ts';
import type { ApiKeyView, NewApiKey } from '../../../shared/access-views.ts';
import { newId } from '../../store/ids.ts';
import type { KeyRecord } from '../../store/tables/api-keys.ts';
import { withPage } from '../with-page.ts';
import { type AccessParts, committed } from './access-parts.ts';
import { assertMayGrant, isInReach, reachOf, targetOrganization } from './rights.ts';

/** Keys of programs. */
export function createKeyService(parts: AccessParts): KeyService {
  const { reader, writer, access } = parts;
  const { directory } = access;

  function seen(caller: Caller, id: string): KeyRecord | null {
    const key = directory.key(id);
    return key !== null && isInReach(caller, key.organizationId) ? key : null;
  }

  /** The new key would end with it, and open nothing from the start. */
  function assertNotExpired(key: KeyRecord): void {
    if (key.expiresAt === null || key.expiresAt > Date.now()) return;
    throw new TRPCError({ code: 'CONFLICT', message: 'This key has expired. Make a new one, or give it a later end.' });
  }

  const told = (key: string, view: ApiKeyView | null): NewApiKey => {
    if (view === null) throw new Error('The new key was not stored.');
    return { key, api_key: view };
  };

  return {
    list: (caller, request) => withPage(reader.call('accessKeys', { ...request, organizationId: reachOf(caller) })),
    get: (caller, id) => reader.call('accessKey', { id, organizationId: reachOf(caller) }),
    async create(caller, { name, scopes, requests_per_minute, expires_at, organization_id }) {
      const organizationId = targetOrganization(caller, organization_id, directory);
      assertMayGrant(caller, scopes);
      const { key, keyHash, prefix } = newApiKey();
      const at = Date.now();
      const view = await committed(
        parts,
        writer.call('accessCreateKey', {
          id: newId(at),
          name,
          keyHash,
          prefix,
          organizationId,
          scopes,
          ...boundsFor(caller, requests_per_minute ?? null, timeOf(expires_at) ?? null),
          makerId: caller.id,
          createdBy: caller.name,
          at,
        }),
      );
      return told(key, view);
    },
    async update(caller, id, change) {
      const key = seen(caller, id);
      if (key === null) return null;
      assertMayGrant(caller, [...key.scopes, ...(change.scopes ?? [])]);
      const perMinute = change.requests_per_minute;
      const expiresAt = timeOf(change.expires_at);
      const bounds = boundsFor(caller, perMinute ?? null, expiresAt ?? null);
      // What nobody asked to change stays, also of a key that may more than its changer, or that another changes now.
      const wanted = {
        name: change.name,
        scopes: change.scopes,
        requestsPerMinute: perMinute === undefined ? undefined : bounds.requestsPerMinute,
        expiresAt: expiresAt === undefined ? undefined : bounds.expiresAt,
      };
      return committed(parts, writer.call('accessUpdateKey', { id, change: wanted, at: Date.now() }));
    },
    async revoke(caller, id) {
      if (seen(caller, id) === null) return null;
      return committed(parts, writer.call('accessRevokeKey', { id, at: Date.now() }));
    },
    async rotate(caller, id, graceSeconds) {
      const old = seen(caller, id);
      if (old === null) return null;
      assertNotExpired(old);
      // Whoever is told the new key holds its rights.
      assertMayGrant(caller, old.scopes);
      assertNotBeyond(caller, old);
      const { key, keyHash, prefix } = newApiKey();
      const at = Date.now();
      const next = { id: newId(at), keyHash, prefix };
      const view = await committed(
        parts,
        writer.call('accessRotateKey', { id, next, graceMs: graceSeconds * 1000, at }),
      );
      return told(key, view);
    },
  };
}

/** A key that is quicker or lives longer than the caller's own is not for it to be told. Throws FORBIDDEN. */
function assertNotBeyond(caller: Caller, key: KeyRecord): void {
  const { requestsPerMinute, expiresAt } = boundsFor(caller, key.requestsPerMinute, key.expiresAt);
  if (requestsPerMinute === key.requestsPerMinute && expiresAt === key.expiresAt) return;
  throw new TRPCError({
    code: 'FORBIDDEN',
    message: 'This key is quicker or lives longer than yours: whoever made it, an admin or the owner may rotate it.',
  });
}

/** A key made by a key is no quicker and lives no longer than that one. Throws FORBIDDEN for an expiry beyond it. */
function boundsFor(
  caller: Caller,
  perMinute: number | null,
  expiresAt: number | null,
): Pick<KeyRecord, 'requestsPerMinute' | 'expiresAt'> {
  // An access token expires too, but its user stays.
  if (caller.kind !== 'key' || isOwner(caller)) return { requestsPerMinute: perMinute, expiresAt };
  const most = caller.requestsPerMinute;
  if (caller.expiresAt !== null && expiresAt !== null && expiresAt > caller.expiresAt) {
    throw new TRPCError({ code: 'FORBIDDEN', message: 'A key cannot make one that lives longer than it does itself.' });
  }
  return {
    requestsPerMinute: most === null ? perMinute : Math.min(perMinute ?? most, most),
    expiresAt: expiresAt ?? caller.expiresAt,
  };
}

function timeOf(text: string | null | undefined): number | null | undefined {
  return typeof text === 'string' ? Date.parse(text) : text;
}
