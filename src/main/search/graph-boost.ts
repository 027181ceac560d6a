import { fewBest } from './best-of.ts';

/** A row that the graph ties to what is asked for. */
export interface NearRow {
  /** 0 to 1: how strong the relation is. */
  strength: number;
  /** The entity of the query, or of its best hits, that it is tied to. */
  entity: string;
}

/** Rows near the entities that the text names, or that these rows (the best hits) mention; by pk. */
export type FindNearRows = (text: string, best: readonly number[]) => ReadonlyMap<number, NearRow>;

/**
 * Small against a match: it lifts the mend of an error above rows that match about as well, and nothing that does not match at
 * all. Twice as much finds mends a little more often still (node bench/graph/main.ts --mends), and would outweigh words.
 */
export const mostGraph = 0.06;
/** The hits whose entities count as the query's. */
const bestHits = 10;
/** When even the cheapest of so many searches pays more for it, it is left out for a while; the others may have had to wait. */
const mostMs = 1.5;
const searchesJudged = 10;
const searchesLeftOut = 200;

const none: ReadonlyMap<number, NearRow> = new Map();

export interface GraphBoost {
  /** Lifts the candidates that lie near, in place; answers which. */
  apply(text: string, pks: Int32Array, scores: Float64Array): ReadonlyMap<number, NearRow>;
}

/** `now` gives milliseconds, for the cost. */
export function createGraphBoost(find: FindNearRows, now: () => number = () => performance.now()): GraphBoost {
  let cheapest = Number.POSITIVE_INFINITY;
  let judged = 0;
  let leftOut = 0;
  let marks = new Uint8Array(0);

  function lift(text: string, pks: Int32Array, scores: Float64Array): ReadonlyMap<number, NearRow> {
    const places = fewBest(
      scores,
      Math.min(bestHits, scores.length),
      (one, other) => (pks[other] ?? 0) - (pks[one] ?? 0),
    );
    const near = find(
      text,
      places.map((place) => pks[place] ?? 0),
    );
    if (near.size === 0) return none;
    const greatest = Math.max(...near.keys());
    if (marks.length <= greatest) marks = new Uint8Array(Math.ceil((greatest + 1) * 1.25));
    for (const pk of near.keys()) marks[pk] = 1;
    for (let place = 0; place < pks.length; place++) {
      const pk = pks[place] ?? 0;
      if (marks[pk] === 1) scores[place] = (scores[place] ?? 0) + graphBoostOf(near.get(pk));
    }
    for (const pk of near.keys()) marks[pk] = 0;
    return near;
  }

  return {
    apply(text, pks, scores) {
      if (leftOut > 0) {
        leftOut--;
        return none;
      }
      const startedAt = now();
      const near = lift(text, pks, scores);
      cheapest = Math.min(cheapest, now() - startedAt);
      judged++;
      if (judged === searchesJudged) {
        if (cheapest > mostMs) leftOut = searchesLeftOut;
        cheapest = Number.POSITIVE_INFINITY;
        judged = 0;
      }
      return near;
    },
  };
}

/** What a near row's score gains. */
export function graphBoostOf(near: NearRow | undefined): number {
  return near === undefined ? 0 : mostGraph * near.strength;
}
