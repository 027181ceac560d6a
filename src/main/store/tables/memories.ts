import { z } from 'zod';
import { memoryTypes, type MemoryType, type MemoryView } from '../../../shared/note-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { cursorsOf, likePattern, toPage } from '../paging.ts';
import { stringList } from '../string-list.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

/** One version's own words and times; milliseconds since 1970. */
export interface MemoryVersion {
  text: string;
  textHash: Uint8Array;
  tags: readonly string[];
  metadata: MemoryView['metadata'];
  importance: number;
  validFrom: number;
}

export interface NewMemoryRow extends MemoryVersion {
  id: string;
  type: MemoryType;
  projectPk: number | null;
  expiresAt: number | null;
  at: number;
}

export interface MemoryRecord {
  pk: number;
  id: string;
  type: MemoryType;
  version: number;
  project_pk: number | null;
  expires_at: number | null;
  forgotten_at: number | null;
  text: string;
  tags: string[];
  metadata: MemoryView['metadata'];
  importance: number;
  valid_from: number;
}

interface StoredRecord extends Omit<MemoryRecord, 'type' | 'tags' | 'metadata'> {
  type: string;
  tags: string;
  metadata: string;
}

const current = 'v.memory_pk = m.pk AND v.version = m.version';

/** Memories and their versions; call inside a transaction. */
export function createMemoryWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(`
    INSERT INTO memories (id, type, project_pk, version, expires_at, created_at, updated_at)
    VALUES (@id, @type, @projectPk, 1, @expiresAt, @at, @at)`);
  const insertVersion = db.prepare<[object]>(`
    INSERT INTO memory_versions (memory_pk, version, text, text_hash, tags, metadata, importance, valid_from)
    VALUES (@pk, @version, @text, @textHash, @tags, @metadata, @importance, @validFrom)`);
  const endVersion = db.prepare<[number, number, number]>(
    'UPDATE memory_versions SET valid_to = max(?, valid_from) WHERE memory_pk = ? AND version = ?',
  );
  const revised = db.prepare<[object]>(`
    UPDATE memories SET version = @version, project_pk = @projectPk, expires_at = @expiresAt, updated_at = @at WHERE pk = @pk`);
  const record = `SELECT m.pk, m.id, m.type, m.version, m.project_pk, m.expires_at, m.forgotten_at,
      v.text, v.tags, v.metadata, v.importance, v.valid_from
    FROM memories m JOIN memory_versions v ON ${current}`;
  const find = db.prepare<[string], StoredRecord>(`${record} WHERE m.id = ?`);
  const same = db.prepare<[object], StoredRecord>(`${record}
    WHERE v.text_hash = @textHash AND m.project_pk IS @projectPk AND (m.type = 'working') = (@type = 'working')
      AND m.forgotten_at IS NULL AND m.archived_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > @now)
    ORDER BY m.type = @type DESC, m.pk LIMIT 1`);
  const seen = db.prepare<[object]>(`
    UPDATE memories SET seen_count = seen_count + 1, type = @type, expires_at = coalesce(@expiresAt, expires_at), updated_at = @at
    WHERE pk = @pk`);
  const touch = db.prepare<[number, string]>(
    'UPDATE memories SET access_count = access_count + 1, last_accessed_at = ? WHERE id = ?',
  );
  const forget = db.prepare<[number | null, number, number]>(
    'UPDATE memories SET forgotten_at = ?, updated_at = ? WHERE pk = ?',
  );
  const takeBack = db.prepare<[number, number]>(
    `UPDATE memories SET forgotten_at = NULL, archived_at = NULL, updated_at = ?
     WHERE pk = ? AND (forgotten_at IS NOT NULL OR archived_at IS NOT NULL)`,
  );
  const erase = db.prepare<[number, number]>('DELETE FROM memories WHERE expires_at <= ? OR forgotten_at <= ?');

  function putVersion(pk: number | bigint, version: number, row: MemoryVersion): void {
    const { text, textHash, importance, validFrom } = row;
    const texts = { tags: JSON.stringify(row.tags), metadata: JSON.stringify(row.metadata) };
    insertVersion.run({ pk, version, text, textHash, importance, validFrom, ...texts });
  }

  return {
    insert(row: NewMemoryRow): void {
      const { id, type, projectPk, expiresAt, at } = row;
      const { lastInsertRowid } = insert.run({ id, type, projectPk, expiresAt, at });
      putVersion(lastInsertRowid, 1, row);
    },
    /** A living memory of exactly these words, of this type where there are several; what is for a while is none of what stays. */
    findSame(words: {
      textHash: Uint8Array;
      projectPk: number | null;
      type: MemoryType;
      now: number;
    }): MemoryRecord | null {
      const row = same.get(words);
      return row === undefined ? null : toRecord(row);
    },
    /** Said again: counted, of the type that it has now, and until then when there is an end. */
    seenAgain: (pk: number, said: { type: MemoryType; expiresAt: number | null; at: number }) =>
      void seen.run({ pk, ...said }),
    find(id: string): MemoryRecord | null {
      const row = find.get(id);
      return row === undefined ? null : toRecord(row);
    },
    /** The version before ends where this one begins. */
    revise(
      pk: number,
      version: number,
      row: MemoryVersion & Pick<NewMemoryRow, 'projectPk' | 'expiresAt' | 'at'>,
    ): void {
      endVersion.run(row.validFrom, pk, version);
      putVersion(pk, version + 1, row);
      revised.run({ pk, version: version + 1, projectPk: row.projectPk, expiresAt: row.expiresAt, at: row.at });
    },
    touch: (id: string, at: number) => void touch.run(at, id),
    forget: (pk: number, at: number) => void forget.run(at, at, pk),
    /** False when it was not away. */
    restore: (pk: number, at: number) => takeBack.run(at, pk).changes > 0,
    /** For good: working memories whose time is over, and what was forgotten before `forgottenBefore`; how many. */
    erase: (now: number, forgottenBefore: number) => erase.run(now, forgottenBefore).changes,
  };
}

function toRecord({ type, tags, metadata, ...row }: StoredRecord): MemoryRecord {
  return { ...row, type: typeOf(type), tags: stringList(tags), metadata: readMetadata(metadata) };
}

function typeOf(stored: string): MemoryType {
  return memoryTypes.find((known) => known === stored) ?? 'semantic';
}

export interface MemoryQuery {
  type?: MemoryType | undefined;
  tags?: readonly string[] | undefined;
  project_id?: string | undefined;
  text?: string | undefined;
  valid_at?: string | undefined;
  forgotten?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface MemoryRow {
  pk: number;
  id: string;
  type: string;
  text: string;
  tags: string;
  metadata: string;
  project_id: string | null;
  project_name: string | null;
  importance: number;
  version: number;
  valid_from: number;
  valid_to: number | null;
  expires_at: number | null;
  seen_count: number;
  access_count: number;
  last_accessed_at: number | null;
  forgotten_at: number | null;
  created_at: number;
  updated_at: number;
}

const columns = `m.pk, m.id, m.type, v.text, v.tags, v.metadata, p.id AS project_id, p.name AS project_name, v.importance, v.version,
  v.valid_from, v.valid_to, m.expires_at, m.seen_count, m.access_count, m.last_accessed_at, m.forgotten_at, m.created_at, m.updated_at`;
const from = `FROM memories m JOIN memory_versions v ON v.memory_pk = m.pk LEFT JOIN projects p ON p.pk = m.project_pk`;
/** The version that held then, or the current one. */
const held = `iif(@validAt IS NULL, v.version = m.version, v.valid_from <= @validAt AND (v.valid_to IS NULL OR v.valid_to > @validAt))`;

/** Memories as the wire has them. */
export function createMemoryReader(db: ReadableDb) {
  const byId = db.prepare<[string, number], MemoryRow>(`
    SELECT ${columns} ${from} WHERE m.id = ? AND v.version = m.version AND (m.expires_at IS NULL OR m.expires_at > ?)`);
  const versions = db.prepare<[string], MemoryRow>(`SELECT ${columns} ${from} WHERE m.id = ? ORDER BY v.version DESC`);
  const where = `${held}
    AND (m.forgotten_at IS NOT NULL) = @forgotten AND m.archived_at IS NULL
    AND (m.expires_at IS NULL OR m.expires_at > @now)
    AND (@type IS NULL OR m.type = @type)
    AND (@projectId IS NULL OR p.id = @projectId OR m.project_pk IS NULL)
    AND NOT EXISTS (SELECT 1 FROM json_each(@tags) wanted WHERE wanted.value NOT IN (SELECT value FROM json_each(v.tags)))
    AND NOT EXISTS (SELECT 1 FROM json_each(@words) word WHERE v.text NOT LIKE word.value ESCAPE '\\')`;
  const page = db.prepare<[object], MemoryRow>(`
    SELECT ${columns} ${from} WHERE ${where} AND (m.updated_at, m.pk) < (@at, @pk)
    ORDER BY m.updated_at DESC, m.pk DESC LIMIT @limit`);
  const total = db.prepare<[object], { total: number; before: number }>(`
    SELECT COUNT(*) AS total, COALESCE(SUM((m.updated_at, m.pk) >= (@at, @pk)), 0) AS before ${from} WHERE ${where}`);

  return {
    get(id: string, now: number): MemoryView | null {
      const row = byId.get(id, now);
      return row === undefined ? null : toView(row);
    },
    /** Newest first; empty when there is no such memory. */
    versions: (id: string): MemoryView[] => versions.all(id).map(toView),
    /** The last changed first; those of a project together with those that hold everywhere. */
    list(query: MemoryQuery, now: number): Page<MemoryView> {
      const words = (query.text ?? '').split(/\s+/).filter(Boolean).map(likePattern);
      const filters = {
        validAt: query.valid_at === undefined ? null : Date.parse(query.valid_at),
        forgotten: query.forgotten === true ? 1 : 0,
        type: query.type ?? null,
        projectId: query.project_id ?? null,
        tags: JSON.stringify(query.tags ?? []),
        words: JSON.stringify(words),
      };
      const cursors = cursorsOf('memories', filters);
      const [at, pk] = cursors.read(query.cursor, 2) ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const bound = { ...filters, now, at, pk };
      const rows = page.all({ ...bound, limit: query.limit + 1 });
      const counts = total.get(bound) ?? { total: 0, before: 0 };
      return toPage(rows, { ...counts, limit: query.limit }, toView, (row) => cursors.at([row.updated_at, row.pk]));
    },
  };
}

function toView(row: MemoryRow): MemoryView {
  const { project_id, project_name } = row;
  return {
    id: row.id,
    type: typeOf(row.type),
    text: row.text,
    tags: stringList(row.tags),
    metadata: readMetadata(row.metadata),
    project: project_id === null || project_name === null ? null : { id: project_id, name: project_name },
    importance: row.importance,
    version: row.version,
    valid_from: isoTime(row.valid_from),
    valid_to: isoTimeOrNull(row.valid_to),
    expires_at: isoTimeOrNull(row.expires_at),
    seen_count: row.seen_count,
    access_count: row.access_count,
    last_accessed_at: isoTimeOrNull(row.last_accessed_at),
    forgotten_at: isoTimeOrNull(row.forgotten_at),
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
  };
}

const storedMetadata = z.record(z.string(), z.unknown());

function readMetadata(text: string): MemoryView['metadata'] {
  return storedMetadata.parse(JSON.parse(text));
}
