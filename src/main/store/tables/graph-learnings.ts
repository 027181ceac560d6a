import type { ReadableDb } from '../database.ts';

/** A learning as the graph sees it. */
export interface LearningSource {
  pk: number;
  projectPk: number | null;
  statement: string;
  detail: string | null;
}

/** Reads what is believed, or may come to be, and what of it is at odds. */
export function createGraphLearningReader(db: ReadableDb) {
  const living = "state IN ('proposed', 'approved')";
  const learnings = db.prepare<[], LearningSource>(
    `SELECT pk, project_pk AS projectPk, statement, detail FROM learnings WHERE ${living} ORDER BY pk`,
  );
  const conflicts = db
    .prepare<[], [one: number, other: number]>(
      'SELECT one_pk, other_pk FROM learning_conflicts WHERE settled_at IS NULL ORDER BY one_pk, other_pk',
    )
    .raw(true);
  return {
    learnings: (): LearningSource[] => learnings.all(),
    /** Pairs that say the opposite and that nobody has settled. */
    conflicts: (): [one: number, other: number][] => conflicts.all(),
  };
}
