import { endedJobsKept } from '../settings/setting-list.ts';
import { createOldReplyRemover } from '../../store/tables/old-replies.ts';
import { createEventLogWriter } from '../../store/tables/event-log.ts';
import { createTaskQueueWriter } from '../../store/tables/task-queue.ts';
import type { WriterOperationParts } from '../writer-operations.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Parked jobs wait for a person. */
const parkedKeptDays = 180;
/** At once: some ten milliseconds, for which hooks wait. */
const mostJobsAtOnce = 1_000;

/** What the cleanup job takes away; each step is a commit of its own, so that no hook waits for all of them. */
export function createCleanupOperations({ db }: Pick<WriterOperationParts, 'db'>) {
  const queue = createTaskQueueWriter(db);
  const eventLog = createEventLogWriter(db);
  const removeReplies = createOldReplyRemover(db);
  return {
    /** Gives how many jobs went; while some did, there may be more. */
    cleanUpJobs: ({ now, before }: { now: number; before: number }): number =>
      queue.prune({
        before,
        parkedBefore: now - parkedKeptDays * dayMs,
        kept: endedJobsKept,
        most: mostJobsAtOnce,
      }),
    cleanUpReplies: (): number => removeReplies(),
    cleanUpEventLog: (): void => eventLog.prune(),
  };
}
