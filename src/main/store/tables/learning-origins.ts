import type { ReadableDb, WritableDb } from '../database.ts';

export interface OriginRow {
  origin: string;
  learning_pk: number | null;
  found_at: number;
}

export function createOriginReader(db: ReadableDb) {
  const find = db.prepare<[string], OriginRow>(
    'SELECT origin, learning_pk, found_at FROM learning_origins WHERE origin = ?',
  );
  const of = db.prepare<[number], OriginRow>(
    'SELECT origin, learning_pk, found_at FROM learning_origins WHERE learning_pk = ? ORDER BY origin',
  );
  return {
    /** Null when nothing was ever made from it. */
    find: (origin: string): OriginRow | null => find.get(origin) ?? null,
    of: (learningPk: number): OriginRow[] => of.all(learningPk),
  };
}

export function createOriginWriter(db: WritableDb) {
  const put = db.prepare<[OriginRow]>(`
    INSERT INTO learning_origins (origin, learning_pk, found_at) VALUES (@origin, @learning_pk, @found_at)
    ON CONFLICT (origin) DO UPDATE SET learning_pk = excluded.learning_pk`);
  const release = db.prepare<[number]>('UPDATE learning_origins SET learning_pk = NULL WHERE learning_pk = ?');
  return {
    put: (row: OriginRow) => void put.run(row),
    /** Exactly these lead to the learning; others that did lead nowhere from now on. */
    replace(learningPk: number, rows: readonly OriginRow[]): void {
      release.run(learningPk);
      for (const row of rows) put.run({ ...row, learning_pk: learningPk });
    },
  };
}
