import type { JobHandler } from '../../jobs/job.ts';
import type { UnderstandingParts } from './parts.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** How long what was done to learnings can be undone. */
const historyKeptDays = 365;

/** Takes away what nobody asks for any more; doing it twice does no harm, so each step is its own commit. */
export function createCleanupHandler({ writer }: Pick<UnderstandingParts, 'writer'>): JobHandler<'cleanup'> {
  return async ({ progress, signal }) => {
    const now = Date.now();
    const steps: [string, () => Promise<number | void>][] = [
      ['ended jobs', () => writer.call('cleanUpJobs', now)],
      ['answers of models', () => writer.call('cleanUpReplies')],
      ['entries of the event log', () => writer.call('cleanUpEventLog')],
      ['expired and forgotten memories', () => writer.call('eraseForgottenMemories', { at: now })],
      ['changes of learnings', () => writer.call('learningPruneHistory', { before: now - historyKeptDays * dayMs })],
    ];
    const removed: string[] = [];
    for (const [index, [what, step]] of steps.entries()) {
      signal.throwIfAborted();
      const count = (await step()) ?? 0;
      if (count > 0) removed.push(`${count} ${what}`);
      progress(index + 1, steps.length);
    }
    const result = removed.length === 0 ? 'There was nothing to remove.' : `Removed: ${removed.join(', ')}.`;
    return { result, apply: null };
  };
}
