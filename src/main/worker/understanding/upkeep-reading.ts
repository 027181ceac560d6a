import { agingTime } from '../../memory/aging/strength.ts';
import { isOver, item, planDecay, type DecayPlan, type PlannedStep } from '../../memory/aging/plan-decay.ts';
import { planMerges, type AlikePair, type MergePlan } from '../../memory/aging/plan-merges.ts';
import { planRelations, type RelationPlan } from '../../memory/aging/plan-relations.ts';
import { policyKey, readPolicy } from '../../memory/aging/policy.ts';
import { toReport } from '../../memory/aging/report.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createAgingReader } from '../../store/tables/aging-rows.ts';
import { createLikenessReader } from '../../store/tables/likeness-rows.ts';
import { isoTime } from '../../store/times.ts';
import type { AgingPolicy, AgingReport } from '../../../shared/upkeep-views.ts';

/** Pairs of learnings that one run looks at. */
const mostPairs = 1_000;

export interface ConsolidationPlan extends MergePlan, RelationPlan {
  /** Working memories whose time to live is over. */
  over: PlannedStep[];
}

/** What the reader threads know of aging; `pairsOf` compares learnings, most similar first. */
export function createUpkeepReading(db: ReadableDb, pairsOf: (limit: number) => AlikePair[]) {
  const rows = createAgingReader(db);
  const names = createLikenessReader(db);
  const policyNow = () => readPolicy(rows.configuration(policyKey));

  function consolidation(policy: AgingPolicy, now: number): ConsolidationPlan {
    const over = rows
      .memories()
      .filter((memory) => isOver(memory, now))
      .map(({ pk, id, text }) => ({ pk, item: item('archive_memory', id, text, null, 'its time to live is over') }));
    const merges = planMerges(pairsOf(mostPairs), rows.learnings(), policy.merge_above);
    return { over, ...merges, ...planRelations(names) };
  }

  return {
    agingPolicy: (): AgingPolicy => policyNow(),
    /** `now` in milliseconds; everything reckons with the beginning of its day. */
    decayPlan: (now: number): DecayPlan & { policy: AgingPolicy } =>
      db.snapshot(() => {
        const policy = policyNow();
        return { policy, ...planDecay(rows, policy, agingTime(now)) };
      }),
    consolidationPlan: (now: number): ConsolidationPlan =>
      db.snapshot(() => consolidation(policyNow(), agingTime(now))),
    agingReport: (now: number): AgingReport =>
      db.snapshot(() => {
        const policy = policyNow();
        const decay = planDecay(rows, policy, agingTime(now));
        const { over, merges, steps } = consolidation(policy, agingTime(now));
        return toReport(policy, decay, [...over, ...merges, ...steps], isoTime(now));
      }),
  };
}
