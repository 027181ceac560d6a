import type { ReadableDb, WritableDb } from '../database.ts';

export interface ConflictRow {
  one_pk: number;
  other_pk: number;
  similarity: number;
  newer_pk: number | null;
  found_at: number;
  settled_at: number | null;
}

const columns = 'one_pk, other_pk, similarity, newer_pk, found_at, settled_at';
/** Only what is still believed can be in conflict. */
const bothLive = `NOT EXISTS (
  SELECT 1 FROM learnings l WHERE l.pk IN (one_pk, other_pk) AND l.state NOT IN ('proposed', 'approved'))`;

export function createConflictReader(db: ReadableDb) {
  const of = db.prepare<[{ pk: number }], ConflictRow>(`
    SELECT ${columns} FROM learning_conflicts WHERE one_pk = @pk OR other_pk = @pk ORDER BY one_pk, other_pk`);
  return { of: (learningPk: number): ConflictRow[] => of.all({ pk: learningPk }) };
}

export function createConflictWriter(db: WritableDb) {
  const put = db.prepare<[ConflictRow]>(`
    INSERT INTO learning_conflicts (${columns})
    VALUES (@one_pk, @other_pk, @similarity, @newer_pk, @found_at, @settled_at)
    ON CONFLICT (one_pk, other_pk) DO UPDATE SET similarity = excluded.similarity, newer_pk = excluded.newer_pk,
      found_at = excluded.found_at, settled_at = excluded.settled_at`);
  const add = db.prepare<[ConflictRow]>(`
    INSERT OR IGNORE INTO learning_conflicts (${columns})
    VALUES (@one_pk, @other_pk, @similarity, @newer_pk, @found_at, @settled_at)`);
  const clear = db.prepare<[{ pk: number }]>('DELETE FROM learning_conflicts WHERE one_pk = @pk OR other_pk = @pk');
  const settle = db.prepare<[{ pk: number; at: number }]>(`
    UPDATE learning_conflicts SET settled_at = CASE WHEN ${bothLive} THEN NULL ELSE coalesce(settled_at, @at) END
    WHERE one_pk = @pk OR other_pk = @pk`);
  const close = db.prepare<[{ one_pk: number; other_pk: number; at: number }]>(`
    UPDATE learning_conflicts SET settled_at = @at WHERE one_pk = @one_pk AND other_pk = @other_pk`);
  return {
    add: (row: ConflictRow): boolean => add.run(row).changes > 0,
    /** Those that are left are open when both sides are still believed, and settled otherwise. */
    settle: (learningPk: number, at: number) => void settle.run({ pk: learningPk, at }),
    /** A person said that both hold; stays until the state of one of them changes again. */
    close: (a: number, b: number, at: number) => void close.run({ ...conflictPair(a, b), at }),
    replace(learningPk: number, rows: readonly ConflictRow[]): void {
      clear.run({ pk: learningPk });
      for (const row of rows) put.run(row);
    },
  };
}

/** The pair in the order in which it is kept. */
export function conflictPair(a: number, b: number): { one_pk: number; other_pk: number } {
  return a < b ? { one_pk: a, other_pk: b } : { one_pk: b, other_pk: a };
}
