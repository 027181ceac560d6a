import { TRPCError } from '@trpc/server';
import type { SummaryService } from '../../api/understanding-services.ts';
import { weekRange } from '../../../shared/weeks.ts';
import { Refusal } from '../refusal.ts';
import { withPage } from '../with-page.ts';
import type { JobQueue } from './job-queue.ts';
import type { UnderstandingParts } from './parts.ts';
import { regenerateJob } from './summary-jobs.ts';

/** The contract's operations on summaries. */
export function createSummaryService(
  { reader, writer }: Pick<UnderstandingParts, 'reader' | 'writer'>,
  queue: Pick<JobQueue, 'enqueue'>,
): SummaryService {
  return {
    list: (request) => withPage(reader.call('listSummaries', request)),
    get: (id) => reader.call('getSummary', id),
    async versions(id) {
      const versions = await reader.call('summaryVersions', id);
      return versions.length === 0 ? null : versions;
    },
    async regenerate(request) {
      const { scope, prompt_id: promptId = null, week = null, with_model: withModel } = request;
      if (scope === 'week' && (week === null || weekRange(week) === null)) {
        throw new TRPCError({ code: 'BAD_REQUEST', message: 'A week is named by its Monday, such as 2026-11-16.' });
      }
      const target = await reader.call('summaryTarget', request);
      if (target === null) return null;
      return queue.enqueue(regenerateJob({ scope, ...target, promptId, week, withModel, now: Date.now() }));
    },
    async choose(id) {
      try {
        await writer.call('chooseSummary', { id, at: Date.now() });
      } catch (error) {
        if (error instanceof Refusal && error.code === 'NOT_FOUND') return null;
        throw error;
      }
      return reader.call('getSummary', id);
    },
  };
}
