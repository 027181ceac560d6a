import type { ReadableDb, WritableDb } from '../database.ts';

export interface EvidenceRow {
  pk: number;
  learning_pk: number;
  role: string;
  quote: string;
  observation_pk: number | null;
  session_pk: number | null;
  occurred_at: number;
}

const columns = 'pk, learning_pk, role, quote, observation_pk, session_pk, occurred_at';
/** Of evidence `e`: neither its observation nor its session was hidden or marked wrong. */
const wanted = `NOT EXISTS (SELECT 1 FROM observation_marks m WHERE m.observation_pk = e.observation_pk AND m.mark <> 'pinned')
  AND NOT EXISTS (SELECT 1 FROM session_marks m WHERE m.session_pk = e.session_pk AND m.mark <> 'pinned')`;

/** SQL that is true of a learning `l` that nobody decided on and of which all that speaks for it was hidden or marked wrong. */
export const isGroundless = `(l.state = 'proposed' AND l.source <> 'person' AND l.pinned = 0
  AND (EXISTS (SELECT 1 FROM observation_marks) OR EXISTS (SELECT 1 FROM session_marks))
  AND EXISTS (SELECT 1 FROM learning_evidence e WHERE e.learning_pk = l.pk)
  AND NOT EXISTS (SELECT 1 FROM learning_evidence e WHERE e.learning_pk = l.pk AND e.role = 'supports' AND ${wanted}))`;

export function createEvidenceReader(db: ReadableDb) {
  const of = db.prepare<[number], EvidenceRow>(`
    SELECT ${columns} FROM learning_evidence WHERE learning_pk = ? ORDER BY pk`);
  const told = db.prepare<
    [number],
    EvidenceRow & { observation_id: string | null; session_id: string | null; title: string | null }
  >(`
    SELECT e.*, o.id AS observation_id, s.id AS session_id, s.title FROM learning_evidence e
    LEFT JOIN observations o ON o.pk = e.observation_pk LEFT JOIN sessions s ON s.pk = e.session_pk
    WHERE e.learning_pk = ? AND ${wanted} ORDER BY e.occurred_at, e.pk`);
  const sessions = db.prepare<[number], { role: string; count: number }>(`
    SELECT role, COUNT(DISTINCT coalesce(session_pk, -pk)) AS count FROM learning_evidence
    WHERE learning_pk = ? GROUP BY role`);
  return {
    of: (learningPk: number): EvidenceRow[] => of.all(learningPk),
    /** With the ids of where it was said, oldest first; without what a person has hidden or marked wrong. */
    told: (learningPk: number) => told.all(learningPk),
    /** From how many sessions each side comes; what has no session counts by itself. */
    sessions(learningPk: number): { supports: number; contradicts: number } {
      const counts = { supports: 0, contradicts: 0 };
      for (const { role, count } of sessions.all(learningPk)) {
        counts[role === 'supports' ? 'supports' : 'contradicts'] = count;
      }
      return counts;
    },
  };
}

export function createEvidenceWriter(db: WritableDb) {
  // NULLs are never equal in a UNIQUE constraint, so what has no observation is looked for.
  const add = db.prepare<[Omit<EvidenceRow, 'pk'>]>(`
    INSERT OR IGNORE INTO learning_evidence (learning_pk, role, quote, observation_pk, session_pk, occurred_at)
    SELECT @learning_pk, @role, @quote, @observation_pk, @session_pk, @occurred_at WHERE NOT EXISTS (
      SELECT 1 FROM learning_evidence WHERE learning_pk = @learning_pk AND role = @role AND quote = @quote
        AND observation_pk IS @observation_pk)`);
  const put = db.prepare<[EvidenceRow]>(`
    INSERT INTO learning_evidence (${columns})
    VALUES (@pk, @learning_pk, @role, @quote, @observation_pk, @session_pk, @occurred_at)`);
  const clear = db.prepare<[number]>('DELETE FROM learning_evidence WHERE learning_pk = ?');
  return {
    /** Whether it was new. */
    add: (row: Omit<EvidenceRow, 'pk'>): boolean => add.run(row).changes > 0,
    /** Puts exactly these in place of what is there. Throws `SqliteError` when what they rest on is gone. */
    replace(learningPk: number, rows: readonly EvidenceRow[]): void {
      clear.run(learningPk);
      for (const row of rows) put.run(row);
    },
  };
}
