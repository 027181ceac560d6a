import type { JobHandler } from '../../jobs/job.ts';
import { eraseExpired } from '../records/erase-expired.ts';
import { localZone } from '../stats/stats-service.ts';
import type { WriterClient } from '../writer-client.ts';
import type { UnderstandingParts } from './parts.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Takes away what nobody asks for any more; doing it twice does no harm, so each step is its own commit. */
export function createCleanupHandler({
  settings,
  writer,
}: Pick<UnderstandingParts, 'settings'> & { writer: Pick<WriterClient, 'call'> }): JobHandler<'cleanup'> {
  return async ({ progress, signal }) => {
    const now = Date.now();
    const before = (days: number) => now - days * dayMs;
    /** Each call is a commit of its own; gives how many went in all. */
    async function untilNone(remove: () => Promise<number>): Promise<number> {
      let removed = 0;
      for (let count = -1; count !== 0; removed += count) {
        signal.throwIfAborted();
        count = await remove();
      }
      return removed;
    }
    const endedBefore = before(settings.value('jobs.ended_kept_days'));
    const steps: [string, () => Promise<number | void>][] = [
      ['ended jobs', () => untilNone(() => writer.call('cleanUpJobs', { now, before: endedBefore }))],
      ['answers of models', () => writer.call('cleanUpReplies')],
      ['entries of the event log', () => writer.call('cleanUpEventLog')],
      ['expired and forgotten memories', () => writer.call('eraseForgottenMemories', { at: now })],
      [
        'deletions of sessions and observations',
        () => eraseExpired(writer, before(settings.value('records.deleted_kept_days')), signal),
      ],
      [
        'entries of the audit',
        () => writer.call('accessPruneAudit', { before: before(settings.value('access.audit_kept_days')) }),
      ],
      ['logins that ended', () => writer.call('accessPruneLogins', now)],
      [
        'changes of learnings',
        () => writer.call('learningPruneHistory', { before: before(settings.value('learnings.history_kept_days')) }),
      ],
    ];
    await writer.call('statsSnapshot', { at: now, zone: localZone() });
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
