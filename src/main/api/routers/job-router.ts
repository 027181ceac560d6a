import { found } from '../found.ts';
import { jobCountOutput, jobOutput, jobPageOutput, jobsOverviewOutput } from '../outputs/job-outputs.ts';
import { idInput } from '../schemas.ts';
import {
  jobConcurrencyInput,
  jobEnqueueInput,
  jobKindInput,
  jobListInput,
  jobPauseInput,
  jobScheduleInput,
} from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'jobs';

export const jobRouter = router({
  overview: procedure
    .meta({
      summary: 'How many jobs of each kind wait and run, and when the next ones are due.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/jobs/overview' },
    })
    .output(jobsOverviewOutput)
    .query(({ ctx }) => ctx.services.jobs.overview()),
  list: procedure
    .meta({
      summary: 'Jobs: those that run, then those that wait, then the ended ones, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/jobs' },
    })
    .input(jobListInput)
    .output(jobPageOutput)
    .query(({ ctx, input }) => ctx.services.jobs.list(input)),
  get: procedure
    .meta({ summary: 'One job.', tag, scope: 'read', rest: { method: 'GET', path: '/jobs/{id}' } })
    .input(idInput)
    .output(jobOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.jobs.get(input.id), 'job', input.id)),
  enqueue: procedure
    .meta({
      summary: 'Queues work; gives back the job that is there when the same work waits already.',
      tag,
      scope: 'admin',
      target: 'kind',
      rest: { method: 'POST', path: '/jobs', status: 202 },
    })
    .input(jobEnqueueInput)
    .output(jobOutput)
    .mutation(({ ctx, input }) => ctx.services.jobs.enqueue(input)),
  retry: procedure
    .meta({
      summary: 'Lets a job go at once.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'POST', path: '/jobs/{id}/retry' },
    })
    .input(idInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.jobs.retry(input.id), 'job', input.id)),
  cancel: procedure
    .meta({
      summary: 'Cancels a job; a running one is stopped.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'POST', path: '/jobs/{id}/cancel' },
    })
    .input(idInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.jobs.cancel(input.id), 'job', input.id)),
  retryParked: procedure
    .meta({
      summary: 'Lets all parked jobs go again; how many.',
      tag,
      scope: 'admin',
      target: 'kind',
      rest: { method: 'POST', path: '/jobs/retry-parked' },
    })
    .input(jobKindInput)
    .output(jobCountOutput)
    .mutation(async ({ ctx, input }) => ({ count: await ctx.services.jobs.retryParked(input.kind) })),
  setPaused: procedure
    .meta({
      summary: 'Pauses jobs of a kind or all jobs, or lets them go on.',
      tag,
      scope: 'admin',
      target: 'kind',
      rest: { method: 'PUT', path: '/jobs/paused' },
    })
    .input(jobPauseInput)
    .output(jobsOverviewOutput)
    .mutation(({ ctx, input }) => ctx.services.jobs.setPaused(input.kind, input.paused)),
  setConcurrency: procedure
    .meta({
      summary: 'Says how many jobs of a kind may run at the same time.',
      tag,
      scope: 'admin',
      target: 'kind',
      rest: { method: 'PUT', path: '/jobs/concurrency/{kind}' },
    })
    .input(jobConcurrencyInput)
    .output(jobsOverviewOutput)
    .mutation(({ ctx, input }) => ctx.services.jobs.setConcurrency(input.kind, input.concurrency)),
  setSchedule: procedure
    .meta({
      summary: 'Says when a kind of job runs by itself.',
      tag,
      scope: 'admin',
      target: 'kind',
      rest: { method: 'PUT', path: '/jobs/schedules/{kind}' },
    })
    .input(jobScheduleInput)
    .output(jobsOverviewOutput)
    .mutation(({ ctx, input: { kind, ...schedule } }) => ctx.services.jobs.setSchedule(kind, schedule)),
});
