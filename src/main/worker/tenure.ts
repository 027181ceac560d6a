import { TRPCError } from '@trpc/server';
import type { StartedBy } from '../../shared/views.ts';

/** Why a worker goes although nobody told its process to. */
export type Leaving = 'handed over' | 'unused';

/** How long a worker runs: one that a person started until they stop it, one that an agent started while it is needed. */
export interface Tenure {
  startedBy(): StartedBy;
  /** From now on it is a person's, who sees its window. */
  adopt(): void;
  /** Throws CONFLICT when a person started it. */
  handOver(): void;
  /** Resolves when it has to go. */
  readonly left: Promise<Leaving>;
  /** Looks from now on whether anybody is there; `quietSince` is null while somebody is. Returns its stop. */
  watch(quietSince: () => number | null): () => void;
}

const usualUnusedMs = 30 * 60 * 1000;
/** Looks so many times within the time that an unused worker has. */
const looks = 30;

export function createTenure(startedBy: StartedBy, onAdopted: () => void, unusedMs: number = usualUnusedMs): Tenure {
  const { promise: left, resolve: leave } = Promise.withResolvers<Leaving>();
  let owner = startedBy;

  return {
    startedBy: () => owner,
    adopt() {
      if (owner === 'person') return;
      owner = 'person';
      onAdopted();
    },
    handOver() {
      if (owner === 'agent') return leave('handed over');
      const message = `A person started this worker (process ${process.pid}): stop it where it was started.`;
      throw new TRPCError({ code: 'CONFLICT', message });
    },
    left,
    watch(quietSince) {
      const timer = setInterval(() => {
        const since = quietSince();
        if (owner === 'agent' && since !== null && Date.now() - since >= unusedMs) leave('unused');
      }, unusedMs / looks);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}
