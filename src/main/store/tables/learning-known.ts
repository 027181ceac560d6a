import type { ReadableDb } from '../database.ts';
import { isGroundless } from './learning-evidence.ts';

/** What a learning is compared by. */
export interface KnownLearningRow {
  pk: number;
  statement: string;
  scope: string;
  projectPk: number | null;
  path: string | null;
  state: string;
  updatedAt: number;
}

const columns = `pk, statement, scope, project_pk AS projectPk, path, state, updated_at AS updatedAt`;
/** A merged or superseded one is spoken for by the one that took its place, but it is still recognised. */
const order = `ORDER BY CASE state WHEN 'approved' THEN 0 WHEN 'proposed' THEN 1 WHEN 'rejected' THEN 2 ELSE 3 END, pk DESC`;

/** Learnings for comparison, those that are believed first. */
export function createKnownLearnings(db: ReadableDb) {
  const inPlace = db.prepare<[{ projectPk: number | null; limit: number }], KnownLearningRow>(
    `SELECT ${columns} FROM learnings WHERE scope = 'global' OR project_pk IS @projectPk ${order} LIMIT @limit`,
  );
  const believed = db.prepare<[{ limit: number }], KnownLearningRow>(
    `SELECT ${columns} FROM learnings WHERE state IN ('proposed', 'approved') ${order} LIMIT @limit`,
  );
  const told = db
    .prepare<[{ projectPk: number; limit: number }], string>(
      `SELECT statement FROM learnings l WHERE (scope = 'global' OR project_pk = @projectPk) AND state IN ('proposed', 'approved')
         AND NOT ${isGroundless} ${order} LIMIT @limit`,
    )
    .pluck();
  return {
    /** Statements that hold or are proposed in a project, without those that rest on what a person has hidden. */
    told: (projectPk: number, limit: number): string[] => told.all({ projectPk, limit }),
    /** In a project and everywhere, whatever became of them. */
    inPlace: (projectPk: number | null, limit: number): KnownLearningRow[] => inPlace.all({ projectPk, limit }),
    /** Proposed and approved ones of all places. */
    believed: (limit: number): KnownLearningRow[] => believed.all({ limit }),
  };
}
