import type { ReadableDb, WritableDb } from '../database.ts';

/** A learning as it lies in the file; the pks of others are their rows here. */
export interface LearningRow {
  pk: number;
  id: string;
  category: string;
  statement: string;
  detail: string | null;
  language: string;
  scope: string;
  project_pk: number | null;
  path: string | null;
  state: string;
  confidence: number;
  source: string;
  origin: string;
  pinned: number;
  note: string | null;
  superseded_by: number | null;
  merged_into: number | null;
  use_count: number;
  last_used_at: number | null;
  confirm_count: number;
  reject_count: number;
  expires_at: number | null;
  created_at: number;
  updated_at: number;
  decided_at: number | null;
  /** A JSON list. */
  tags: string;
}

export const learningColumns = [
  'pk',
  'id',
  'category',
  'statement',
  'detail',
  'language',
  'scope',
  'project_pk',
  'path',
  'state',
  'confidence',
  'source',
  'origin',
  'pinned',
  'note',
  'superseded_by',
  'merged_into',
  'use_count',
  'last_used_at',
  'confirm_count',
  'reject_count',
  'expires_at',
  'created_at',
  'updated_at',
  'decided_at',
  'tags',
] as const satisfies readonly (keyof LearningRow)[];

const listed = learningColumns.join(', ');

export type NewLearningRow = Omit<LearningRow, 'pk'>;

/** What a learning holds for. */
export type LearningPlace = Pick<LearningRow, 'scope' | 'project_pk' | 'path'>;

/** Rows as they are; `learning-list.ts` reads them for people. */
export function createLearningReader(db: ReadableDb) {
  const byId = db.prepare<[string], LearningRow>(`SELECT ${listed} FROM learnings WHERE id = ?`);
  const byPk = db.prepare<[number], LearningRow>(`SELECT ${listed} FROM learnings WHERE pk = ?`);
  const pointing = db
    .prepare<[{ pk: number }], number>(
      'SELECT pk FROM learnings WHERE superseded_by = @pk OR merged_into = @pk ORDER BY pk',
    )
    .pluck();
  const due = db.prepare<[number, number], LearningRow>(`
    SELECT ${listed} FROM learnings
    WHERE state IN ('proposed', 'approved') AND expires_at <= ? ORDER BY expires_at LIMIT ?`);
  const used = db
    .prepare<[number], number>('SELECT pk FROM learnings WHERE last_used_at >= ? ORDER BY pk LIMIT 500')
    .pluck();
  const at = db.prepare<[LearningPlace], LearningRow>(`
    SELECT ${listed} FROM learnings
    WHERE project_pk IS @project_pk AND state IN ('proposed', 'approved', 'rejected') AND scope = @scope AND path IS @path
    ORDER BY pk`);
  return {
    byId: (id: string): LearningRow | null => byId.get(id) ?? null,
    byPk: (pk: number): LearningRow | null => byPk.get(pk) ?? null,
    /** Those of exactly this place that hold, might hold, or were rejected. */
    at: ({ scope, project_pk, path }: LearningPlace): IterableIterator<LearningRow> =>
      at.iterate({ scope, project_pk, path }),
    /** Those that this one took the place of. */
    pointingTo: (pk: number): number[] => pointing.all({ pk }),
    /** Those that were handed to an agent since then. */
    usedSince: (at: number): number[] => used.all(at),
    /** What holds no longer because its time is over. */
    due: (now: number, limit: number): LearningRow[] => due.all(now, limit),
  };
}

export function createLearningWriter(db: WritableDb) {
  const assigned = learningColumns.filter((column) => column !== 'pk');
  const insert = db.prepare<[NewLearningRow]>(
    `INSERT INTO learnings (${assigned.join(', ')}) VALUES (${assigned.map((column) => `@${column}`).join(', ')})`,
  );
  const put = db.prepare<[LearningRow]>(`
    INSERT INTO learnings (${listed}) VALUES (${learningColumns.map((column) => `@${column}`).join(', ')})
    ON CONFLICT (pk) DO UPDATE SET ${assigned.map((column) => `${column} = excluded.${column}`).join(', ')}`);
  const remove = db.prepare<[number]>('DELETE FROM learnings WHERE pk = ?');
  const setConfidence = db.prepare<[{ pk: number; confidence: number }]>(
    'UPDATE learnings SET confidence = @confidence WHERE pk = @pk',
  );
  return {
    /** Returns its pk. */
    insert: (row: NewLearningRow): number => Number(insert.run(row).lastInsertRowid),
    /** The row as it stands here, whether it is there or not. */
    put: (row: LearningRow) => void put.run(row),
    remove: (pk: number) => void remove.run(pk),
    setConfidence: (pk: number, confidence: number) => void setConfidence.run({ pk, confidence }),
  };
}
