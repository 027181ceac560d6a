import type { SearchHit, VoiceScore } from '../../shared/search-views.ts';
import type { Candidates } from './candidates.ts';
import type { QueryKind } from './query-kind.ts';

export type VoiceName = keyof SearchHit['voices'];
/** The voices of words, as they weigh against each other. */
export const voiceWeights = { observation: 0.4, window: 0.4, session: 0.2 };

/** Where words and meaning came to for each candidate. */
export interface Fusion {
  scores: Float64Array;
  /** The parts of a candidate's score: it is the sum of weight times normalised score. */
  voices(place: number): Record<VoiceName, VoiceScore>;
}

/** One voice; its weight is multiplied by the part at a candidate's place, which is brought to at most 1 by the factor. */
interface Voice {
  raw: Float32Array;
  weight: number;
  parts: Float32Array;
  factor: number;
}

/**
 * What the vectors weigh against words that match the query whole; measured in bench/search by the even and odd halves of
 * both sets. What is spelled in an identifier or a path is found by its letters; a question seldom has its answer's words.
 */
const vectorWeights: Record<QueryKind, number> = { identifier: 0.25, question: 0.7, short: 0.4, long: 0.4 };
/** Of the vector voice, what the row itself says; the rest is what its session says at its best (bench/search, `commits`). */
const ownShare = 0.25;
/** Cormack, Clarke and Büttcher 2009. */
const rankConstant = 60;

/** Words alone: each voice divided by its best. */
export function fuseLexical(candidates: Candidates): Fusion {
  return combine(candidates, {
    ...lexicalVoices(candidates, maximum),
    vector: silent(candidates.cosine),
  });
}

/** Meaning alone: the cosine. */
export function fuseVector(candidates: Candidates): Fusion {
  const { observation, window, session, cosine } = candidates;
  return combine(candidates, {
    observation: silent(observation),
    window: silent(window),
    session: silent(session),
    vector: { raw: cosine, weight: 1, parts: blended(cosine, cosine, 1), factor: 1 },
  });
}

/**
 * Words divided by the most that the query could reach, so that they weigh as much as of it was matched, plus the cosine
 * (Bruch, Gai and Ingber 2023 show why sums of scores keep what ranks lose). `mass` is that most.
 */
export function fuseByMass(candidates: Candidates, mass: number, kind: QueryKind): Fusion {
  const { cosine, sessionCosine } = candidates;
  return combine(candidates, {
    ...lexicalVoices(candidates, () => mass),
    vector: { raw: cosine, weight: vectorWeights[kind], parts: blended(cosine, sessionCosine, ownShare), factor: 1 },
  });
}

/** Reciprocal ranks, scaled so that the first of a voice has 1; words and meaning weigh the same. */
export function fuseByRank(candidates: Candidates): Fusion {
  const voice = (raw: Float32Array, weight: number): Voice => ({ raw, weight, parts: reciprocalRanks(raw), factor: 1 });
  return combine(candidates, {
    observation: voice(candidates.observation, voiceWeights.observation / 2),
    window: voice(candidates.window, voiceWeights.window / 2),
    session: voice(candidates.session, voiceWeights.session / 2),
    vector: voice(candidates.cosine, 0.5),
  });
}

function combine({ pks }: Candidates, voices: Record<VoiceName, Voice>): Fusion {
  const { observation, window, session, vector } = voices;
  const scores = new Float64Array(pks.length);
  for (const { weight, parts, factor } of [observation, window, session, vector]) {
    if (weight === 0) continue;
    for (let place = 0; place < scores.length; place++) {
      scores[place] = (scores[place] ?? 0) + weight * ((parts[place] ?? 0) * factor);
    }
  }
  const scoreOf = ({ raw, weight, parts, factor }: Voice, place: number): VoiceScore => ({
    raw: raw[place] ?? 0,
    normalized: (parts[place] ?? 0) * factor,
    weight,
  });
  return {
    scores,
    voices: (place) => ({
      observation: scoreOf(observation, place),
      window: scoreOf(window, place),
      session: scoreOf(session, place),
      vector: scoreOf(vector, place),
    }),
  };
}

function lexicalVoices({ observation, window, session }: Candidates, mostOf: (raw: Float32Array) => number) {
  const voice = (raw: Float32Array, weight: number): Voice => {
    const most = mostOf(raw);
    return { raw, weight, parts: raw, factor: most <= 0 ? 0 : 1 / most };
  };
  return {
    observation: voice(observation, voiceWeights.observation),
    window: voice(window, voiceWeights.window),
    session: voice(session, voiceWeights.session),
  };
}

const none = new Float32Array(0);

function silent(raw: Float32Array): Voice {
  return { raw, weight: 0, parts: none, factor: 0 };
}

/** So much of the one and the rest of the other; never negative. */
function blended(one: Float32Array, other: Float32Array, share: number): Float32Array {
  const values = new Float32Array(one.length);
  for (let place = 0; place < one.length; place++) {
    values[place] = Math.max(0, share * (one[place] ?? 0) + (1 - share) * (other[place] ?? 0));
  }
  return values;
}

function maximum(values: Float32Array): number {
  let most = 0;
  for (let place = 0; place < values.length; place++) most = Math.max(most, values[place] ?? 0);
  return most;
}

/** Equal values share a rank; what did not match has none and gets 0. */
function reciprocalRanks(values: Float32Array): Float32Array {
  const sorted = values.toSorted();
  const parts = new Map<number, number>();
  for (let place = sorted.length - 1; place >= 0; place--) {
    const value = sorted[place] ?? 0;
    if (value <= 0) break;
    if (!parts.has(value)) parts.set(value, (rankConstant + 1) / (rankConstant + sorted.length - place));
  }
  return Float32Array.from(values, (value) => parts.get(value) ?? 0);
}
