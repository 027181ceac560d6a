import { createHash } from 'node:crypto';
import type { EntityKind } from '../../../shared/graph-views.ts';

/** Something that is mentioned, before it has a row. */
export interface EntityName {
  kind: EntityKind;
  /** By which it is the same thing, and by which people know it; of a project its id. */
  key: string;
  /** Null for what is the same everywhere. */
  projectPk: number | null;
}

const longestKey = 300;

/** Null for a key without a letter or digit, which names nothing. */
export function entity(kind: EntityKind, key: string, projectPk: number | null): EntityName | null {
  const trimmed = key.trim();
  if (!/[\p{L}\p{N}]/u.test(trimmed) || trimmed.length > longestKey) return null;
  return { kind, key: trimmed.toWellFormed(), projectPk };
}

/** 32 hexadecimal digits that are the same for the same thing; `projectId` is the wire's id of its project. */
export function entityId({ kind, key }: EntityName, projectId: string | null): string {
  return createHash('sha256')
    .update(`${kind}\0${key}\0${projectId ?? ''}`)
    .digest('hex')
    .slice(0, 32);
}

/** The same for the same thing within one file of the database. */
export function entityKey({ kind, key, projectPk }: EntityName): string {
  return `${kind}\0${projectPk ?? 0}\0${key}`;
}
