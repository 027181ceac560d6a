import { activityInput, growthInput, statsInput } from '../record-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'stats';

export const statsRouter = router({
  overview: procedure
    .meta({ summary: 'The memory in numbers.', tag, scope: 'read', rest: { method: 'GET', path: '/stats' } })
    .input(statsInput)
    .query(({ ctx, input }) => ctx.services.stats.overview(input)),
  growth: procedure
    .meta({ summary: 'What was added over time.', tag, scope: 'read', rest: { method: 'GET', path: '/stats/growth' } })
    .input(growthInput)
    .query(({ ctx, input }) => ctx.services.stats.growth(input)),
  activity: procedure
    .meta({
      summary: 'When, with which tools, and where it was worked.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/stats/activity' },
    })
    .input(activityInput)
    .query(({ ctx, input }) => ctx.services.stats.activity(input)),
});
