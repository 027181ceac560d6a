import { TRPCError } from '@trpc/server';
import type { JobRequest, JobService } from '../../api/understanding-services.ts';
import { defaultSchedules } from '../../jobs/defaults.ts';
import type { NewJob } from '../../jobs/job.ts';
import { urgentPriority } from '../../jobs/runner.ts';
import { faultInCron } from '../../jobs/schedules.ts';
import { jobKinds, type JobsOverview } from '../../../shared/job-views.ts';
import { Refusal } from '../refusal.ts';
import { withPage } from '../with-page.ts';
import { jobKeys } from './job-keys.ts';
import type { JobQueueParts, SteeredQueue } from './job-queue.ts';

interface Subject {
  project: { pk: number } | null;
  session: { pk: number; project_pk: number } | null;
}

/** The contract's operations on jobs. */
export function createJobService(
  { reader, writer }: Pick<JobQueueParts, 'reader' | 'writer'>,
  queue: SteeredQueue,
): JobService {
  const find = (id: string) => reader.call('getJob', { id, now: Date.now() });

  async function overview(): Promise<JobsOverview> {
    const now = new Date();
    const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
    const counts = await reader.call('countJobs', today);
    const { paused, kinds } = queue.settings();
    return {
      paused,
      kinds: jobKinds.map((kind) => {
        const { waiting = 0, running = 0, parked = 0, done_today = 0 } = counts.find((row) => row.kind === kind) ?? {};
        return { kind, ...kinds[kind], waiting, running, parked, done_today };
      }),
      schedules: queue.scheduler.views(now.getTime()),
    };
  }

  /** Settings are others: the queue takes them up, and windows look again. */
  async function changed(change: Promise<void>): Promise<JobsOverview> {
    await change;
    await queue.reload();
    queue.tell(null);
    return overview();
  }

  return {
    overview,
    list: (query) => withPage(reader.call('listJobs', { query, now: Date.now() })),
    get: find,
    async enqueue(request) {
      const subject = await reader.call('jobSubject', {
        projectId: request.project_id,
        sessionId: request.session_id,
      });
      return queue.enqueue(jobFor(request, subject));
    },
    async retry(id) {
      const next = await ifThere(writer.call('jobRetry', { id, now: Date.now() }));
      if (next === null) return null;
      queue.tell(next);
      queue.hurry();
      return find(next);
    },
    async cancel(id) {
      if ((await ifThere(writer.call('jobCancel', { id, now: Date.now() }))) === null) return null;
      queue.abort(id);
      queue.tell(id);
      return find(id);
    },
    async retryParked(kind) {
      const count = await writer.call('jobsRetryParked', { kind, now: Date.now() });
      if (count > 0) queue.tell(null);
      queue.hurry();
      return count;
    },
    setPaused: (kind, paused) => changed(writer.call('jobsPause', { kind, paused, at: Date.now() })),
    setConcurrency: (kind, concurrency) => changed(writer.call('jobsSetConcurrency', { kind, concurrency })),
    async setSchedule(kind, { cron, enabled }) {
      const now = Date.now();
      if (!defaultSchedules.some((schedule) => schedule.kind === kind)) {
        const kinds = defaultSchedules.map((schedule) => schedule.kind).join(', ');
        throw badRequest(`Jobs of the kind "${kind}" have no schedule; only these do: ${kinds}.`);
      }
      const fault = faultInCron(cron, now);
      if (fault !== null) throw badRequest(fault);
      return changed(writer.call('jobsSetSchedule', { kind, cron, enabled, at: now }));
    },
  };
}

/** The job that a person asks for. Throws `TRPCError` when it does not say what it is to be about. */
function jobFor({ kind, project_id: projectId, session_id: sessionId }: JobRequest, subject: Subject): NewJob {
  if (sessionId !== undefined && subject.session === null) throw notFound('session', sessionId);
  if (projectId !== undefined && subject.project === null) throw notFound('project', projectId);
  const sessionPk = subject.session?.pk ?? null;
  const projectPk = subject.session?.project_pk ?? subject.project?.pk ?? null;
  const base = { kind, key: kind, projectPk: null, sessionPk: null, priority: urgentPriority, runAfter: Date.now() };
  switch (kind) {
    case 'summarise':
      if (sessionPk === null) throw badRequest('Say which session is to be summarised.');
      return {
        ...base,
        key: jobKeys.session(sessionPk),
        payload: { scope: 'session', force: true, withModel: true },
        projectPk,
        sessionPk,
      };
    case 'learn':
      if (sessionPk === null) throw badRequest('Say from which session there is something to learn.');
      return { ...base, key: jobKeys.learn(sessionPk), payload: { final: true, force: true }, projectPk, sessionPk };
    case 'graph':
      return sessionPk === null
        ? { ...base, key: jobKeys.wholeGraph, payload: { rebuild: true } }
        : { ...base, key: jobKeys.graph(sessionPk), payload: { rebuild: false }, projectPk, sessionPk };
    case 'embed':
      return { ...base, payload: { rebuild: true } };
    case 'decay':
    case 'consolidate':
    case 'backup':
    case 'cleanup':
    case 'export':
      return { ...base, payload: {} };
  }
}

async function ifThere<T>(change: Promise<T>): Promise<T | null> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'NOT_FOUND') return null;
    throw new TRPCError({ code: 'CONFLICT', message: error.message, cause: error });
  }
}

function badRequest(message: string): TRPCError {
  return new TRPCError({ code: 'BAD_REQUEST', message });
}

function notFound(what: string, id: string): TRPCError {
  return new TRPCError({ code: 'NOT_FOUND', message: `There is no ${what} with the id ${id}.` });
}
