import { setTimeout as delay } from 'node:timers/promises';
import type { JobHandlers, NewJob } from '../../jobs/job.ts';
import { jobSettings, type JobSettings } from '../../jobs/defaults.ts';
import { createRunner, type QueueStore } from '../../jobs/runner.ts';
import type { JobView } from '../../../shared/job-views.ts';
import type { Reader } from '../reader-pool.ts';
import { createThrottle } from '../throttle.ts';
import type { WriterClient } from '../writer-client.ts';
import { createScheduler, type Scheduler } from './job-scheduler.ts';

/** Windows are told at most this often; a busy queue must not fill the event log. */
const tellEveryMs = 1_000;
/** A queue that cannot be read at the start, as on a full disk, is looked at again. */
const usualOpenAgainMs = 15_000;

/** What everybody else needs of the queue. */
export interface JobQueue {
  /** Queues a job, or finds the one that waits or runs with its key; a person's (priority 10) begins at once. */
  enqueue(job: NewJob): Promise<JobView>;
  /** Jobs may be there that an operation of the writer has queued itself, and somebody waits for them. */
  hurry(): void;
  /** Rows were written. */
  wake(): void;
  /** Jobs that wait for money look again. */
  releaseCapped(): Promise<void>;
}

/** The same, for who steers it. */
export interface SteeredQueue extends JobQueue {
  scheduler: Scheduler;
  settings(): JobSettings;
  /** A person chose other settings. */
  reload(): Promise<void>;
  abort(id: string): void;
  /** Whether a job runs. */
  isBusy(): boolean;
  /** Something about a job is new; of all of them when null. */
  tell(id: string | null): void;
  start(handlers: JobHandlers): void;
  close(): Promise<void>;
}

export interface JobQueueParts {
  reader: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
  onFault(error: unknown): void;
  openAgainMs?: number;
}

/** The queue over the threads: its runner, its schedules, and what windows hear of it. */
export function createJobQueue({
  reader,
  writer,
  onFault,
  openAgainMs = usualOpenAgainMs,
}: JobQueueParts): SteeredQueue {
  let settings = jobSettings(false, []);
  let newest = 0;
  let starting: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  /** null: several. */
  let changed: string | null | undefined;

  const flush = createThrottle(tellEveryMs, () => {
    const id = changed ?? null;
    changed = undefined;
    void writer.call('jobsTell', { id, at: Date.now() }).catch(() => undefined);
  });
  function tell(id: string | null): void {
    changed = changed === undefined || changed === id ? id : null;
    flush();
  }

  const store: QueueStore = {
    async claim(request) {
      const answer = await writer.call('jobsClaim', request);
      // Queued by hooks, of which nobody here has heard.
      if (answer.newest > newest) tell(null);
      newest = answer.newest;
      return answer;
    },
    renew: (held, now) => writer.call('jobsRenew', { held, now }),
    finish: (held, end, now) => writer.call('jobFinish', { held, end, now }),
    fail: (held, failure, verdict, now) => writer.call('jobFail', { held, failure, verdict, now }),
    release: (held, now) => writer.call('jobRelease', { held, now }),
    progress: (held, done, total, now) => writer.call('jobProgress', { held, done, total, now }),
  };
  const runner = createRunner({ store, settings: () => settings, onChange: tell, onFault });
  const scheduler = createScheduler({ writer, onQueued: () => runner.wake(), onFault });

  async function reload(): Promise<void> {
    const chosen = await reader.call('jobSettings');
    settings = jobSettings(chosen.paused, chosen.kinds);
    scheduler.load(chosen.schedules);
    runner.hurry();
  }

  async function open(handlers: JobHandlers): Promise<void> {
    const { signal } = closing;
    while (!signal.aborted) {
      try {
        const { leases, ...chosen } = await writer.call('jobsOpen', Date.now());
        if (signal.aborted) return;
        settings = jobSettings(chosen.paused, chosen.kinds);
        runner.start(handlers);
        scheduler.load(chosen.schedules);
        if (leases > 0) tell(null);
        return;
      } catch (error) {
        if (signal.aborted) return;
        onFault(error);
        await delay(openAgainMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  return {
    scheduler,
    settings: () => settings,
    reload,
    tell,
    abort: (id) => runner.abort(id),
    isBusy: () => runner.isBusy(),
    wake: () => runner.wake(),
    hurry: () => runner.hurry(),
    async enqueue(job) {
      const id = await writer.call('jobEnqueue', { job, orRunning: true, at: Date.now() });
      tell(id);
      runner.hurry();
      const view = await reader.call('getJob', { id, now: Date.now() });
      if (view === null) throw new Error(`The job ${id} was not kept.`);
      return view;
    },
    async releaseCapped() {
      if ((await writer.call('jobsReleaseCapped', Date.now())) > 0) tell(null);
      runner.hurry();
    },
    start(handlers) {
      starting = open(handlers);
    },
    async close() {
      closing.abort();
      scheduler.close();
      await starting;
      await runner.close();
      flush.close();
    },
  };
}
