import { found } from '../found.ts';
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

export const jobRouter = router({
  overview: procedure.query(({ ctx }) => ctx.services.jobs.overview()),
  list: procedure.input(jobListInput).query(({ ctx, input }) => ctx.services.jobs.list(input)),
  get: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.jobs.get(input.id), 'job', input.id)),
  enqueue: procedure.input(jobEnqueueInput).mutation(({ ctx, input }) => ctx.services.jobs.enqueue(input)),
  retry: procedure
    .input(idInput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.jobs.retry(input.id), 'job', input.id)),
  cancel: procedure
    .input(idInput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.jobs.cancel(input.id), 'job', input.id)),
  retryParked: procedure
    .input(jobKindInput)
    .mutation(async ({ ctx, input }) => ({ count: await ctx.services.jobs.retryParked(input.kind) })),
  setPaused: procedure
    .input(jobPauseInput)
    .mutation(({ ctx, input }) => ctx.services.jobs.setPaused(input.kind, input.paused)),
  setConcurrency: procedure
    .input(jobConcurrencyInput)
    .mutation(({ ctx, input }) => ctx.services.jobs.setConcurrency(input.kind, input.concurrency)),
  setSchedule: procedure
    .input(jobScheduleInput)
    .mutation(({ ctx, input: { kind, ...schedule } }) => ctx.services.jobs.setSchedule(kind, schedule)),
});
