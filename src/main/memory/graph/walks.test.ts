import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../search/vectors/test-vectors.ts';
import { neighbourhood } from './neighbourhood.ts';
import { createNetwork, type Edge, type Network } from './network.ts';
import { pageRank, pullOf } from './page-rank.ts';
import { shortestPath } from './shortest-path.ts';
import { association, damping, isHub, weightOf } from './weights.ts';

function networkOf(
  size: number,
  pairs: readonly (readonly [number, number, number])[],
  given: Partial<Network> = {},
): Network {
  const edges = pairs.map(([from, to, weight]): Edge => ({
    from,
    to,
    type: 'related_to',
    weight,
    evidenceCount: 1,
    relationPk: 0,
  }));
  return createNetwork({
    pks: Int32Array.from({ length: size }, (_, place) => place + 1),
    kinds: Array.from({ length: size }, () => 'concept' as const),
    projects: new Int32Array(size),
    sessions: new Int32Array(size).fill(1),
    damping: given.damping ?? new Float64Array(size).fill(1),
    hub: given.hub ?? new Uint8Array(size),
    edges,
    placeOf: (pk) => pk - 1,
  });
}

function randomNetwork(seed: number): Network {
  const random = randomFrom(seed);
  const size = 5 + Math.floor(random() * 40);
  const pairs = Array.from(
    { length: size * 2 },
    () => [Math.floor(random() * size), Math.floor(random() * size), 0.05 + random() * 0.95] as const,
  );
  const damped = Float64Array.from({ length: size }, () => 0.1 + random() * 0.9);
  return networkOf(size, pairs, { damping: damped });
}

/** The same by power iteration over a dense matrix. */
function densePageRank(network: Network, seeds: readonly number[]): Float64Array {
  const { size } = network;
  const add = (row: Float64Array | undefined, place: number, value: number) => {
    if (row !== undefined) row[place] = (row[place] ?? 0) + value;
  };
  const step = Array.from({ length: size }, () => new Float64Array(size));
  for (const [index, { from, to }] of network.edges.entries()) {
    add(step[from], to, pullOf(network, to, index));
    add(step[to], from, pullOf(network, from, index));
  }
  const start = new Float64Array(size);
  for (const seed of seeds) add(start, seed, 1 / seeds.length);
  let now = start.slice();
  for (let round = 0; round < 500; round++) {
    const next = start.map((value) => value * 0.15);
    for (const [place, row] of step.entries()) {
      const total = row.reduce((sum, value) => sum + value, 0);
      const mass = 0.85 * (now[place] ?? 0);
      // Without a way out the walker stays, and comes back only by starting anew: it is there already.
      if (total === 0) add(next, place, mass);
      else for (const [other, value] of row.entries()) add(next, other, (mass * value) / total);
    }
    now = next;
  }
  return now;
}

describe('pageRank', () => {
  // Catches: mass that is lost or counted twice, edges walked one way only, an order that is not the true one.
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('agrees with power iteration on a random graph (seed %i)', (seed) => {
    const network = randomNetwork(seed);
    const seeds = [0, network.size - 1];
    const truth = densePageRank(network, seeds);
    const ranked = pageRank(network, seeds, network.size, 1e-9);
    const mine = new Float64Array(network.size);
    for (const { place, score } of ranked) mine[place] = score;
    for (let place = 0; place < network.size; place++) expect(mine[place]).toBeCloseTo(truth[place] ?? 0, 6);
    const rough = pageRank(network, seeds, network.size);
    expect(rough.every(({ place, score }) => score <= (truth[place] ?? 0) + 1e-9)).toBe(true);
    const left = 1 - rough.reduce((sum, { score }) => sum + score, 0);
    expect(left).toBeGreaterThan(-1e-9);
    expect(left).toBeLessThanOrEqual(1e-5 * (network.edges.length * 2 + network.size));
  });

  it('answers nothing for seeds that it does not know', () => {
    expect(pageRank(networkOf(2, [[0, 1, 1]]), [-1, 7], 10)).toEqual([]);
    expect(pageRank(networkOf(1, []), [0], 10)).toEqual([{ place: 0, score: 1 }]);
  });
});

/** All ways of the least length, by trying. */
function bestPath(network: Network, from: number, to: number): { hops: number; strength: number } | null {
  let best: { hops: number; strength: number } | null = null;
  const walk = (place: number, seen: readonly number[], strength: number) => {
    if (best !== null && seen.length - 1 > best.hops) return;
    if (place === to) {
      const hops = seen.length - 1;
      const isBetter = best === null || hops < best.hops || (hops === best.hops && strength > best.strength);
      if (isBetter) best = { hops, strength };
      return;
    }
    if (seen.length > 5) return;
    for (const { from: one, to: other, weight } of network.edges) {
      const next = one === place ? other : other === place ? one : -1;
      if (next >= 0 && !seen.includes(next)) walk(next, [...seen, next], strength * weight);
    }
  };
  walk(from, [from], 1);
  return best;
}

describe('shortestPath', () => {
  // Catches: a way that is short but not the strongest of the short ones, or strong but longer.
  it.each([1, 2, 3, 4, 5, 6])('agrees with trying all ways (seed %i)', (seed) => {
    const random = randomFrom(seed * 77);
    const pairs = Array.from(
      { length: 12 },
      () => [Math.floor(random() * 8), Math.floor(random() * 8), 0.1 + random() * 0.9] as const,
    );
    const network = networkOf(8, pairs);
    for (let to = 1; to < 8; to++) {
      const truth = bestPath(network, 0, to);
      const path = shortestPath(network, 0, to);
      expect(path === null).toBe(truth === null);
      if (path === null || truth === null) continue;
      const strength = path.edges.reduce((product, edge) => product * (network.edges[edge]?.weight ?? 0), 1);
      expect([path.edges.length, path.places[0], path.places.at(-1)]).toEqual([truth.hops, 0, to]);
      expect(strength).toBeCloseTo(truth.strength, 9);
    }
  });

  // Catches: everything two steps from everything, by way of the tool that all use.
  it('goes around a hub, and through it only when there is no other way', () => {
    const hub = Uint8Array.of(0, 1, 0, 0, 0, 0);
    const network = networkOf(
      6,
      [
        [0, 1, 1],
        [1, 2, 1],
        [0, 3, 0.1],
        [3, 4, 0.1],
        [4, 2, 0.1],
        [1, 5, 1],
      ],
      { hub },
    );
    expect(shortestPath(network, 0, 2)?.places).toEqual([0, 3, 4, 2]);
    expect(shortestPath(network, 0, 5)?.places).toEqual([0, 1, 5]);
    expect(shortestPath(network, 1, 2)?.places).toEqual([1, 2]);
    expect(shortestPath(network, 3, 3)).toEqual({ places: [3], edges: [] });
  });
});

describe('neighbourhood', () => {
  const chain = networkOf(6, [
    [0, 1, 0.9],
    [1, 2, 0.9],
    [2, 3, 0.9],
    [3, 4, 0.9],
    [0, 5, 0.1],
  ]);
  // Catches: a step too far, or a weak neighbour before a strong one further away.
  it('goes as far as asked, the strongest first', () => {
    expect(neighbourhood(chain, 0, { depth: 1, limit: 9, types: null }).places).toEqual([0, 1, 5]);
    expect(neighbourhood(chain, 0, { depth: 3, limit: 9, types: null }).places).toEqual([0, 1, 2, 3, 5]);
    const cut = neighbourhood(chain, 0, { depth: 3, limit: 2, types: null });
    expect([cut.places, cut.truncated]).toEqual([[0, 1], true]);
    expect(neighbourhood(chain, 0, { depth: 3, limit: 9, types: new Set(['solves']) }).places).toEqual([0]);
  });
});

// Catches: what occurs with everything counted as belonging to everything.
it('weighs what belongs together above what is everywhere', () => {
  expect(association(3, 3, 3, 100)).toBeGreaterThan(association(50, 50, 25, 100));
  expect(association(90, 90, 81, 100)).toBe(0);
  expect([association(1, 1, 1, 100), association(4, 4, 4, 4), association(2, 2, 2, 1)]).toEqual([0, 0, 0]);
  expect(damping(1, 1_000)).toBe(1);
  expect(damping(900, 1_000)).toBeLessThan(0.15);
  expect([isHub(7, 8), isHub(300, 1_000), isHub(10, 1_000)]).toEqual([false, true, false]);
  expect(weightOf('solves', 6)).toBeGreaterThan(weightOf('solves', 3));
  expect(weightOf('causes', 0)).toBe(0);
});
