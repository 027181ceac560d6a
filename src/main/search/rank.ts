import type { ObservationTable } from './observation-table.ts';
import type { Scores, Voices } from './voices.ts';
import { voiceWeights } from './voices.ts';

export interface RankedRow extends Scores {
  pk: number;
  score: number;
}

export interface Ranking {
  rows: RankedRow[];
  /** The best raw score of each voice; what the others are divided by. */
  best: Scores;
}

/** The best `count` of the candidates: by score, then the newest, then the greatest pk. */
export function rank(candidates: readonly number[], voices: Voices, count: number, table: ObservationTable): Ranking {
  const best = { observation: 0, window: 0, session: 0 };
  for (const pk of candidates) {
    best.observation = Math.max(best.observation, voices.observationScore(pk));
    best.window = Math.max(best.window, voices.windowScore(pk));
    best.session = Math.max(best.session, voices.sessionScore(pk));
  }
  const scores = new Float64Array(candidates.length);
  for (let place = 0; place < candidates.length; place++) {
    const pk = candidates[place] ?? 0;
    scores[place] =
      (voiceWeights.observation * voices.observationScore(pk)) / best.observation +
      (voiceWeights.window * voices.windowScore(pk)) / best.window +
      (voiceWeights.session * voices.sessionScore(pk)) / best.session;
  }
  const least = leastOfBest(scores, count);
  const rows: RankedRow[] = [];
  for (let place = 0; place < candidates.length; place++) {
    const score = scores[place] ?? 0;
    const pk = candidates[place] ?? 0;
    if (score < least) continue;
    const observation = voices.observationScore(pk);
    rows.push({ pk, score, observation, window: voices.windowScore(pk), session: voices.sessionScore(pk) });
  }
  const { occurredAt } = table.rows;
  const ordered = rows.toSorted(
    (one, other) =>
      other.score - one.score || (occurredAt[other.pk] ?? 0) - (occurredAt[one.pk] ?? 0) || other.pk - one.pk,
  );
  return { rows: ordered.slice(0, count), best };
}

/** Sorting bare numbers is ten times faster than sorting rows, and says where the cut is. */
export function leastOfBest(scores: Float64Array, count: number): number {
  if (scores.length <= count) return Number.NEGATIVE_INFINITY;
  return scores.toSorted()[scores.length - count] ?? Number.NEGATIVE_INFINITY;
}
