import { TRPCError } from '@trpc/server';
import { setTimeout as delay } from 'node:timers/promises';
import { JobFailedError, type JobHandler } from '../../jobs/job.ts';
import type { UnderstandingParts } from './parts.ts';

/** The work has a loop of its own; this looks how far it is. */
const lookEveryMs = 500;

/**
 * Vectors of all rows anew. The embedding service makes them and goes on with them after a restart by itself, so an attempt
 * that finds them under way only watches.
 */
export function createEmbedHandler({
  embedding: { service },
}: Pick<UnderstandingParts, 'embedding'>): JobHandler<'embed'> {
  return async ({ job, signal, progress }) => {
    const before = await service.status();
    if (before.settings.kind === 'none') {
      return { result: 'No embedding model is chosen, so there is nothing to make.', apply: null };
    }
    const isUnderWay = job.attempt > 1 && before.progress !== null;
    if (job.payload.rebuild && !isUnderWay) await service.rebuild().catch(asFailure);
    for (;;) {
      signal.throwIfAborted();
      const { state, progress: made, problem, active } = await service.status();
      if (state === 'failing') throw new JobFailedError('transient', problem?.message ?? 'The embedding model fails.');
      if (state === 'off') return { result: 'Embedding was switched off meanwhile.', apply: null };
      if (state === 'idle') {
        return { result: `${active?.vectors ?? 0} vectors of ${active?.model_id ?? 'no model'}.`, apply: null };
      }
      if (made !== null) progress(made.done, made.total);
      await delay(lookEveryMs, undefined, { signal, ref: false });
    }
  };
}

/** What the service refuses is said in a sentence, and a person decides. */
function asFailure(error: unknown): never {
  if (error instanceof TRPCError) throw new JobFailedError('format', error.message);
  throw error;
}
