import type { ApiKeyView } from '../../../shared/access-views.ts';
import type { DirectoryChange } from '../../access/directory.ts';
import { createApiKeyWriter, type KeyChange, type KeyRecord } from '../../store/tables/api-keys.ts';
import { type AuditRow, createAuditWriter } from '../../store/tables/audit-logs.ts';
import { createKeyReader } from '../../store/tables/key-reader.ts';
import { auditRowsKept } from '../settings/setting-list.ts';
import { Refusal } from '../refusal.ts';
import { type AccessEvent, type AccessTold, createAccessLog } from './access-log.ts';
import type { AccessWriterParts, Changed } from './people-writer.ts';

export interface NewKeyRow extends Omit<KeyRecord, 'revokedAt' | 'replacedBy'> {
  prefix: string;
  createdBy: string;
  at: number;
}

export interface KeyRotation {
  id: string;
  next: Pick<NewKeyRow, 'id' | 'keyHash' | 'prefix'>;
  /** How long the old one works on. */
  graceMs: number;
  at: number;
}

/** API keys, and the audit. */
export function createKeyOperations({ db, ledger }: AccessWriterParts) {
  const log = createAccessLog(ledger);
  const keys = createApiKeyWriter(db);
  const views = createKeyReader(db);
  const audit = createAuditWriter(db);
  const seen = (id: string): ApiKeyView | null => views.get({ id, organizationId: null });
  const changed = (...ids: string[]): DirectoryChange[] =>
    ids.flatMap((id) => {
      const key = keys.get(id);
      return key === null ? [] : [{ what: 'key', key }];
    });
  function tell(id: string, at: number): AccessTold {
    const organizationId = keys.get(id)?.organizationId;
    return log.tellOwner({
      what: 'key',
      id,
      at,
      organizationIds: organizationId === undefined ? [] : [organizationId],
    });
  }

  /** Looked at where it is written: a key that ends, or is rotated, at the same moment is told as it is then. */
  function unlessRevoked(id: string): KeyRecord | null {
    const key = keys.get(id);
    // One that was ended stays so: whoever held it may have lost it.
    if (key !== null && key.revokedAt !== null) throw new Refusal('CONFLICT', 'This key was revoked. Make a new one.');
    return key;
  }

  return {
    accessCreateKey({ at, ...key }: NewKeyRow): Changed<ApiKeyView | null> {
      keys.insert(key, at);
      return { value: seen(key.id), changes: changed(key.id), told: tell(key.id, at) };
    },
    accessUpdateKey({ id, change, at }: { id: string; change: KeyChange; at: number }): Changed<ApiKeyView | null> {
      if (unlessRevoked(id) === null) return { value: null, changes: [] };
      keys.update(id, change);
      return { value: seen(id), changes: changed(id), told: tell(id, at) };
    },
    /** With those that it made. */
    accessRevokeKey({ id, at }: { id: string; at: number }): Changed<ApiKeyView | null> {
      const changes = changed(...keys.revoke(id, at));
      return { changes, value: seen(id), told: tell(id, at) };
    },
    accessRotateKey({ id, next, graceMs, at }: KeyRotation): Changed<ApiKeyView | null> {
      const old = unlessRevoked(id);
      if (old === null) return { value: null, changes: [] };
      // It ends soon, and what was made of it again would end with it.
      if (old.replacedBy !== null) {
        const message = `This key was rotated already: rotate the one that took its place, ${old.replacedBy}.`;
        throw new Refusal('CONFLICT', message);
      }
      keys.insert({ ...old, ...next, createdBy: keys.makerNameOf(id) }, at);
      const made = keys.inherit(id, next.id);
      keys.replace(id, next.id);
      if (graceMs > 0) keys.update(id, { expiresAt: Math.min(old.expiresAt ?? Infinity, at + graceMs) });
      else keys.revokeOne(id, at);
      return { value: seen(next.id), changes: changed(id, next.id, ...made), told: tell(next.id, at) };
    },
    /** In the log of another organisation's memory, whose own people and keys these are. */
    accessTell: (event: AccessEvent): void => log.tell(event),
    accessKeysUsed(uses: readonly { id: string; at: number }[]): void {
      for (const { id, at } of uses) keys.used(id, at);
    },
    accessAudit(rows: readonly AuditRow[]): void {
      for (const row of rows) audit.insert(row);
    },
    /** Gives how many rows went. */
    accessPruneAudit: ({ before }: { before: number }): number => audit.prune({ before, kept: auditRowsKept }),
  };
}
