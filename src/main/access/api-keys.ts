import { hash, randomBytes } from 'node:crypto';
import { type Scope, scopesOfRole } from '../../shared/access-views.ts';
import type { KeyRecord } from '../store/tables/api-keys.ts';
import type { Caller } from './caller.ts';
import type { Directory } from './directory.ts';

const keyPrefix = 'cmk_';
/** Of the key, with its prefix: enough to tell keys apart, too little to guess one by. */
const shownCharacters = 12;
/** Keys that were made by keys, and so on; whoever nests deeper gets nothing. */
const deepest = 16;

/** A key of 256 random bits; only its hash is kept. */
export function newApiKey(): { key: string; keyHash: Uint8Array; prefix: string } {
  const key = keyPrefix + randomBytes(32).toString('base64url');
  return { key, keyHash: hash('sha256', key, 'buffer'), prefix: key.slice(0, shownCharacters) };
}

export interface ApiKeys {
  /** By the SHA-256 of what was sent, in hexadecimal: comparing hashes tells nothing of the key. */
  callerOf(keyHash: string): Caller | null;
  callerById(id: string): Caller | null;
  /** When keys were used since it was last asked. */
  uses(): { id: string; at: number }[];
}

/** Who holds a key, as things are now: a key never has more rights than its maker has at this moment. */
export function createApiKeys(directory: Directory, now: () => number = Date.now): ApiKeys {
  const used = new Map<string, number>();

  function toCaller(key: KeyRecord | null): Caller | null {
    if (key === null) return null;
    const scopes = rightsOf(key, directory, now(), deepest);
    if (scopes === null) return null;
    return {
      kind: 'key',
      id: key.id,
      name: key.name,
      organizationId: key.organizationId,
      role: null,
      scopes: new Set(scopes),
      requestsPerMinute: key.requestsPerMinute,
      expiresAt: endOf(key, directory, deepest),
    };
  }

  return {
    callerOf(keyHash) {
      const caller = toCaller(directory.keyByHash(keyHash));
      if (caller?.id) used.set(caller.id, now());
      return caller;
    },
    callerById: (id) => toCaller(directory.key(id)),
    uses() {
      const uses = [...used].map(([id, at]) => ({ id, at }));
      used.clear();
      return uses;
    },
  };
}

/** Null when the key opens nothing: it, or whoever made it, was revoked, has expired or is gone. */
function rightsOf(key: KeyRecord, directory: Directory, now: number, depth: number): readonly Scope[] | null {
  if (depth === 0 || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  if (key.makerId === null) return key.scopes;
  const maker = makerRights(key.makerId, key.organizationId, directory, now, depth);
  return maker === null ? null : key.scopes.filter((scope) => maker.includes(scope));
}

/** With the key that made it, a key ends, too. */
function endOf(key: KeyRecord, directory: Directory, depth: number): number | null {
  const maker = depth === 0 || key.makerId === null ? null : directory.key(key.makerId);
  const ends = [key.expiresAt, maker === null ? null : endOf(maker, directory, depth - 1)].filter(
    (end) => end !== null,
  );
  return ends.length === 0 ? null : Math.min(...ends);
}

function makerRights(
  makerId: string,
  organizationId: string,
  directory: Directory,
  now: number,
  depth: number,
): readonly Scope[] | null {
  const key = directory.key(makerId);
  if (key !== null) return rightsOf(key, directory, now, depth - 1);
  const user = directory.user(makerId);
  const membership = user?.memberships.find((one) => one.organizationId === organizationId);
  return user === null || user.isDisabled || membership === undefined ? null : scopesOfRole[membership.role];
}
