import type { EntityKind } from '../../../shared/graph-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createGraphReader, type StoredEntity, type StoredRelation } from '../../store/tables/graph-reader.ts';
import { findTogether, listSessions, type SessionLists } from './co-occurrence.ts';
import { createNetwork, type Edge, type Network } from './network.ts';
import { createSessionMentions } from './session-mentions.ts';
import { damping, isHub, weightOf } from './weights.ts';

export interface GraphMemory {
  /** The graph as it is now; made anew when something was written since. */
  network(): Network;
  /** Whether the network that was made last is still the newest, without reading anything but a number. */
  isFresh(): boolean;
  /** The network that was made last, however old; null before the first. */
  last(): Network | null;
  /** Sessions that mention both entities, by their places in the network that was made last; newest first. */
  shared(one: number, other: number): number[];
  sessionProjects(): ReadonlyMap<number, number>;
  /** Entities that a session mentions, by their pks. */
  mentionedIn(session: number): Int32Array;
}

/** What stands for itself; a project, a folder or a tool would occur with everything. */
const countedKinds = new Set<EntityKind>(['file', 'error', 'concept', 'command']);

/**
 * Keeps the graph of one reader thread in memory. What was added is read alone; after something went all is read again.
 * At 100,000 observations the first read takes 0.7 s, a network after a session 0.3 s (bench/graph).
 */
export function createGraphMemory(db: ReadableDb): GraphMemory {
  const reader = createGraphReader(db);
  const entities = new Map<number, StoredEntity>();
  const relations = new Map<number, StoredRelation>();
  const mentions = createSessionMentions();
  let sessionProjects = new Map<number, number>();
  let lastEntity = 0;
  let change = 0;
  let removals = -1;
  let made: Network | null = null;
  let isStale = true;
  let sessionLists: SessionLists = { starts: new Int32Array(1), sessions: new Int32Array(0) };

  function readSessions(): void {
    let session = 0;
    let list: [number, number][] = [];
    for (const [of, entity, count] of reader.sessionsAfter(change)) {
      if (of !== session) {
        if (list.length > 0) mentions.put(session, list);
        session = of;
        list = [];
      }
      list.push([entity, count]);
    }
    if (list.length > 0) mentions.put(session, list);
  }

  function catchUp(): void {
    const now = reader.state();
    if (now.removals === removals && now.change === change) return;
    isStale = true;
    if (now.removals !== removals) {
      entities.clear();
      relations.clear();
      mentions.clear();
      lastEntity = change = 0;
    }
    for (const entity of reader.entitiesAfter(lastEntity)) {
      entities.set(entity.pk, entity);
      lastEntity = entity.pk;
    }
    for (const relation of reader.relationsAfter(change)) relations.set(relation.pk, relation);
    readSessions();
    sessionProjects = reader.sessionProjects();
    ({ change, removals } = now);
  }

  function sessionsOf(place: number): number[] {
    const { starts, sessions } = sessionLists;
    return [...sessions.subarray(starts[place] ?? 0, starts[place + 1] ?? 0)];
  }

  function compile(): Network {
    const list = [...entities.values()];
    const places = new Int32Array(lastEntity + 1).fill(-1);
    for (const [place, { pk }] of list.entries()) places[pk] = place;
    const placeOf = (pk: number) => places[pk] ?? -1;
    const sessions = listSessions(mentions, placeOf, list.length);
    sessionLists = sessions;
    const counts = Int32Array.from(
      list,
      (_, place) => (sessions.starts[place + 1] ?? 0) - (sessions.starts[place] ?? 0),
    );
    const isCounted = (place: number) => {
      const entity = list[place];
      return entity !== undefined && countedKinds.has(entity.kind) && !entity.isFolder;
    };
    const edges: Edge[] = [];
    for (const { pk, from, to, type, evidenceCount } of relations.values()) {
      const [start, end] = [placeOf(from), placeOf(to)];
      if (start < 0 || end < 0) continue;
      const weight = weightOf(type, evidenceCount);
      edges.push({ from: start, to: end, type, weight, evidenceCount, relationPk: pk });
    }
    for (const { one, other, shared, weight } of findTogether(mentions, sessions, placeOf, isCounted)) {
      edges.push({ from: one, to: other, type: 'related_to', weight, evidenceCount: shared, relationPk: 0 });
    }
    return createNetwork({
      pks: Int32Array.from(list, ({ pk }) => pk),
      kinds: list.map(({ kind }) => kind),
      projects: Int32Array.from(list, ({ projectPk }) => projectPk),
      sessions: counts,
      damping: Float64Array.from(counts, (count) => damping(count, mentions.size)),
      hub: Uint8Array.from(list, ({ kind }, place) =>
        Number(kind === 'project' || kind === 'tool' || isHub(counts[place] ?? 0, mentions.size)),
      ),
      edges,
      placeOf,
    });
  }

  return {
    network() {
      db.snapshot(catchUp);
      if (made === null || isStale) made = compile();
      isStale = false;
      return made;
    },
    isFresh() {
      const now = reader.state();
      return !isStale && now.removals === removals && now.change === change;
    },
    last: () => made,
    shared(one, other) {
      const mine = new Set(sessionsOf(one));
      return sessionsOf(other)
        .filter((session) => mine.has(session))
        .toSorted((a, b) => b - a);
    },
    sessionProjects: () => sessionProjects,
    mentionedIn: (session) => mentions.of(session) ?? new Int32Array(0),
  };
}
