import type { ReadableDb, WritableDb } from '../database.ts';

export interface AgedObservation {
  pk: number;
  id: string;
  title: string;
  type: string;
  importance: number;
  occurredAt: number;
  uses: number;
  lastUsedAt: number | null;
  /** Itself or its session. */
  pinned: number;
  /** A learning that is proposed or approved rests on it. */
  isEvidence: number;
}

export interface AgedLearning {
  pk: number;
  id: string;
  statement: string;
  state: string;
  confidence: number;
  pinned: number;
  uses: number;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface AgedMemory {
  pk: number;
  id: string;
  text: string;
  type: string;
  importance: number;
  uses: number;
  lastUsedAt: number | null;
  updatedAt: number;
  expiresAt: number | null;
}

const observationColumns = `o.pk, o.id, o.title, o.type, o.importance, o.occurred_at AS occurredAt,
  coalesce(u.count, 0) AS uses, u.last_at AS lastUsedAt,
  coalesce(m.mark = 'pinned', 0) OR coalesce(s.mark = 'pinned', 0) AS pinned,
  EXISTS (SELECT 1 FROM learning_evidence v JOIN learnings l ON l.pk = v.learning_pk
          WHERE v.observation_pk = o.pk AND l.state IN ('proposed', 'approved')) AS isEvidence
  FROM observations o LEFT JOIN observation_uses u ON u.observation_pk = o.pk
    LEFT JOIN observation_marks m ON m.observation_pk = o.pk LEFT JOIN session_marks s ON s.session_pk = o.session_pk`;

/** Everything that ages, with what its strength is made of. */
export function createAgingReader(db: ReadableDb) {
  const observations = db.prepare<[], AgedObservation>(`SELECT ${observationColumns} ORDER BY o.pk`);
  const some = db.prepare<[string], AgedObservation>(
    `SELECT ${observationColumns} WHERE o.pk IN (SELECT value FROM json_each(?)) ORDER BY o.pk`,
  );
  const learnings = db.prepare<[], AgedLearning>(`
    SELECT pk, id, statement, state, confidence, pinned, use_count + confirm_count AS uses, last_used_at AS lastUsedAt,
      created_at AS createdAt, updated_at AS updatedAt
    FROM learnings WHERE state IN ('proposed', 'approved') ORDER BY pk`);
  const memories = db.prepare<[], AgedMemory>(`
    SELECT m.pk, m.id, v.text, m.type, v.importance, m.access_count + m.seen_count - 1 AS uses,
      m.last_accessed_at AS lastUsedAt, m.updated_at AS updatedAt, m.expires_at AS expiresAt
    FROM memories m JOIN memory_versions v ON v.memory_pk = m.pk AND v.version = m.version
    WHERE m.forgotten_at IS NULL AND m.archived_at IS NULL ORDER BY m.pk`);
  const policy = db.prepare<[string], string>('SELECT value FROM configurations WHERE key = ?').pluck();
  return {
    /** One at a time: there may be a million. */
    observations: (): IterableIterator<AgedObservation> => observations.iterate(),
    observationsOf: (pks: readonly number[]): AgedObservation[] => some.all(JSON.stringify(pks)),
    /** Those that are proposed or approved. */
    learnings: (): AgedLearning[] => learnings.all(),
    /** Those that are neither forgotten nor archived. */
    memories: (): AgedMemory[] => memories.all(),
    /** The configuration's value; null when it was never set. */
    configuration: (key: string): unknown => JSON.parse(policy.get(key) ?? 'null'),
  };
}

/** Archives memories, and counts how often observations were used. */
export function createAgingWriter(db: WritableDb) {
  const archive = db.prepare<[number, number, number]>(
    'UPDATE memories SET archived_at = ?, updated_at = ? WHERE pk = ? AND archived_at IS NULL AND forgotten_at IS NULL',
  );
  const use = db.prepare<[number, number, string]>(`
    INSERT INTO observation_uses (observation_pk, count, last_at) SELECT pk, ?, ? FROM observations WHERE id = ?
    ON CONFLICT (observation_pk) DO UPDATE SET count = count + excluded.count, last_at = max(last_at, excluded.last_at)`);
  const sessions = db
    .prepare<[string], [sessionPk: number, sessionId: string, projectPk: number]>(
      `SELECT DISTINCT s.pk, s.id, s.project_pk FROM observations o JOIN sessions s ON s.pk = o.session_pk
       WHERE o.pk IN (SELECT value FROM json_each(?))`,
    )
    .raw(true);
  return {
    /** False when it was archived or forgotten already. */
    archive: (pk: number, at: number): boolean => archive.run(at, at, pk).changes > 0,
    /** One that is gone counts for nothing. */
    use: (id: string, count: number, at: number) => void use.run(count, at, id),
    sessionsOf: (pks: readonly number[]) => sessions.all(JSON.stringify(pks)),
  };
}
