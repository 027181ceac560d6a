import type { ReadableDb } from '../../store/database.ts';
import { createGraphCurrentReader } from '../../store/tables/graph-current.ts';
import { createGraphSourceReader } from '../../store/tables/graph-source.ts';
import type { GraphChange } from '../../store/tables/graph-writer.ts';
import { createEntityList } from './entity-list.ts';
import { entityKey } from './entity.ts';
import { graphOfSession, relationKey } from './session-graph.ts';

export interface SessionChange extends GraphChange {
  revision: number;
  /** Which state of the session's graph it is a difference to. */
  seen: number;
}

/** What has to change so that the graph says what a session says: nothing when it was read already. */
export function createSessionChanges(db: ReadableDb) {
  const source = createGraphSourceReader(db);
  const current = createGraphCurrentReader(db);

  function of(sessionPk: number): SessionChange {
    const projects = source.projects();
    const { rows, revision } = source.session(sessionPk);
    const wanted = graphOfSession(rows, projects);
    const list = createEntityList((pk) => projects.get(pk)?.id ?? null);
    const idOf = new Map([...wanted.entities].map(([key, name]) => [key, list.id(name)]));

    const kept = new Map<string, Set<number>>();
    const withdrawn: GraphChange['withdrawn'] = { mentions: [], evidence: [] };
    const wantedMentions = new Map([...wanted.mentions].map(([key, pks]) => [idOf.get(key) ?? '', pks]));
    for (const { entityPk, id, row } of current.mentions(sessionPk)) {
      if (wantedMentions.get(id)?.has(row) !== true) withdrawn.mentions.push([entityPk, row]);
      else kept.set(id, (kept.get(id) ?? new Set()).add(row));
    }
    const mentions: GraphChange['mentions'] = [];
    for (const [key, name] of wanted.entities) {
      const known = kept.get(idOf.get(key) ?? '');
      for (const row of wanted.mentions.get(key) ?? []) {
        if (known?.has(row) !== true) mentions.push([list.place(name), row]);
      }
    }

    const asWanted = new Map(
      [...wanted.relations.values()].map((relation) => {
        const ends = [relation.from, relation.to].map((end) => idOf.get(entityKey(end)) ?? '');
        return [relationKey(ends[0] ?? '', ends[1] ?? '', relation.type), relation] as const;
      }),
    );
    const founded = new Map<string, Set<number>>();
    for (const { relationPk, from, to, type, row } of current.evidence(sessionPk, 'rule')) {
      const key = `${from}\n${to}\n${type}`;
      if (asWanted.get(key)?.evidence.has(row) !== true) withdrawn.evidence.push([relationPk, row]);
      else founded.set(key, (founded.get(key) ?? new Set()).add(row));
    }
    const relations: GraphChange['relations'] = [];
    for (const [key, { from, to, type, evidence }] of asWanted) {
      const missing = [...evidence].filter((row) => founded.get(key)?.has(row) !== true);
      if (missing.length > 0) relations.push({ from: list.place(from), to: list.place(to), type, evidence: missing });
    }
    return { revision, seen: current.seen(sessionPk), entities: list.records(), mentions, relations, withdrawn };
  }

  return {
    of: (sessionPk: number): SessionChange => db.snapshot(() => of(sessionPk)),
    stale: (limit: number): number[] => source.stale(limit),
  };
}
