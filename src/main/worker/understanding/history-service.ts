import { TRPCError } from '@trpc/server';
import type { HistoryService } from '../../api/understanding-services.ts';
import type { ModelGateway } from './model-gateway.ts';
import type { SteeredQueue } from './job-queue.ts';
import type { UnderstandingParts } from './parts.ts';

/** Lets a model read what was kept before there was one; nothing is queued unless a person asks for it. */
export function createHistoryService(
  { writer }: Pick<UnderstandingParts, 'writer'>,
  gateway: Pick<ModelGateway, 'isWanted'>,
  queue: Pick<SteeredQueue, 'hurry' | 'tell'>,
): HistoryService {
  return {
    async read({ project_id: projectId, since }) {
      const uses = { sessions: gateway.isWanted('sessions'), learnings: gateway.isWanted('learnings') };
      if (!uses.sessions && !uses.learnings) {
        const message = 'No model is set for sessions or learnings; choose one, and say what it is used for.';
        throw new TRPCError({ code: 'PRECONDITION_FAILED', message });
      }
      const count = await writer.call('queueHistory', {
        projectId: projectId ?? null,
        since: since === undefined ? null : Date.parse(since),
        uses,
        at: Date.now(),
      });
      if (count > 0) queue.tell(null);
      queue.hurry();
      return count;
    },
  };
}
