import type { LearningSource } from '../../../shared/learning-views.ts';

export const leastConfidence = 0.02;
export const mostConfidence = 0.98;

/** How often each source is right before anybody looked; set by hand, in the order in which people trust them. */
export const priors: Readonly<Record<LearningSource, number>> = {
  person: 0.9,
  instruction: 0.75,
  agent_memory: 0.6,
  fix: 0.55,
  repetition: 0.5,
  model: 0.45,
};

/** In log-odds for each doubling of (1 + count): the first of a kind says most. */
const weights = { sessions: 0.5, against: -0.7, confirmed: 1.2, rejected: -1.6, used: 0.1 };

export interface Grounds {
  source: LearningSource;
  /** Independent sessions whose words support it. */
  supportingSessions: number;
  contradictingSessions: number;
  confirmCount: number;
  rejectCount: number;
  useCount: number;
}

/**
 * How sure it is, 0.02 to 0.98: logit(prior) + Σ weight · log2(1 + count), through the logistic function. The first supporting
 * session is what the prior stands for and counts for nothing more. Depends on counts alone, so the order in which they came is the same.
 */
export function confidenceOf(grounds: Grounds): number {
  const prior = priors[grounds.source];
  const odds =
    Math.log(prior / (1 - prior)) +
    weights.sessions * doublings(Math.max(0, grounds.supportingSessions - 1)) +
    weights.against * doublings(grounds.contradictingSessions) +
    weights.confirmed * doublings(grounds.confirmCount) +
    weights.rejected * doublings(grounds.rejectCount) +
    weights.used * doublings(grounds.useCount);
  const confidence = 1 / (1 + Math.exp(-odds));
  return Math.min(mostConfidence, Math.max(leastConfidence, confidence));
}

function doublings(count: number): number {
  return Math.log2(1 + Math.max(0, count));
}
