import { TRPCError } from '@trpc/server';
import type { JobService, UpkeepService } from '../../api/understanding-services.ts';
import { Refusal } from '../refusal.ts';
import type { UnderstandingParts } from './parts.ts';

export interface UpkeepServiceParts extends Pick<UnderstandingParts, 'intake' | 'reader' | 'writer'> {
  jobs: Pick<JobService, 'enqueue'>;
}

/** The contract's operations on how memory ages. */
export function createUpkeepService({ intake, reader, writer, jobs }: UpkeepServiceParts): UpkeepService {
  return {
    policy: () => reader.call('agingPolicy'),
    async setPolicy(policy) {
      try {
        return await writer.call('upkeepSetPolicy', { policy, at: Date.now() });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new TRPCError({ code: 'BAD_REQUEST', message: error.message, cause: error });
      }
    },
    report: () => intake.call('agingReport', Date.now()),
    // In this order: what fades away is not merged before.
    run: async () => [await jobs.enqueue({ kind: 'decay' }), await jobs.enqueue({ kind: 'consolidate' })],
  };
}
