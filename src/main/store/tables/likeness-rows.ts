import type { ReadableDb } from '../database.ts';

export interface NamedEntity {
  pk: number;
  id: string;
  kind: 'error' | 'concept' | 'file';
  key: string;
  projectPk: number | null;
  /** The newest observation that mentions it. */
  newest: number;
}

/** Entities whose names may be alike, and those of them that are tied already. */
export function createLikenessReader(db: ReadableDb) {
  const entities = db.prepare<[], NamedEntity>(`
    SELECT e.pk, e.id, e.kind, e.key, e.project_pk AS projectPk,
      (SELECT max(m.observation_pk) FROM entity_mentions m WHERE m.entity_pk = e.pk) AS newest
    FROM entities e
    WHERE e.kind IN ('error', 'concept') OR (e.kind = 'file' AND e.project_pk IS NOT NULL AND substr(e.key, -1) <> '/')
    ORDER BY e.pk`);
  const tied = db
    .prepare<[], [from: number, to: number]>(
      `SELECT DISTINCT r.from_pk, r.to_pk FROM relations r JOIN relation_evidence v ON v.relation_pk = r.pk
       WHERE r.type = 'related_to' AND v.source = 'likeness'`,
    )
    .raw(true);
  return {
    entities: (): NamedEntity[] => entities.all().filter((row) => row.newest !== null),
    tied: (): [from: number, to: number][] => tied.all(),
  };
}
