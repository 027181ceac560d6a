import { eachNeighbour, type Network } from './network.ts';

/** Places from one end to the other, and the edges between them. */
export interface Path {
  places: number[];
  edges: number[];
}

/**
 * The strongest of the shortest ways: fewest relations, and among those the greatest product of weights. Relations are gone in
 * either direction. A way through a hub is taken only when there is no other. Null when there is none at all.
 */
export function shortestPath(network: Network, from: number, to: number): Path | null {
  return search(network, from, to, false) ?? search(network, from, to, true);
}

function search(network: Network, from: number, to: number, throughHubs: boolean): Path | null {
  if (from === to) return { places: [from], edges: [] };
  const depth = new Int32Array(network.size).fill(-1);
  const strength = new Float64Array(network.size);
  const before = new Int32Array(network.size);
  const edgeTo = new Int32Array(network.size);
  depth[from] = 0;
  strength[from] = 1;
  let level = [from];
  while (level.length > 0 && depth[to] === -1) {
    const next: number[] = [];
    for (const place of level) {
      if (!throughHubs && place !== from && network.hub[place] === 1) continue;
      const [far, strong] = [(depth[place] ?? 0) + 1, strength[place] ?? 0];
      eachNeighbour(network, place, (neighbour, edge) => {
        if (depth[neighbour] === -1) {
          depth[neighbour] = far;
          next.push(neighbour);
        } else if (depth[neighbour] !== far) return;
        const reached = strong * (network.edges[edge]?.weight ?? 0);
        if (reached <= (strength[neighbour] ?? 0)) return;
        strength[neighbour] = reached;
        before[neighbour] = place;
        edgeTo[neighbour] = edge;
      });
    }
    level = next;
  }
  if (depth[to] === -1) return null;
  const path: Path = { places: [to], edges: [] };
  for (let place = to; place !== from; place = before[place] ?? from) {
    path.edges.unshift(edgeTo[place] ?? 0);
    path.places.unshift(before[place] ?? from);
  }
  return path;
}
