import { defaultSchedules } from '../../jobs/defaults.ts';
import { isDue, nextRun } from '../../jobs/schedules.ts';
import type { JobKind, ScheduleView } from '../../../shared/job-views.ts';
import type { ScheduleRow } from '../../store/tables/job-settings.ts';
import type { WriterClient } from '../writer-client.ts';

interface Schedule {
  kind: JobKind;
  cron: string;
  enabled: boolean;
  countedFrom: number;
  lastAt: number | null;
}

export interface Scheduler {
  load(rows: readonly ScheduleRow[]): void;
  views(now: number): ScheduleView[];
  close(): void;
}

/** Looked at by the clock, because a timer stands still while the machine sleeps. */
const lookEveryMs = 30_000;
/** What was missed is made up for a little after the start, which has enough to do. */
const firstLookMs = 60_000;

/** Queues the jobs of schedules when they are due. */
export function createScheduler({
  writer,
  onQueued,
  onFault,
}: {
  writer: Pick<WriterClient, 'call'>;
  onQueued(): void;
  onFault(error: unknown): void;
}): Scheduler {
  let schedules: Schedule[] = [];
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  async function look(): Promise<void> {
    const now = Date.now();
    for (const schedule of schedules) {
      const since = Math.max(schedule.countedFrom, schedule.lastAt ?? 0);
      // The clock was ahead when it last ran.
      if (since > now) Object.assign(schedule, { countedFrom: now, lastAt: null });
      if (!schedule.enabled || !isDue(schedule.cron, since, now)) continue;
      await writer.call('jobsScheduled', { kind: schedule.kind, since, now });
      schedule.lastAt = now;
      onQueued();
    }
  }

  function again(ms: number): void {
    if (closed) return;
    timer = setTimeout(() => {
      void look()
        .catch(onFault)
        .finally(() => again(lookEveryMs));
    }, ms).unref();
  }

  return {
    load(rows) {
      schedules = defaultSchedules.map(({ kind, cron }) => {
        const own = rows.find((row) => row.kind === kind);
        return {
          kind,
          cron: own?.cron ?? cron,
          enabled: own?.enabled ?? true,
          countedFrom: own?.counted_from ?? Date.now(),
          lastAt: own?.last_at ?? null,
        };
      });
      if (timer === null) again(firstLookMs);
    },
    views: (now) =>
      schedules.map(({ kind, cron, enabled, lastAt }) => {
        const nextAt = enabled ? nextRun(cron, now) : null;
        return {
          kind,
          cron,
          enabled,
          next_at: nextAt === null ? null : new Date(nextAt).toISOString(),
          last_at: lastAt === null ? null : new Date(lastAt).toISOString(),
        };
      }),
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
