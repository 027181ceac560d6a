import type { EntityKind, RelationType } from '../../../shared/graph-views.ts';

/** One relation in memory; ends are places of the network. */
export interface Edge {
  from: number;
  to: number;
  type: RelationType;
  /** 0 to 1. */
  weight: number;
  evidenceCount: number;
  /** Row of `relations`; 0 for what only occurs together. */
  relationPk: number;
}

/** The graph as typed arrays: neighbours of a place lie together. Nobody changes it; what was written makes a new one. */
export interface Network {
  size: number;
  /** Row of `entities` at each place. */
  pks: Int32Array;
  kinds: readonly EntityKind[];
  /** 0 for what is the same everywhere. */
  projects: Int32Array;
  /** How many sessions mention it. */
  sessions: Int32Array;
  /** How much of a thing's pull is left, 0 to 1: see `damping`. */
  damping: Float64Array;
  /** 1 where no way leads through. */
  hub: Uint8Array;
  edges: readonly Edge[];
  /** Of a place: from `starts[place]` up to `starts[place + 1]` in `neighbours` and `edgeOf`. */
  starts: Int32Array;
  neighbours: Int32Array;
  edgeOf: Int32Array;
  /** -1 for an entity that it does not know. */
  placeOf(entityPk: number): number;
}

export interface NetworkParts {
  pks: Int32Array;
  kinds: readonly EntityKind[];
  projects: Int32Array;
  sessions: Int32Array;
  damping: Float64Array;
  hub: Uint8Array;
  edges: readonly Edge[];
  placeOf(entityPk: number): number;
}

/** Puts edges into both of their ends' lists; an edge of a place to itself is left out. */
export function createNetwork(parts: NetworkParts): Network {
  const size = parts.pks.length;
  const edges = parts.edges.filter((edge) => edge.from !== edge.to && edge.weight > 0);
  const starts = new Int32Array(size + 1);
  for (const { from, to } of edges) {
    starts[from + 1] = (starts[from + 1] ?? 0) + 1;
    starts[to + 1] = (starts[to + 1] ?? 0) + 1;
  }
  for (let place = 0; place < size; place++) starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  const filled = starts.slice();
  const neighbours = new Int32Array(edges.length * 2);
  const edgeOf = new Int32Array(edges.length * 2);
  const put = (place: number, neighbour: number, edge: number) => {
    const at = filled[place] ?? 0;
    neighbours[at] = neighbour;
    edgeOf[at] = edge;
    filled[place] = at + 1;
  };
  for (const [index, { from, to }] of edges.entries()) {
    put(from, to, index);
    put(to, from, index);
  }
  return { ...parts, size, edges, starts, neighbours, edgeOf };
}

/** Calls `visit` with each neighbour of a place and the edge to it. */
export function eachNeighbour(network: Network, place: number, visit: (neighbour: number, edge: number) => void): void {
  const { starts, neighbours, edgeOf } = network;
  const end = starts[place + 1] ?? 0;
  for (let at = starts[place] ?? 0; at < end; at++) visit(neighbours[at] ?? 0, edgeOf[at] ?? 0);
}
