import { activityOutput, growthOutput, statsOverviewOutput } from '../outputs/stats-outputs.ts';
import { activityInput, growthInput, statsInput } from '../record-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'stats';

export const statsRouter = router({
  overview: procedure
    .meta({
      summary: 'The memory in numbers.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/stats', mayMiss: true },
    })
    .input(statsInput)
    .output(statsOverviewOutput)
    .query(({ ctx, input }) => ctx.services.stats.overview(input)),
  growth: procedure
    .meta({
      summary: 'What was added over time.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/stats/growth', mayMiss: true },
    })
    .input(growthInput)
    .output(growthOutput)
    .query(({ ctx, input }) => ctx.services.stats.growth(input)),
  activity: procedure
    .meta({
      summary: 'When, with which tools, and where it was worked.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/stats/activity', mayMiss: true },
    })
    .input(activityInput)
    .output(activityOutput)
    .query(({ ctx, input }) => ctx.services.stats.activity(input)),
});
