import type { AgingItem, AgingPolicy, AgingReport } from '../../../shared/upkeep-views.ts';
import type { AgedLearning, AgedMemory, AgedObservation } from '../../store/tables/aging-rows.ts';
import { shorten } from '../excerpts.ts';
import { halfLifeOf } from './policy.ts';
import { daysBefore, strengthOf } from './strength.ts';

/** One thing that is to be done; the report shows `item`, the run needs `pk`. */
export interface PlannedStep {
  pk: number;
  item: AgingItem;
}

export interface DecayPlan {
  steps: PlannedStep[];
  strengths: AgingReport['strengths'];
}

export interface AgingRows {
  observations(): Iterable<AgedObservation>;
  learnings(): readonly AgedLearning[];
  memories(): readonly AgedMemory[];
}

const longestLabel = 120;

/**
 * What the policy allows to be done about what has faded, and how strong everything is. The same rows, policy and time give the
 * same plan; `now` is to be a day's beginning (`agingTime`).
 */
export function planDecay(rows: AgingRows, policy: AgingPolicy, now: number): DecayPlan {
  const steps: PlannedStep[] = [];
  const strengths = { observations: tenths(), learnings: tenths(), memories: tenths() };
  for (const row of rows.observations()) {
    const strength = observationStrength(row, policy, now);
    count(strengths.observations, strength);
    const step = deletion(row, policy, strength);
    if (step !== null) steps.push(step);
  }
  for (const row of rows.learnings()) {
    const strength = learningStrength(row, policy, now);
    count(strengths.learnings, strength);
    const step = expiry(row, policy, strength, now);
    if (step !== null) steps.push(step);
  }
  for (const row of rows.memories()) {
    const strength = memoryStrength(row, policy, now);
    count(strengths.memories, strength);
    const { archive_memories_below: below } = policy;
    if (below === null || strength >= below || isOver(row, now)) continue;
    const reason = `its strength is ${inWords(strength)}, below ${below}`;
    steps.push({ pk: row.pk, item: item('archive_memory', row.id, row.text, strength, reason) });
  }
  return { steps, strengths };
}

/** Null for what stays. */
export function deletion(row: AgedObservation, policy: AgingPolicy, strength: number): PlannedStep | null {
  const { delete_observations_below: below } = policy;
  if (below === null || strength >= below || row.pinned === 1 || row.isEvidence === 1) return null;
  const used = row.uses === 0 ? 'never used' : `used ${row.uses} times`;
  const reason = `its strength is ${inWords(strength)}, below ${below}; ${used}`;
  return { pk: row.pk, item: item('delete_observation', row.id, row.title, strength, reason) };
}

export function observationStrength(row: AgedObservation, policy: AgingPolicy, now: number): number {
  const { importance, uses, lastUsedAt } = row;
  const halfLifeDays = halfLifeOf(policy, row.type);
  const pinned = row.pinned === 1;
  return strengthOf({ importance, madeAt: row.occurredAt, uses, lastUsedAt, halfLifeDays, pinned }, now);
}

function learningStrength(row: AgedLearning, policy: AgingPolicy, now: number): number {
  const { confidence: importance, uses, lastUsedAt } = row;
  const halfLifeDays = halfLifeOf(policy, 'learning');
  return strengthOf(
    { importance, madeAt: row.createdAt, uses, lastUsedAt, halfLifeDays, pinned: row.pinned === 1 },
    now,
  );
}

function memoryStrength(row: AgedMemory, policy: AgingPolicy, now: number): number {
  const { importance, uses, lastUsedAt, updatedAt: madeAt } = row;
  const halfLifeDays = halfLifeOf(policy, row.type);
  return strengthOf({ importance, madeAt, uses, lastUsedAt, halfLifeDays, pinned: false }, now);
}

function expiry(row: AgedLearning, policy: AgingPolicy, strength: number, now: number): PlannedStep | null {
  const { expire_proposals_after_days: days } = policy;
  if (days === null || row.state !== 'proposed' || row.pinned === 1) return null;
  if (row.updatedAt >= daysBefore(now, days)) return null;
  const reason = `nobody decided on it for more than ${days} days`;
  return { pk: row.pk, item: item('expire_learning', row.id, row.statement, strength, reason) };
}

/** A memory that has a time to live, and it is over. */
export function isOver(row: Pick<AgedMemory, 'expiresAt'>, now: number): boolean {
  return row.expiresAt !== null && row.expiresAt <= now;
}

export function item(
  action: AgingItem['action'],
  targetId: string,
  label: string,
  strength: number | null,
  reason: string,
): AgingItem {
  return { action, target_id: targetId, label: shorten(label.trim(), longestLabel), strength, reason };
}

const tenths = () => Array.from({ length: 10 }, () => 0);

function count(histogram: number[], strength: number): void {
  const tenth = Math.min(9, Math.floor(strength * 10));
  histogram[tenth] = (histogram[tenth] ?? 0) + 1;
}

function inWords(strength: number): string {
  return strength < 0.001 ? 'below 0.001' : strength.toFixed(3);
}
