import { seededRandom } from '../lib/seeded-random.ts';

const resamples = 2_000;

export interface Difference {
  mean: number;
  /** 95 % interval. */
  low: number;
  high: number;
}

/** The mean of paired differences with its percentile bootstrap interval (Efron 1979; Sakai 2006 for retrieval); the same for a seed. */
export function pairedDifference(ours: readonly number[], theirs: readonly number[], seed: number): Difference {
  const random = seededRandom(seed);
  const differences = ours.map((value, index) => value - (theirs[index] ?? 0));
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < differences.length; draw++) {
      sum += differences[Math.floor(random() * differences.length)] ?? 0;
    }
    return sum / differences.length;
  }).toSorted();
  const at = (share: number) => round(means[Math.floor(share * (resamples - 1))] ?? 0);
  const sum = differences.reduce((total, value) => total + value, 0);
  return { mean: round(sum / differences.length), low: at(0.025), high: at(0.975) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
