/** How memory ages, and what a person allows to be done about it. */

export const agingActions = [
  'expire_learning',
  'archive_memory',
  'delete_observation',
  'merge_learnings',
  'relate',
] as const;
export type AgingAction = (typeof agingActions)[number];

/** Nothing is deleted unless a person sets `delete_observations_below`. */
export interface AgingPolicy {
  /** Days after which the strength of each kind of thing has halved, when nobody uses it. */
  half_life_days: Record<string, number>;
  /** Unpinned proposed learnings that nobody decided on for so many days expire; null: never. */
  expire_proposals_after_days: number | null;
  /** Memories below this strength (0 to 1) are archived; null: never. */
  archive_memories_below: number | null;
  /** Unpinned observations below this strength are deleted; null: never. */
  delete_observations_below: number | null;
  /** Near-duplicate learnings merge by themselves above this similarity; null: they are proposed to a person. */
  merge_above: number | null;
}

export interface AgingItem {
  action: AgingAction;
  target_id: string;
  /** A title or statement, shortened. */
  label: string;
  /** 0 to 1; null where it is not about age. */
  strength: number | null;
  /** Why; a sentence's worth of data. */
  reason: string;
}

/** What a run would do now. */
export interface AgingReport {
  policy: AgingPolicy;
  counts: Record<AgingAction, number>;
  /** The first hundred of each action. */
  items: AgingItem[];
  /** How many things of each kind are how strong: tenths from 0 to 1. */
  strengths: Record<'observations' | 'learnings' | 'memories', number[]>;
  made_at: string;
}
