import type { EntityKind, RelationType } from '../../../shared/graph-views.ts';
import type { WritableDb } from '../database.ts';

export type EvidenceSource = 'rule' | 'model' | 'likeness';

export interface EntityRecord {
  id: string;
  kind: EntityKind;
  key: string;
  projectPk: number | null;
}

/** What differs between the graph that is kept and the one that is wanted; places are those in `entities`. */
export interface GraphChange {
  entities: EntityRecord[];
  mentions: [place: number, observationPk: number][];
  relations: { from: number; to: number; type: RelationType; evidence: number[] }[];
  /** By their pks. */
  withdrawn: { mentions: [entityPk: number, observationPk: number][]; evidence: [relationPk: number, row: number][] };
}

export interface LearningGraphChange {
  entities: EntityRecord[];
  mentions: [place: number, learningPk: number][];
  conflicts: { from: number; to: number; one: number; other: number }[];
  withdrawn: {
    mentions: [entityPk: number, learningPk: number][];
    conflicts: [relationPk: number, one: number, other: number][];
  };
}

/** Puts entities, mentions and evidence where they belong. Rows that are gone meanwhile are passed over. */
export function createGraphWriter(db: WritableDb) {
  const nextChange = db.prepare<[], number>('UPDATE graph_state SET change = change + 1 RETURNING change').pluck();
  const seenSession = db.prepare<[number], { change: number; revision: number; stale: number }>(
    'SELECT change, revision, stale FROM graph_sessions WHERE session_pk = ?',
  );
  const putSession = db.prepare<[number, number, number]>(`
    INSERT INTO graph_sessions (session_pk, revision, stale, change) SELECT pk, ?, 0, ? FROM sessions WHERE pk = ?
    ON CONFLICT (session_pk) DO UPDATE SET revision = excluded.revision, stale = 0, change = excluded.change`);
  const markAllStale = db.prepare('UPDATE graph_sessions SET stale = 1');
  const addEntity = db.prepare<[object]>(`
    INSERT INTO entities (id, kind, key, project_pk)
      SELECT @id, @kind, @key, @projectPk WHERE @projectPk IS NULL OR EXISTS (SELECT 1 FROM projects WHERE pk = @projectPk)
    ON CONFLICT (id) DO NOTHING`);
  const findEntity = db.prepare<[string], number>('SELECT pk FROM entities WHERE id = ?').pluck();
  const dropUnmentioned = db.prepare<[number]>('DELETE FROM entities WHERE pk = ? AND mentions = 0');
  const addMention = db.prepare<[number, number]>(`
    INSERT OR IGNORE INTO entity_mentions (entity_pk, observation_pk, session_pk)
      SELECT ?, pk, session_pk FROM observations WHERE pk = ?`);
  const addLearningMention = db.prepare<[number, number]>(
    'INSERT OR IGNORE INTO learning_mentions (entity_pk, learning_pk) SELECT ?, pk FROM learnings WHERE pk = ?',
  );
  const dropMention = db.prepare<[number, number]>(
    'DELETE FROM entity_mentions WHERE entity_pk = ? AND observation_pk = ?',
  );
  const dropLearningMention = db.prepare<[number, number]>(
    'DELETE FROM learning_mentions WHERE entity_pk = ? AND learning_pk = ?',
  );
  const addRelation = db
    .prepare<[number, number, string, number], number>(
      `INSERT INTO relations (from_pk, to_pk, type, change) VALUES (?, ?, ?, ?)
       ON CONFLICT (from_pk, to_pk, type) DO UPDATE SET change = excluded.change RETURNING pk`,
    )
    .pluck();
  const dropUnfounded = db.prepare<[number]>('DELETE FROM relations WHERE pk = ? AND evidence_count = 0');
  const addEvidence = db.prepare<[number, string, number]>(`
    INSERT INTO relation_evidence (relation_pk, observation_pk, source) SELECT ?, pk, ? FROM observations WHERE pk = ?
    ON CONFLICT (relation_pk, observation_pk) DO UPDATE SET source = 'rule' WHERE excluded.source = 'rule'`);
  const dropEvidence = db.prepare<[number, number, string]>(
    'DELETE FROM relation_evidence WHERE relation_pk = ? AND observation_pk = ? AND source = ?',
  );
  const addConflict = db.prepare<[number, number, number]>(`
    INSERT OR IGNORE INTO relation_conflicts (relation_pk, one_pk, other_pk)
      SELECT ?, one.pk, other.pk FROM learnings one, learnings other WHERE one.pk = ? AND other.pk = ?`);
  const dropConflict = db.prepare<[number, number, number]>(
    'DELETE FROM relation_conflicts WHERE relation_pk = ? AND one_pk = ? AND other_pk = ?',
  );

  /** Pks of the entities, by their place; undefined for one whose project is gone. */
  function ensure(entities: readonly EntityRecord[]): (number | undefined)[] {
    return entities.map((record) => {
      addEntity.run({ ...record });
      return findEntity.get(record.id);
    });
  }

  function put(given: GraphChange, change: number, source: EvidenceSource): void {
    const pks = ensure(given.entities);
    for (const [place, row] of given.mentions) {
      const pk = pks[place];
      if (pk !== undefined) addMention.run(pk, row);
    }
    for (const { from, to, type, evidence } of given.relations) {
      const [start, end] = [pks[from], pks[to]];
      if (start === undefined || end === undefined) continue;
      const relation = addRelation.get(start, end, type, change) ?? 0;
      for (const row of evidence) addEvidence.run(relation, source, row);
      dropUnfounded.run(relation);
    }
    for (const [entity, row] of given.withdrawn.mentions) dropMention.run(entity, row);
    for (const [relation, row] of given.withdrawn.evidence) dropEvidence.run(relation, row, source);
    for (const pk of pks) if (pk !== undefined) dropUnmentioned.run(pk);
  }

  return {
    /**
     * What the rules say of a session. False when the graph of it was written since `seen` (its `graph_sessions.change`, 0
     * for none), and the difference is against something that no longer is. Until the last piece of a difference is written,
     * the session counts as not read.
     */
    putSession(sessionPk: number, given: GraphChange & { revision: number; seen: number }, isLast = true): boolean {
      const known = seenSession.get(sessionPk);
      if ((known?.change ?? 0) !== given.seen) return false;
      if (!isLast) {
        put(given, nextChange.get() ?? 0, 'rule');
        return true;
      }
      const isSame = known !== undefined && known.revision === given.revision && known.stale === 0;
      if (isSame && !differs(given)) return true;
      const change = nextChange.get() ?? 0;
      put(given, change, 'rule');
      putSession.run(given.revision, change, sessionPk);
      return true;
    },
    /** What somebody else than the rules says. */
    put: (given: GraphChange, source: Exclude<EvidenceSource, 'rule'>): void => {
      if (differs(given)) put(given, nextChange.get() ?? 0, source);
    },
    putLearnings(given: LearningGraphChange): void {
      const { withdrawn } = given;
      const counts = [given.mentions, given.conflicts, withdrawn.mentions, withdrawn.conflicts];
      if (counts.every((list) => list.length === 0)) return;
      const change = nextChange.get() ?? 0;
      const pks = ensure(given.entities);
      for (const [place, learning] of given.mentions) {
        const pk = pks[place];
        if (pk !== undefined) addLearningMention.run(pk, learning);
      }
      for (const { from, to, one, other } of given.conflicts) {
        const [start, end] = [pks[from], pks[to]];
        if (start === undefined || end === undefined) continue;
        const relation = addRelation.get(start, end, 'contradicts', change) ?? 0;
        addConflict.run(relation, one, other);
        dropUnfounded.run(relation);
      }
      for (const [relation, one, other] of withdrawn.conflicts) dropConflict.run(relation, one, other);
      for (const [entity, learning] of withdrawn.mentions) dropLearningMention.run(entity, learning);
      for (const pk of pks) if (pk !== undefined) dropUnmentioned.run(pk);
    },
    markAllStale: () => void markAllStale.run(),
  };
}

function differs({ mentions, relations, withdrawn }: GraphChange): boolean {
  return mentions.length + relations.length + withdrawn.mentions.length + withdrawn.evidence.length > 0;
}
