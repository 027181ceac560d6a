import type { SummaryContent } from '../../../shared/summary-views.ts';
import type { Compaction, SummaryFacts } from './facts.ts';
import { summarise } from './summarise.ts';

/** What the client said of its own conversation when it compacted it, as a summary of its own. */
export function summaryOfCompaction(compaction: Compaction, facts: SummaryFacts): SummaryContent {
  const turns = facts.turns.slice(0, compaction.turns).map((turn) => ({ ...turn, said: [] }));
  return summarise({ ...facts, turns, compaction, ending: 'answered' });
}
