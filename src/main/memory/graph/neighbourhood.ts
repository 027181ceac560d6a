import type { RelationType } from '../../../shared/graph-views.ts';
import { eachNeighbour, type Network } from './network.ts';

export interface Subgraph {
  places: number[];
  edges: number[];
  /** There was more than the limit. */
  truncated: boolean;
}

/** For each place that is shown so many relations are: more cannot be drawn. */
const edgesForPlace = 3;

export interface NeighbourhoodRequest {
  depth: number;
  limit: number;
  /** Null for all. */
  types: ReadonlySet<RelationType> | null;
}

/**
 * What lies up to `depth` relations around a place, the nearest and strongest first; the strength of a way is the product of
 * its weights, each times the damping of what it leads to. Hubs are shown and not passed, unless the place is one.
 */
export function neighbourhood(network: Network, root: number, { depth, limit, types }: NeighbourhoodRequest): Subgraph {
  const strength = new Map<number, number>([[root, 1]]);
  const isWanted = (edge: number) => types === null || types.has(network.edges[edge]?.type ?? 'related_to');
  let level = [root];
  const found: { place: number; level: number }[] = [];
  for (let far = 1; far <= depth; far++) {
    const reached = new Map<number, number>();
    for (const place of level) {
      if (place !== root && network.hub[place] === 1) continue;
      const strong = strength.get(place) ?? 0;
      eachNeighbour(network, place, (neighbour, edge) => {
        if (strength.has(neighbour) || !isWanted(edge)) return;
        const value = strong * (network.edges[edge]?.weight ?? 0) * (network.damping[neighbour] ?? 0);
        if (value > (reached.get(neighbour) ?? 0)) reached.set(neighbour, value);
      });
    }
    // What does not fit is not passed either: a step further everything would be weaker still.
    const ordered = [...reached].toSorted((one, other) => other[1] - one[1] || one[0] - other[0]);
    for (const [place, value] of reached) strength.set(place, value);
    found.push(...ordered.map(([place]) => ({ place, level: far })));
    level = ordered.slice(0, limit).map(([place]) => place);
  }
  const places = found
    .toSorted(
      (one, other) => (strength.get(other.place) ?? 0) - (strength.get(one.place) ?? 0) || one.place - other.place,
    )
    .map(({ place }) => place);
  const shown = [root, ...places.slice(0, limit - 1)];
  const edges = edgesAmong(network, shown, isWanted);
  return { places: shown, ...edges, truncated: edges.truncated || places.length > limit - 1 };
}

/** The strongest relations among these places. */
export function edgesAmong(
  network: Network,
  places: readonly number[],
  isWanted: (edge: number) => boolean = () => true,
): Pick<Subgraph, 'edges' | 'truncated'> {
  const isShown = new Set(places);
  const found = new Set<number>();
  for (const place of places) {
    eachNeighbour(network, place, (neighbour, edge) => {
      if (isShown.has(neighbour) && isWanted(edge)) found.add(edge);
    });
  }
  const value = (index: number) => {
    const edge = network.edges[index];
    if (edge === undefined) return 0;
    return edge.weight * Math.min(network.damping[edge.from] ?? 0, network.damping[edge.to] ?? 0);
  };
  const ordered = [...found].toSorted((one, other) => value(other) - value(one) || one - other);
  const most = Math.max(edgesForPlace, places.length * edgesForPlace);
  return { edges: ordered.slice(0, most), truncated: ordered.length > most };
}
