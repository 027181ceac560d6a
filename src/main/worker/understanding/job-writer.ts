import { verdictOn, type AttemptFailure, type Verdict } from '../../jobs/back-off.ts';
import { defaultSchedules } from '../../jobs/defaults.ts';
import type { ClaimedJob, JobEnd, JobPayloads, NewJob } from '../../jobs/job.ts';
import { urgentPriority, type ClaimAnswer, type ClaimRequest, type HeldJob } from '../../jobs/runner.ts';
import { jobKinds, type JobKind } from '../../../shared/job-views.ts';
import { newId } from '../../store/ids.ts';
import {
  createJobSettingsReader,
  createJobSettingsWriter,
  type KindRow,
  type ScheduleRow,
} from '../../store/tables/job-settings.ts';
import { createTaskQueueWriter, type ClaimedTask, type TaskRow } from '../../store/tables/task-queue.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { toTask } from './job-enqueue.ts';
import { createJobTriggers } from './job-triggers.ts';

/** A job belongs to its runner for so long after it was last heard of. */
const leaseMs = 60_000;
const died: AttemptFailure = {
  class: 'transient',
  message: 'The app ended while this job ran.',
  retryAfterMs: null,
};

/** What the queue begins with. */
export interface OpenedQueue {
  /** Jobs that another worker left running. */
  leases: number;
  paused: boolean;
  kinds: KindRow[];
  schedules: ScheduleRow[];
}

/** Another operation of the writer. A method's type, for what it takes is known only to the handler that names it. */
type Effect = { run(argument: unknown): unknown }['run'];

/** What the writer does about jobs; a job may end with one of the effects, by its name. */
export function createJobOperations({ db, ledger }: WriterOperationParts, effects: Readonly<Record<string, Effect>>) {
  const queue = createTaskQueueWriter(db);
  const settings = createJobSettingsWriter(db);
  const chosen = createJobSettingsReader(db);
  const triggers = createJobTriggers(db);
  const sessionId = db.prepare<[number], string>('SELECT id FROM sessions WHERE pk = ?').pluck();

  /** The attempt counts: a job that brings the app down must not do so for ever. */
  function bury(row: TaskRow, now: number): void {
    const verdict = verdictOn(died, row.attempts, { now, random: Math.random });
    if (verdict.what === 'retry') {
      queue.retry(row, died, { runAfter: now + verdict.afterMs, attempts: row.attempts, now });
    } else {
      const message = `The app ended ${row.attempts} times while this job ran, so it is not tried again by itself.`;
      queue.park(row, { class: 'bug', message }, now);
    }
  }

  function renew(held: readonly HeldJob[], now: number): string[] {
    return held.filter((task) => !queue.renew(task, now + leaseMs)).map(({ id }) => id);
  }

  function effectOf(name: string): Effect {
    const effect = Object.hasOwn(effects, name) ? effects[name] : undefined;
    if (effect === undefined) throw new Error(`The writer has no operation ${name}.`);
    return effect;
  }

  function mustFind(id: string): TaskRow {
    const row = queue.find(id);
    if (row === null) throw new Refusal('NOT_FOUND', `There is no job with the id ${id}.`);
    return row;
  }

  return {
    /** Queues one job; gives the id of the one that waits or, when `orRunning`, runs with this key. */
    jobEnqueue({ job, orRunning, at }: { job: NewJob; orRunning: boolean; at: number }): string {
      const running = orRunning ? queue.runningWith(job.key) : null;
      return running?.id ?? queue.enqueue(toTask(job), at);
    },
    /** For the start: the folder has one worker, so every lease is of one that is gone. */
    jobsOpen(now: number): OpenedQueue {
      const left = queue.overdue(Number.MAX_SAFE_INTEGER);
      for (const row of left) bury(row, now);
      queue.bringBack(now);
      for (const { kind } of defaultSchedules) settings.know(kind, now);
      return { leases: left.length, paused: chosen.paused(), kinds: chosen.kinds(), schedules: chosen.schedules() };
    },
    /** Queues what a schedule stands for. */
    jobsScheduled({ kind, since, now }: { kind: JobKind; since: number; now: number }): void {
      triggers.onSchedule(kind, since, now);
      settings.ran(kind, now);
    },
    jobsClaim({ free, most, leastPriority, held, now }: ClaimRequest): ClaimAnswer & { newest: number } {
      const lost = renew(held, now);
      for (const row of queue.overdue(now)) bury(row, now);
      const lease = newId(now);
      const places = { ...free };
      const jobs: ClaimAnswer['jobs'] = [];
      const open = () => jobKinds.filter((kind) => (places[kind] ?? 0) > 0);
      while (jobs.length < most && open().length > 0) {
        const next = queue.claim({ lease, until: now + leaseMs, now, kinds: open(), leastPriority });
        if (next === null) break;
        places[next.kind] = (places[next.kind] ?? 1) - 1;
        jobs.push({ ...toClaimed(next), lease });
      }
      return { jobs, nextAt: queue.nextAt(open(), now), lost, newest: queue.newest() };
    },
    jobsRenew: ({ held, now }: { held: HeldJob[]; now: number }): string[] => renew(held, now),
    /** The job's effect and its end, or neither: whoever has lost the lease does nothing. */
    jobFinish({ held, end, now }: { held: HeldJob; end: JobEnd; now: number }): boolean {
      const row = queue.held(held);
      if (row === null) return false;
      queue.finish(row, end.result, now);
      for (const next of end.enqueue ?? []) queue.enqueue(toTask(next), now);
      if (end.apply !== null) effectOf(end.apply.name)(end.apply.argument);
      return true;
    },
    jobFail({
      held,
      failure,
      verdict,
      now,
    }: {
      held: HeldJob;
      failure: AttemptFailure;
      verdict: Verdict;
      now: number;
    }) {
      const row = queue.held(held);
      if (row === null) return;
      if (verdict.what === 'park') return queue.park(row, failure, now);
      const attempts = verdict.counts ? row.attempts : row.attempts - 1;
      queue.retry(row, failure, { runAfter: now + verdict.afterMs, attempts, now });
    },
    jobRelease({ held, now }: { held: HeldJob; now: number }): void {
      const row = queue.held(held);
      if (row !== null) queue.release(row, now);
    },
    jobProgress({ held, done, total, now }: { held: HeldJob; done: number; total: number; now: number }): void {
      queue.progress(held, done, total, now + leaseMs);
    },
    /** Gives whether it ran. */
    jobCancel({ id, now }: { id: string; now: number }): boolean {
      const row = mustFind(id);
      if (row.state === 'done') throw new Refusal('CONFLICT', 'This job is done; there is nothing left to cancel.');
      if (row.state !== 'cancelled') queue.cancel(row, now);
      return row.state === 'running';
    },
    /** Gives the id of the job that does the work: another one when the same work was queued anew. */
    jobRetry({ id, now }: { id: string; now: number }): string {
      const row = mustFind(id);
      if (row.state === 'done') throw new Refusal('CONFLICT', 'This job is done; queue a new one instead.');
      if (row.state === 'running') throw new Refusal('CONFLICT', 'This job is running.');
      return queue.hurry(row, urgentPriority, now);
    },
    jobsRetryParked({ kind, now }: { kind: JobKind | null; now: number }): number {
      const ids = queue.parked(kind);
      for (const id of ids) queue.hurry(mustFind(id), 0, now);
      return ids.length;
    },
    /** There is money again, or a price. */
    jobsReleaseCapped: (now: number): number => queue.releaseCapped(now),
    jobsPause({ kind, paused, at }: { kind: JobKind | null; paused: boolean; at: number }): void {
      if (kind === null) settings.pauseAll(paused, at);
      else settings.pause(kind, paused);
    },
    jobsSetConcurrency: ({ kind, concurrency }: { kind: JobKind; concurrency: number }): void =>
      settings.setConcurrency(kind, concurrency),
    jobsSetSchedule: ({
      kind,
      cron,
      enabled,
      at,
    }: {
      kind: JobKind;
      cron: string;
      enabled: boolean;
      at: number;
    }): void => settings.setSchedule(kind, { cron, enabled }, at),
    /** Windows look again; the job when it is one. */
    jobsTell({ id, at }: { id: string | null; at: number }): void {
      const row = id === null ? null : queue.find(id);
      const session = row === null || row.session_pk === null ? undefined : sessionId.get(row.session_pk);
      const data = { job_id: row?.id ?? null, kind: row?.kind ?? null, state: row?.state ?? null };
      const place = { projectPk: row?.project_pk ?? null, sessionPk: row?.session_pk ?? null };
      ledger.log({ type: 'job.changed', at, ...place, data }, session);
    },
  };
}

/** The payload is what `NewJob` of this kind brought. */
function toClaimed(task: ClaimedTask): ClaimedJob {
  return {
    id: task.id,
    kind: task.kind,
    payload: JSON.parse(task.payload) as JobPayloads[JobKind],
    projectPk: task.project_pk,
    sessionPk: task.session_pk,
    attempt: task.attempts,
  };
}
