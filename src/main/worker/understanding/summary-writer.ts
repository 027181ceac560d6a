import { createSummaryWriter, type NewSummary, type SummaryPlace } from '../../store/tables/summaries.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';

export interface KeepSummaries {
  summaries: NewSummary[];
  /** The last one becomes a new version although it was made from the same as one before. */
  force: boolean;
  at: number;
}

/** What the writer does about summaries. */
export function createSummaryOperations({ db, ledger }: Pick<WriterOperationParts, 'db' | 'ledger'>) {
  const summaries = createSummaryWriter(db);
  const session = db.prepare<[number], { id: string }>('SELECT id FROM sessions WHERE pk = ?');

  /** Without its title: of a week that tells of many sessions, none of them could take it along out of the log. */
  function tell(
    summary: Pick<SummaryPlace, 'scope' | 'projectPk' | 'sessionPk' | 'promptId' | 'week'>,
    id: string,
    at: number,
  ) {
    const { scope, projectPk, sessionPk, promptId, week } = summary;
    const data = { summary_id: id, scope, prompt_id: promptId, week };
    const sessionId = sessionPk === null ? undefined : session.get(sessionPk)?.id;
    ledger.log({ type: 'summary.created', at, projectPk, sessionPk, data }, sessionId);
  }

  return {
    /** Versions that are not there yet; how many were. */
    keepSummaries({ summaries: made, force, at }: KeepSummaries): number {
      const kept = made.flatMap((summary, position) => {
        const isForced = force && position === made.length - 1;
        const result = summaries.insert(summary, { at, force: isForced });
        return result === null ? [] : [{ summary, ...result }];
      });
      for (const { summary, id } of kept) tell(summary, id, at);
      return kept.length;
    },
    chooseSummary({ id, at }: { id: string; at: number }): void {
      const summary = summaries.find(id);
      if (summary === null) throw new Refusal('NOT_FOUND', 'This summary is gone.');
      summaries.choose(summary);
      tell(summary, id, at);
    },
  };
}
