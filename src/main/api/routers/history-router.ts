import { jobCountOutput } from '../outputs/job-outputs.ts';
import { estimateInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'summaries';

export const historyRouter = router({
  read: procedure
    .meta({
      summary: 'Queues summaries and learnings by a model of the sessions that have none; how many sessions.',
      tag,
      scope: 'spend',
      target: 'project_id',
      rest: { method: 'POST', path: '/history/read', status: 202 },
    })
    .input(estimateInput)
    .output(jobCountOutput)
    .mutation(async ({ ctx, input }) => ({ count: await ctx.services.history.read(input) })),
});
