import type { ReadableDb } from '../database.ts';

export interface NearEntity {
  pk: number;
  key: string;
}

export interface MendRow {
  observationPk: number;
  evidenceCount: number;
}

/** What more rows mention is no error in particular. */
const mostMentions = 100;
const mostErrors = 10;
const mostRows = 40;

/** Looks up, by index alone, how errors were mended. */
export function createNearRowReader(db: ReadableDb) {
  const errorsOf = db.prepare<[string, number, number], NearEntity>(`
    SELECT DISTINCT e.pk, e.key FROM entity_mentions m JOIN entities e ON e.pk = m.entity_pk
    WHERE m.observation_pk IN (SELECT value FROM json_each(?)) AND e.kind = 'error' AND e.mentions <= ? LIMIT ?`);
  const errorsNaming = db.prepare<[string, number, number], NearEntity>(`
    SELECT DISTINCT e.pk, e.key FROM entities c JOIN relations r ON r.to_pk = c.pk JOIN entities e ON e.pk = r.from_pk
    WHERE c.id IN (SELECT value FROM json_each(?)) AND r.type = 'related_to' AND e.kind = 'error' AND e.mentions <= ? LIMIT ?`);
  const mends = db
    .prepare<[number, number], [observationPk: number, evidenceCount: number]>(
      `SELECT v.observation_pk, r.evidence_count FROM relations r JOIN relation_evidence v ON v.relation_pk = r.pk
       WHERE r.to_pk = ? AND r.type = 'solves' ORDER BY v.observation_pk DESC LIMIT ?`,
    )
    .raw(true);
  return {
    /** Errors that these observations mention. */
    errorsOf: (pks: readonly number[]): NearEntity[] => errorsOf.all(JSON.stringify(pks), mostMentions, mostErrors),
    /** Errors whose text has one of these concepts, by the concepts' ids. */
    errorsNaming: (ids: readonly string[]): NearEntity[] =>
      ids.length === 0 ? [] : errorsNaming.all(JSON.stringify(ids), mostMentions, mostErrors),
    /** Rows that tell how an error was mended, newest first. */
    mends: (errorPk: number): MendRow[] =>
      mends.all(errorPk, mostRows).map(([observationPk, evidenceCount]) => ({ observationPk, evidenceCount })),
  };
}
