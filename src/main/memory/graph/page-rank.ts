import { eachNeighbour, type Network } from './network.ts';

/** The walk goes back to its seeds with this chance at each step, as usual (Page et al. 1999). */
const teleport = 0.15;
/**
 * What may stay unpushed for each relation of a place. Forward push (Andersen, Chung and Lang 2006) then makes at most
 * 1 / (teleport × tolerance) steps along relations, however large the graph is, and what it leaves out sums to at most
 * the tolerance times the relations that it reached.
 */
const tolerance = 1e-5;

export interface Ranked {
  place: number;
  score: number;
}

/**
 * Personalised PageRank by forward push: a walker follows relations, in either direction, by their weight and by how rare the
 * thing at the other end is. Strongest first; never more than the true values.
 */
export function pageRank(network: Network, seeds: readonly number[], limit: number, most = tolerance): Ranked[] {
  const known = [...new Set(seeds)].filter((seed) => seed >= 0 && seed < network.size);
  if (known.length === 0) return [];
  const { size, starts } = network;
  const score = new Float64Array(size);
  const residual = new Float64Array(size);
  const isQueued = new Uint8Array(size);
  const reached: number[] = [];
  let queue: number[] = [];
  for (const seed of known) residual[seed] = 1 / known.length;
  const isWorthIt = (place: number) =>
    (residual[place] ?? 0) > most * Math.max(1, (starts[place + 1] ?? 0) - (starts[place] ?? 0));
  const enqueue = (place: number) => {
    if (isQueued[place] === 1 || !isWorthIt(place)) return;
    isQueued[place] = 1;
    queue.push(place);
  };

  function push(place: number): void {
    const mass = residual[place] ?? 0;
    residual[place] = 0;
    if (score[place] === 0) reached.push(place);
    let pull = 0;
    eachNeighbour(network, place, (neighbour, edge) => (pull += pullOf(network, neighbour, edge)));
    // A place without a way out keeps the walker.
    if (pull === 0) {
      score[place] = (score[place] ?? 0) + mass;
      return;
    }
    score[place] = (score[place] ?? 0) + teleport * mass;
    const passed = ((1 - teleport) * mass) / pull;
    eachNeighbour(network, place, (neighbour, edge) => {
      residual[neighbour] = (residual[neighbour] ?? 0) + passed * pullOf(network, neighbour, edge);
      enqueue(neighbour);
    });
  }

  for (const seed of known) enqueue(seed);
  while (queue.length > 0) {
    const round = queue;
    queue = [];
    for (const place of round) {
      isQueued[place] = 0;
      push(place);
    }
  }
  return reached
    .map((place) => ({ place, score: score[place] ?? 0 }))
    .toSorted((one, other) => other.score - one.score || one.place - other.place)
    .slice(0, limit);
}

/** How much a walker is drawn along an edge to that neighbour. */
export function pullOf(network: Network, neighbour: number, edge: number): number {
  return (network.edges[edge]?.weight ?? 0) * (network.damping[neighbour] ?? 0);
}
