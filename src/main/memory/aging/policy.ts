import { z } from 'zod';
import { memoryTypes } from '../../../shared/note-views.ts';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { observationTypes } from '../../../shared/views.ts';

/** Its key among the configurations. */
export const policyKey = 'aging.policy';

/**
 * What holds until a person says otherwise: everything fades, and nothing is expired, archived, merged or deleted for it. The
 * half-lives are a choice, not a measurement: what was done outlives what was looked at, rules outlive both.
 */
export const defaultPolicy: AgingPolicy = {
  half_life_days: {
    request: 120,
    discovery: 30,
    change: 120,
    command: 60,
    research: 90,
    delegation: 60,
    plan: 30,
    tool: 30,
    note: 30,
    conclusion: 240,
    summary: 365,
    learning: 365,
    working: 1,
    episodic: 90,
    semantic: 365,
    procedural: 730,
  },
  expire_proposals_after_days: null,
  archive_memories_below: null,
  delete_observations_below: null,
  merge_above: null,
};

const agingKinds: readonly string[] = [...observationTypes, 'learning', ...memoryTypes];

const unit = z.number().min(0).max(1).nullable();
const stored = z.object({
  half_life_days: z.record(z.string(), z.number().min(1).max(36_500)),
  expire_proposals_after_days: z.number().int().min(1).nullable(),
  archive_memories_below: unit,
  delete_observations_below: unit,
  merge_above: z.number().min(0.5).max(1).nullable(),
});

/** The policy of a configuration's value, with the half-lives that it does not name; the default when it cannot be read. */
export function readPolicy(value: unknown): AgingPolicy {
  const parsed = stored.safeParse(value);
  if (!parsed.success) return defaultPolicy;
  return { ...parsed.data, half_life_days: { ...defaultPolicy.half_life_days, ...parsed.data.half_life_days } };
}

/** Null when it can be kept, else a sentence that says what is wrong with it. */
export function faultInPolicy(policy: AgingPolicy): string | null {
  const unknown = Object.keys(policy.half_life_days).find((kind) => !agingKinds.includes(kind));
  if (unknown !== undefined) return `"${unknown}" is nothing that ages. Half-lives are of: ${agingKinds.join(', ')}.`;
  const parsed = stored.safeParse(policy);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'The policy cannot be read.');
}

export function halfLifeOf(policy: AgingPolicy, kind: string): number {
  return policy.half_life_days[kind] ?? defaultPolicy.half_life_days[kind] ?? 60;
}
