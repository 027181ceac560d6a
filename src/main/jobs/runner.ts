import { jobKinds, type JobKind } from '../../shared/job-views.ts';
import { failureOf, verdictOn, type AttemptFailure, type Verdict } from './back-off.ts';
import { mostAtOnce, type JobSettings } from './defaults.ts';
import type { ClaimedJob, JobEnd, JobHandler, JobHandlers, JobRun } from './job.ts';
import { createProgress } from './progress.ts';
import { createQuiet } from './quiet.ts';

export interface HeldJob {
  id: string;
  lease: string;
}

export interface ClaimRequest {
  /** Free places of each kind that may run. */
  free: Partial<Record<JobKind, number>>;
  /** At most so many jobs. */
  most: number;
  /** Jobs below wait. */
  leastPriority: number;
  /** What runs already: its leases are renewed first, because they may have run out while the machine slept. */
  held: HeldJob[];
  now: number;
}

export interface ClaimAnswer {
  jobs: (ClaimedJob & HeldJob)[];
  /** When the next job of these kinds may run; null when none waits for a time. */
  nextAt: number | null;
  /** Held jobs whose lease is gone. */
  lost: string[];
}

/** Where the jobs are kept; all of it is durable when it resolves. */
export interface QueueStore {
  claim(request: ClaimRequest): Promise<ClaimAnswer>;
  /** Which of them are lost. */
  renew(held: HeldJob[], now: number): Promise<string[]>;
  /** Does what the end says and ends the job, both or neither; false when the lease is lost. */
  finish(held: HeldJob, end: JobEnd, now: number): Promise<boolean>;
  fail(held: HeldJob, failure: AttemptFailure, verdict: Verdict, now: number): Promise<void>;
  /** As if it had not been tried. */
  release(held: HeldJob, now: number): Promise<void>;
  progress(held: HeldJob, done: number, total: number, now: number): Promise<void>;
}

export interface RunnerParts {
  store: QueueStore;
  settings(): JobSettings;
  /** Jobs began, went on or ended. */
  onChange(id: string | null): void;
  /** A bug. */
  onFault(error: unknown): void;
  random?(): number;
}

export interface Runner {
  start(handlers: JobHandlers): void;
  /** Rows were written: there may be jobs, and they may have to wait for a quieter moment. */
  wake(): void;
  /** A person waits, or the settings are others. */
  hurry(): void;
  /** Stops what runs; the queue knows already that it is not wanted. */
  abort(id: string): void;
  /** Whether a job runs. */
  isBusy(): boolean;
  /** Aborts what runs and waits for it a while; what did not come to its end is tried again at the next start. */
  close(): Promise<void>;
}

/** A job that a person waits for does not wait for quiet. */
export const urgentPriority = 10;
/** No row for so long before jobs begin; the client's hooks of one turn come closer together. */
const quietMs = 1_000;
/** When rows never cease, one job begins after so long. */
const longestBusyMs = 5_000;
/** Three of them within a lease (`leaseMs` of the writer's side). */
const heartbeatMs = 15_000;
/** The clock is looked at anew, for timers stand still while the machine sleeps. */
const longestTimerMs = 60_000;
const closeWithinMs = 2_000;
/** A plan's limit may last for hours, and a kind's jobs do by rules what they can. */
const longestRestMs = 5 * 60_000;
const writersCodes: ReadonlyMap<string, AttemptFailure['class']> = new Map([
  // The disk is full, or the writer is being started anew.
  ['NOT_STORED', 'transient'],
  ['NOT_DONE', 'bug'],
  ['NOT_FOUND', 'bug'],
  ['CONFLICT', 'bug'],
  ['REFUSED', 'bug'],
]);

interface Running extends HeldJob {
  kind: JobKind;
  aborter: AbortController;
  over: Promise<void>;
}

/** Takes jobs from the store and runs their handlers, as many at a time as the settings allow. */
export function createRunner({ store, settings, onChange, onFault, random = Math.random }: RunnerParts): Runner {
  const running = new Map<string, Running>();
  const quiet = createQuiet({ quietMs, longestMs: longestBusyMs });
  /** Kinds that were told to come back later. */
  const restsUntil = new Map<JobKind, number>();
  let handlers: JobHandlers | null = null;
  let timer: { handle: NodeJS.Timeout; at: number } | null = null;
  let heartbeat: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let closed = false;

  /** Looks at this time at the latest; an earlier plan stands. */
  function plan(at: number): void {
    if (closed || handlers === null || (timer !== null && timer.at <= at)) return;
    if (timer !== null) clearTimeout(timer.handle);
    const handle = setTimeout(
      () => {
        timer = null;
        look();
      },
      Math.max(0, Math.min(at - Date.now(), longestTimerMs)),
    ).unref();
    timer = { handle, at };
  }

  /** One look at a time; whoever asks meanwhile gets another one after it. */
  function look(): void {
    if (closed || handlers === null) return;
    lookAgain = looking !== null;
    if (lookAgain) return;
    looking = begin()
      .catch((error: unknown) => {
        onFault(error);
        plan(Date.now() + heartbeatMs);
      })
      .finally(() => {
        looking = null;
        if (lookAgain) look();
      });
  }

  function freePlaces(now: number): Partial<Record<JobKind, number>> {
    const { kinds, paused } = settings();
    const free: Partial<Record<JobKind, number>> = {};
    if (paused) return free;
    for (const kind of jobKinds) {
      const busy = [...running.values()].filter((job) => job.kind === kind).length;
      const places = kinds[kind].concurrency - busy;
      if (!kinds[kind].paused && places > 0 && (restsUntil.get(kind) ?? 0) <= now) free[kind] = places;
    }
    return free;
  }

  async function begin(): Promise<void> {
    const now = Date.now();
    const free = freePlaces(now);
    const places = mostAtOnce(settings()) - running.size;
    for (const until of restsUntil.values()) if (until > now) plan(until);
    // Whatever frees a place looks again.
    if (places <= 0 || Object.keys(free).length === 0) return;
    const calm = quiet.look(performance.now());
    if (calm !== 'calm') plan(now + Math.max(1, quiet.calmAt() - performance.now()));
    if (calm === 'strained') quiet.relieve(performance.now());
    const { jobs, nextAt, lost } = await store.claim({
      free,
      most: calm === 'strained' ? 1 : places,
      leastPriority: calm === 'busy' ? urgentPriority : -Infinity,
      held: [...running.values()].map(({ id, lease }) => ({ id, lease })),
      now,
    });
    for (const id of lost) abort(id);
    for (const job of jobs) run(job);
    // Also without one: the writer queues jobs of sessions that nobody ended, and no row comes with them.
    plan(Math.min(nextAt ?? Infinity, now + longestTimerMs));
  }

  function run({ lease, ...job }: ClaimedJob & HeldJob): void {
    const aborter = new AbortController();
    const held = { id: job.id, lease };
    const over = attempt(job, held, aborter.signal).finally(() => {
      if (running.get(job.id)?.lease === lease) running.delete(job.id);
      if (running.size === 0 && heartbeat !== null) {
        clearInterval(heartbeat);
        heartbeat = null;
      }
      onChange(job.id);
      look();
    });
    running.set(job.id, { ...held, kind: job.kind, aborter, over });
    heartbeat ??= setInterval(beat, heartbeatMs).unref();
    onChange(job.id);
  }

  /** Never rejects. What cannot be written down stays leased and is claimed again when the lease has run out. */
  async function attempt(job: ClaimedJob, held: HeldJob, signal: AbortSignal): Promise<void> {
    const progress = createProgress((done, total) => {
      onChange(job.id);
      return store.progress(held, done, total, Date.now());
    });
    try {
      if (handlers === null) throw new Error('The runner was not started.');
      const end = await handle(handlers, { job, signal, progress: progress.report });
      progress.close();
      await store.finish(held, end, Date.now());
    } catch (error) {
      progress.close();
      await giveUp(job, held, error, signal).catch(onFault);
    }
  }

  async function giveUp(job: ClaimedJob, held: HeldJob, error: unknown, signal: AbortSignal): Promise<void> {
    if (closed) return store.release(held, Date.now());
    // Cancelled, or the lease is somebody else's: the queue has gone on without this attempt.
    if (signal.aborted) return;
    const known = failureOf(error) ?? refusedBy(error);
    if (known === null) onFault(error);
    const failure = known ?? bugFailure(error);
    const now = Date.now();
    const verdict = verdictOn(failure, job.attempt, { now, random });
    if (failure.class === 'rate_limit' && verdict.what === 'retry') {
      restsUntil.set(job.kind, now + Math.min(verdict.afterMs, longestRestMs));
    }
    await store.fail(held, failure, verdict, now);
  }

  function beat(): void {
    const held = [...running.values()].map(({ id, lease }) => ({ id, lease }));
    store.renew(held, Date.now()).then((lost) => {
      for (const id of lost) abort(id);
    }, onFault);
  }

  function abort(id: string): void {
    running.get(id)?.aborter.abort(new Error('This job is no longer wanted.'));
  }

  return {
    start(table) {
      handlers = table;
      // The start itself has enough to do.
      quiet.disturb(performance.now());
      plan(Date.now() + quietMs);
    },
    wake() {
      quiet.disturb(performance.now());
      plan(Date.now() + quietMs);
    },
    hurry() {
      restsUntil.clear();
      look();
    },
    abort,
    isBusy: () => running.size > 0,
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer.handle);
      if (heartbeat !== null) clearInterval(heartbeat);
      await looking;
      const left = [...running.values()];
      for (const { aborter } of left) aborter.abort(new Error('The memory is closing.'));
      await Promise.race([
        Promise.all(left.map(({ over }) => over)),
        new Promise((resolve) => setTimeout(resolve, closeWithinMs).unref()),
      ]);
      await Promise.all([...running.values()].map((held) => store.release(held, Date.now()).catch(onFault)));
    },
  };
}

/** Which payload belongs to which handler is in the types of both. */
function handle<Kind extends JobKind>(handlers: JobHandlers, run: JobRun<Kind>): Promise<JobEnd> {
  const handler: JobHandler<Kind> = handlers[run.job.kind];
  return handler(run);
}

/** What the writer did not do, in its own words; of a bug it has told already. */
function refusedBy(error: unknown): AttemptFailure | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const failureClass = writersCodes.get(String(error.code));
  return failureClass === undefined ? null : { class: failureClass, message: error.message, retryAfterMs: null };
}

function bugFailure(error: unknown): AttemptFailure {
  const reason = error instanceof Error ? error.message : String(error);
  return { class: 'bug', message: `It could not be done: ${reason}`, retryAfterMs: null };
}
