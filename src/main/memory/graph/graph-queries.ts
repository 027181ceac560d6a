import type { GraphView, RankedEntity, RelationType, RelationView } from '../../../shared/graph-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createEntityReader } from '../../store/tables/entities.ts';
import type { GraphMemory } from './graph-memory.ts';
import type { Network } from './network.ts';
import { neighbourhood, type Subgraph } from './neighbourhood.ts';
import { overview } from './overview.ts';
import { pageRank } from './page-rank.ts';
import { shortestPath } from './shortest-path.ts';

/** Sessions that are looked at for what is told of together. */
const mostSessions = 10;

/** Answers questions about the graph, as the wire has them; for one reader thread. */
export function createGraphQueries(db: ReadableDb, memory: GraphMemory) {
  const entities = createEntityReader(db);

  function toView(network: Network, { places, edges, truncated }: Subgraph): GraphView {
    const known = entities.byPks(places.map((place) => network.pks[place] ?? 0));
    const viewOf = (place: number) => known.get(network.pks[place] ?? 0);
    return {
      entities: places.flatMap((place) => viewOf(place) ?? []),
      relations: edges.flatMap((index): RelationView[] => {
        const edge = network.edges[index];
        if (edge === undefined) return [];
        const [from, to] = [viewOf(edge.from), viewOf(edge.to)];
        if (from === undefined || to === undefined) return [];
        return [
          {
            from: from.id,
            to: to.id,
            type: edge.type,
            weight: edge.weight,
            evidence_count: edge.evidenceCount,
            evidence: evidenceOf(network, index),
          },
        ];
      }),
      truncated,
    };
  }

  function evidenceOf(network: Network, index: number): string[] {
    const edge = network.edges[index];
    if (edge === undefined) return [];
    if (edge.relationPk !== 0) return entities.evidence(edge.relationPk);
    const [one, other] = [network.pks[edge.from] ?? 0, network.pks[edge.to] ?? 0];
    return entities.togetherIn(memory.shared(edge.from, edge.to).slice(0, mostSessions), one, other);
  }

  function placeOf(network: Network, id: string): number {
    const pk = entities.pkOf(id);
    return pk === null ? -1 : network.placeOf(pk);
  }

  /** All of an answer sees the same state of the file. */
  function ask<T>(answer: (network: Network) => T): T {
    return db.snapshot(() => answer(memory.network()));
  }

  return {
    list: entities.list,
    neighbours: (request: {
      id: string;
      depth: number;
      types?: RelationType[] | undefined;
      limit: number;
    }): GraphView | null =>
      ask((network) => {
        const root = placeOf(network, request.id);
        if (root < 0) return null;
        const types = request.types === undefined ? null : new Set(request.types);
        return toView(network, neighbourhood(network, root, { ...request, types }));
      }),
    path: (request: { from: string; to: string }): GraphView | null =>
      ask((network) => {
        const [from, to] = [placeOf(network, request.from), placeOf(network, request.to)];
        if (from < 0 || to < 0) return null;
        const path = shortestPath(network, from, to);
        return toView(network, { places: path?.places ?? [from, to], edges: path?.edges ?? [], truncated: false });
      }),
    overview: (request: { project_id?: string | undefined; limit: number }): GraphView =>
      ask((network) => {
        const projectPk = request.project_id === undefined ? null : (entities.projectPk(request.project_id) ?? -1);
        return toView(network, overview(memory, network, projectPk, request.limit));
      }),
    rank: (request: { seeds: string[]; limit: number }): RankedEntity[] =>
      ask((network) => {
        const seeds = request.seeds.map((id) => placeOf(network, id));
        const ranked = pageRank(network, seeds, request.limit);
        const known = entities.byPks(ranked.map(({ place }) => network.pks[place] ?? 0));
        return ranked.flatMap(({ place, score }) => {
          const entity = known.get(network.pks[place] ?? 0);
          return entity === undefined ? [] : [{ entity, score }];
        });
      }),
  };
}
