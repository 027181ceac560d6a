import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { boundedNumber, boundedWhole, type Bounds } from '../../lib/bounded-number.ts';

export const thresholds = [
  {
    name: 'expire_proposals_after_days',
    label: 'upkeep.expire',
    hint: 'upkeep.expire.hint',
    sentence: 'field.whole',
    from: 1,
    to: 3_650,
  },
  {
    name: 'archive_memories_below',
    label: 'upkeep.archive',
    hint: 'upkeep.strength.hint',
    sentence: 'field.number',
    from: 0,
    to: 1,
  },
  {
    name: 'merge_above',
    label: 'upkeep.merge',
    hint: 'upkeep.merge.hint',
    sentence: 'field.number',
    from: 0.5,
    to: 1,
  },
  {
    name: 'delete_observations_below',
    label: 'upkeep.delete',
    hint: 'upkeep.strength.hint',
    sentence: 'field.number',
    from: 0,
    to: 1,
  },
] as const;
export type Threshold = (typeof thresholds)[number]['name'];

/** The policy as somebody types it; an empty threshold means never. */
export interface PolicyForm {
  halfLives: Record<string, string>;
  thresholds: Record<Threshold, string>;
}

/** In days. */
export const halfLifeBounds: Bounds = { from: 1, to: 36_500 };
const textOf = (value: number | null): string => (value === null ? '' : String(value));

export function policyFormOf(policy: AgingPolicy): PolicyForm {
  return {
    halfLives: Object.fromEntries(Object.entries(policy.half_life_days).map(([name, days]) => [name, String(days)])),
    thresholds: {
      expire_proposals_after_days: textOf(policy.expire_proposals_after_days),
      archive_memories_below: textOf(policy.archive_memories_below),
      merge_above: textOf(policy.merge_above),
      delete_observations_below: textOf(policy.delete_observations_below),
    },
  };
}

/** A half-life in days; NaN where it is empty or wrong. */
export function halfLife(text: string): number {
  return boundedNumber(text, halfLifeBounds) ?? Number.NaN;
}

/** A threshold of the form; NaN where it is wrong. */
export function thresholdOf(form: PolicyForm, name: Threshold): number | null {
  const bounds = thresholds.find((each) => each.name === name) ?? thresholds[0];
  const read = bounds.sentence === 'field.whole' ? boundedWhole : boundedNumber;
  return read(form.thresholds[name], bounds);
}

/** The policy to keep; null while something in it is wrong. */
export function policyOf(form: PolicyForm): AgingPolicy | null {
  const policy: AgingPolicy = {
    half_life_days: Object.fromEntries(Object.entries(form.halfLives).map(([name, text]) => [name, halfLife(text)])),
    expire_proposals_after_days: thresholdOf(form, 'expire_proposals_after_days'),
    archive_memories_below: thresholdOf(form, 'archive_memories_below'),
    merge_above: thresholdOf(form, 'merge_above'),
    delete_observations_below: thresholdOf(form, 'delete_observations_below'),
  };
  const numbers = [...Object.values(policy.half_life_days), ...thresholds.map(({ name }) => policy[name])];
  return numbers.some((value) => Number.isNaN(value)) ? null : policy;
}
