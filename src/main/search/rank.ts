import type { ObservationTable } from './observation-table.ts';
import type { Scores } from './voices.ts';
import { voiceWeights } from './voices.ts';

export interface RankedRow extends Scores {
  score: number;
}

export interface Ranking {
  rows: RankedRow[];
  /** The best raw score of each voice; what the others are divided by. */
  best: { observation: number; window: number; session: number };
}

/** The best `count` rows: by score, then the newest, then the greatest pk. */
export function rank(candidates: readonly Scores[], count: number, table: ObservationTable): Ranking {
  const best = { observation: 0, window: 0, session: 0 };
  for (const { observation, window, session } of candidates) {
    if (observation > best.observation) best.observation = observation;
    if (window > best.window) best.window = window;
    if (session > best.session) best.session = session;
  }
  const scores = Float64Array.from(candidates, (candidate) => mix(candidate, best));
  const least = leastOfBest(scores, count);
  const rows: RankedRow[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const score = scores[index] ?? 0;
    if (score >= least) rows.push({ ...candidate, score });
  }
  const { occurredAt } = table.rows;
  rows.sort(
    (one, other) =>
      other.score - one.score || (occurredAt[other.pk] ?? 0) - (occurredAt[one.pk] ?? 0) || other.pk - one.pk,
  );
  return { rows: rows.slice(0, count), best };
}

function mix(scores: Scores, best: Ranking['best']): number {
  return (
    (voiceWeights.observation * scores.observation) / best.observation +
    (voiceWeights.window * scores.window) / best.window +
    (voiceWeights.session * scores.session) / best.session
  );
}

/** Sorting bare numbers is ten times faster than sorting rows, and says where the cut is. */
function leastOfBest(scores: Float64Array, count: number): number {
  if (scores.length <= count) return Number.NEGATIVE_INFINITY;
  return scores.toSorted()[scores.length - count] ?? Number.NEGATIVE_INFINITY;
}
