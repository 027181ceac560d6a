import { agingActions, type AgingItem, type AgingPolicy, type AgingReport } from '../../../shared/upkeep-views.ts';
import type { DecayPlan, PlannedStep } from './plan-decay.ts';

/** Of each action so many are shown; all are counted. */
const mostShown = 100;

/** What a run would do, out of its plans. */
export function toReport(
  policy: AgingPolicy,
  decay: DecayPlan,
  others: readonly PlannedStep[],
  madeAt: string,
): AgingReport {
  const counts: AgingReport['counts'] = {
    expire_learning: 0,
    archive_memory: 0,
    delete_observation: 0,
    merge_learnings: 0,
    relate: 0,
  };
  const items: AgingItem[] = [];
  for (const { item } of [...decay.steps, ...others]) {
    counts[item.action]++;
    if (counts[item.action] <= mostShown) items.push(item);
  }
  const order = (item: AgingItem) => agingActions.indexOf(item.action);
  return {
    policy,
    counts,
    items: items.toSorted((one, other) => order(one) - order(other)),
    strengths: decay.strengths,
    made_at: madeAt,
  };
}
