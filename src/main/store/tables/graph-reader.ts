import { entityKinds, relationTypes, type EntityKind, type RelationType } from '../../../shared/graph-views.ts';
import type { ReadableDb } from '../database.ts';

export interface StoredRelation {
  pk: number;
  from: number;
  to: number;
  type: RelationType;
  evidenceCount: number;
}

export interface StoredEntity {
  pk: number;
  kind: EntityKind;
  projectPk: number;
  isFolder: boolean;
}

/** Numbers by which somebody who keeps the graph knows what was written since; see `graph_state`. */
export interface GraphState {
  change: number;
  removals: number;
}

/** Reads the graph as a whole, or what was added to it, for whoever keeps it in memory. */
export function createGraphReader(db: ReadableDb) {
  const state = db.prepare<[], GraphState>('SELECT change, removals FROM graph_state');
  const entities = db
    .prepare<[number], [pk: number, kind: string, projectPk: number | null, isFolder: number]>(
      "SELECT pk, kind, project_pk, kind = 'file' AND substr(key, -1) = '/' FROM entities WHERE pk > ? ORDER BY pk",
    )
    .raw(true);
  const relations = db
    .prepare<[number], [pk: number, from: number, to: number, type: string, evidence: number]>(
      'SELECT pk, from_pk, to_pk, type, evidence_count FROM relations WHERE change > ? ORDER BY pk',
    )
    .raw(true);
  const sessionColumns = 'session_pk, entity_pk, count(*)';
  const allSessions = db
    .prepare<[], [session: number, entity: number, mentions: number]>(
      `SELECT ${sessionColumns} FROM entity_mentions GROUP BY session_pk, entity_pk`,
    )
    .raw(true);
  const changedSessions = db
    .prepare<[number], [session: number, entity: number, mentions: number]>(
      `SELECT ${sessionColumns} FROM entity_mentions
       WHERE session_pk IN (SELECT session_pk FROM graph_sessions WHERE change > ?) GROUP BY session_pk, entity_pk`,
    )
    .raw(true);
  const sessionProjects = db
    .prepare<[], [session: number, project: number]>('SELECT pk, project_pk FROM sessions')
    .raw(true);
  return {
    state: (): GraphState => state.get() ?? { change: 0, removals: 0 },
    /** Those made after `pk`. */
    *entitiesAfter(pk: number): Generator<StoredEntity> {
      for (const [entity, kind, projectPk, isFolder] of entities.iterate(pk)) {
        const known = entityKinds.find((name) => name === kind);
        if (known !== undefined) yield { pk: entity, kind: known, projectPk: projectPk ?? 0, isFolder: isFolder === 1 };
      }
    },
    /** Those whose evidence grew after `change`. */
    *relationsAfter(change: number): Generator<StoredRelation> {
      for (const [pk, from, to, type, evidenceCount] of relations.iterate(change)) {
        const known = relationTypes.find((name) => name === type);
        if (known !== undefined) yield { pk, from, to, type: known, evidenceCount };
      }
    },
    /** How often each session mentions each entity, session by session; of those that were written after `change`. */
    sessionsAfter: (change: number): IterableIterator<[session: number, entity: number, mentions: number]> =>
      change === 0 ? allSessions.iterate() : changedSessions.iterate(change),
    sessionProjects: (): Map<number, number> => new Map(sessionProjects.all()),
  };
}
