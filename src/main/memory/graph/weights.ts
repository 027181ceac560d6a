import type { RelationType } from '../../../shared/graph-views.ts';

/**
 * Pieces of evidence at which a relation has half its full weight: n / (n + half). A fix counts three (what failed, what was
 * changed, what passed), a use says little each time; that a file lies in a folder is so at once.
 */
const halfEvidence: Record<RelationType, number> = {
  solves: 2,
  causes: 1,
  contradicts: 1,
  uses: 4,
  part_of: 0,
  related_to: 1,
};

/** 0 to 1, of a relation that rests on observations. */
export function weightOf(type: RelationType, evidenceCount: number): number {
  return evidenceCount <= 0 ? 0 : evidenceCount / (evidenceCount + halfEvidence[type]);
}

/** What occurs together in fewer sessions may be chance. */
export const leastShared = 2;
/** Below it two things hardly know each other. */
const leastAssociation = 0.1;

/**
 * How much two things belong together that occur in `one` and `other` of `all` sessions, and together in `shared`: normalised
 * pointwise mutual information (Bouma 2009) times the discount of small counts of Pantel and Lin (2002). 0 to 1; 0 for too
 * little evidence, or for what occurs together no more than chance would have it.
 */
export function association(one: number, other: number, shared: number, all: number): number {
  if (shared < leastShared || all < leastShared) return 0;
  // What is in every session together tells nothing; its information is 0 / 0.
  if (shared >= all) return 0;
  const normalised = Math.log((shared * all) / (one * other)) / Math.log(all / shared);
  const least = Math.min(one, other);
  const value = normalised * (shared / (shared + 1)) * (least / (least + 1));
  return value < leastAssociation ? 0 : Math.min(1, value);
}

const leastDamping = 0.05;

/**
 * What is left of a thing's pull when it is met in `sessions` of `all`: 1 for what one session mentions, little for what they
 * all do. The inverse frequency of search, over its greatest value.
 */
export function damping(sessions: number, all: number): number {
  if (all <= 1 || sessions <= 1) return 1;
  return Math.max(leastDamping, Math.log(1 + all / sessions) / Math.log(1 + all));
}

const hubSessions = 8;
const hubShare = 0.2;

/** A hub ties everything to everything: it is shown, and no way leads through it. */
export function isHub(sessions: number, all: number): boolean {
  return sessions >= hubSessions && sessions > all * hubShare;
}
