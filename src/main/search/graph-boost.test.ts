import { describe, expect, it } from 'vitest';
import { createNearRows } from '../memory/graph/near-rows.ts';
import { createTestGraph } from '../memory/graph/test-graph.ts';
import { createGraphBoost, mostGraph, type NearRow } from './graph-boost.ts';
import { createSearcher } from './searcher.ts';

const near = (...rows: [number, number][]): Map<number, NearRow> =>
  new Map(rows.map(([pk, strength]) => [pk, { strength, entity: 'e' }]));

describe('createGraphBoost', () => {
  // Catches: a boost for rows that are no candidates, for a wrong place, or one that stays from the search before.
  it('lifts near candidates alone, each time anew', () => {
    const asked: number[][] = [];
    let found = near([7, 1], [9, 0.5], [1_000, 1]);
    const boost = createGraphBoost((_text, best) => {
      asked.push([...best]);
      return found;
    });
    const scores = Float64Array.of(0.1, 0.3, 0.2);
    boost.apply('x', Int32Array.of(7, 8, 9), scores);
    expect(asked).toEqual([[8, 9, 7]]);
    expect([...scores]).toEqual([0.1 + mostGraph, 0.3, 0.2 + mostGraph / 2]);
    found = near();
    const again = Float64Array.of(0.1, 0.3, 0.2);
    boost.apply('x', Int32Array.of(7, 8, 9), again);
    expect([...again]).toEqual([0.1, 0.3, 0.2]);
    expect(boost.apply('x', new Int32Array(0), new Float64Array(0)).size).toBe(0);
  });

  // Catches: a graph that makes every search slow.
  it('is left out for a while when it costs too much', () => {
    let clock = 0;
    let calls = 0;
    const boost = createGraphBoost(
      () => {
        calls++;
        clock += 40;
        return near([1, 1]);
      },
      () => clock,
    );
    for (let search = 0; search < 150; search++) boost.apply('x', Int32Array.of(1), new Float64Array(1));
    expect(calls).toBe(10);
    for (let search = 0; search < 100; search++) boost.apply('x', Int32Array.of(1), new Float64Array(1));
    expect(calls).toBe(20);
  });
});

// Catches: a hit that the graph lifted and that does not say so, or scores that no longer add up.
it('lifts the mend of the error that is asked for, and says by what', () => {
  const graph = createTestGraph();
  try {
    graph.replayRecorded();
    graph.readStale();
    const ask = (findNear?: ReturnType<typeof createNearRows>) =>
      createSearcher(graph.readable, () => new Float32Array(0), findNear).search({
        text: 'SQLITE_BUSY',
        filters: {},
        mode: 'lexical',
        fusion: 'mass',
        limit: 10,
        vector: 'off',
      }).hits;
    const plain = ask();
    const lifted = ask(createNearRows(graph.readable));
    expect(lifted.map((hit) => hit.observation.id).toSorted()).toEqual(
      plain.map((hit) => hit.observation.id).toSorted(),
    );
    const mend = lifted.find((hit) => hit.observation.type === 'change');
    expect(mend?.graph_entity).toBe('SQLITE_BUSY: database is locked');
    expect(mend?.boosts.graph).toBeGreaterThan(0);
    for (const hit of lifted) {
      const { voices, boosts, score } = hit;
      const parts = [
        ...Object.values(voices).map((voice) => voice.weight * voice.normalized),
        ...Object.values<number>({ ...boosts }),
      ];
      expect(parts.reduce((sum, value) => sum + value, 0)).toBeCloseTo(score, 9);
      expect(hit.graph_entity === null).toBe(boosts.graph === 0);
    }
    const request = lifted.find((hit) => hit.observation.type === 'request');
    expect(request?.boosts.graph).toBe(0);
  } finally {
    graph.close();
  }
});
