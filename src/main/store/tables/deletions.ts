import type { DeletionView } from '../../../shared/record-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';

export type DeletionKind = 'session' | 'observation';

export interface Deletion {
  pk: number;
  kind: DeletionKind;
  id: string;
  sessionId: string;
  /** The session's row when it was deleted. */
  sessionPk: number;
  projectPk: number;
  title: string | null;
}

export interface DeletionQuery {
  kind?: DeletionKind | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
  /** How long deletions can be taken back, in milliseconds. */
  keptMs: number;
}

interface ListedRow {
  pk: number;
  kind: DeletionKind;
  id: string;
  session_id: string;
  project_id: string;
  project_name: string;
  title: string | null;
  deleted_at: number;
}

const columns = 'pk, kind, id, session_id AS sessionId, session_pk AS sessionPk, project_pk AS projectPk, title';

/** What was deleted and can still be taken back. */
export function createDeletionReader(db: ReadableDb) {
  const find = db.prepare<[DeletionKind, string], Deletion>(
    `SELECT ${columns} FROM deletions WHERE kind = ? AND id = ?`,
  );
  // Of a session that is there a part goes or comes back at this moment.
  const before = db.prepare<[number, number], Deletion>(
    `SELECT ${columns} FROM deletions d WHERE deleted_at < ?
       AND NOT (kind = 'session' AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = d.id))
     ORDER BY deleted_at LIMIT ?`,
  );
  const hasAll = db
    .prepare<[number], number>(
      `SELECT 1 FROM deleted_rows WHERE deletion_pk = ? AND origin = 'sessions' AND action = 'deleted' LIMIT 1`,
    )
    .pluck();
  // CROSS: begun with the few projects, all deletions would have to be sorted for each page.
  const filtered = `FROM deletions d CROSS JOIN projects p ON p.pk = d.project_pk
    WHERE (@kind IS NULL OR d.kind = @kind) AND (@project IS NULL OR p.id = @project)`;
  const page = db.prepare<[object], ListedRow>(`
    SELECT d.pk, d.kind, d.id, d.session_id, p.id AS project_id, p.name AS project_name, d.title, d.deleted_at
    ${filtered} AND d.pk < @pk ORDER BY d.pk DESC LIMIT @limit`);
  const total = db.prepare<[object], number>(`SELECT COUNT(*) ${filtered}`).pluck();
  const unfinished = db
    .prepare<[], string>(`SELECT d.id FROM deletions d JOIN sessions s ON s.id = d.id WHERE d.kind = 'session'`)
    .pluck();
  return {
    /** Sessions of which a part is still there. */
    unfinished: () => unfinished.all(),
    /** Whether the whole session was taken: its row goes last. */
    isComplete: (deletion: Deletion) => hasAll.get(deletion.pk) === 1,
    find: (kind: DeletionKind, id: string) => find.get(kind, id) ?? null,
    /** The last one first. */
    list({ kind, project_id: project, cursor, limit, keptMs }: DeletionQuery): Page<DeletionView> {
      const filter = { kind: kind ?? null, project: project ?? null };
      const cursors = cursorsOf('deletions', filter);
      const [pk, ahead] = cursors.read(cursor, 2) ?? [Number.MAX_SAFE_INTEGER, 0];
      const rows = page.all({ ...filter, pk, limit: limit + 1 });
      const counts = { total: total.get(filter) ?? 0, before: ahead ?? 0, limit };
      return toPage(
        rows,
        counts,
        (row) => toView(row, keptMs),
        (row) => cursors.at([row.pk, (ahead ?? 0) + limit]),
      );
    },
    /** The oldest first. */
    before: (time: number, limit: number) => before.all(time, limit),
  };
}

export function createDeletionWriter(db: WritableDb) {
  const add = db.prepare<[object]>(`
    INSERT INTO deletions (kind, id, session_id, session_pk, project_pk, title, deleted_at)
    VALUES (@kind, @id, @sessionId, @sessionPk, @projectPk, @title, @at)`);
  const remove = db.prepare<[number]>('DELETE FROM deletions WHERE pk = ?');
  const removeOfSession = db.prepare<[string]>('DELETE FROM deletions WHERE session_id = ?');
  return {
    add(deletion: Omit<Deletion, 'pk'>, at: number): Deletion {
      return { ...deletion, pk: Number(add.run({ ...deletion, at }).lastInsertRowid) };
    },
    /** With its rows. */
    remove: (pk: number) => void remove.run(pk),
    /** Of the session itself and of single observations of it. */
    removeOfSession: (sessionId: string) => void removeOfSession.run(sessionId),
  };
}

function toView(row: ListedRow, keptMs: number): DeletionView {
  return {
    kind: row.kind,
    id: row.id,
    session_id: row.session_id,
    project: { id: row.project_id, name: row.project_name },
    title: row.title,
    deleted_at: isoTime(row.deleted_at),
    kept_until: isoTime(row.deleted_at + keptMs),
  };
}
