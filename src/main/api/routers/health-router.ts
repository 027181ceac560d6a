import { healthOutput } from '../outputs/health-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'health';

export const healthRouter = router({
  live: procedure
    .meta({
      summary: 'Whether the process answers.',
      tag,
      scope: 'public',
      rest: { method: 'GET', path: '/health/live' },
    })
    .output(healthOutput)
    .query(({ ctx }) => ctx.services.health.live()),
  ready: procedure
    .meta({
      summary: 'Whether the memory can take and give; 503 when it cannot.',
      tag,
      scope: 'public',
      rest: { method: 'GET', path: '/health/ready', probe: true },
    })
    .output(healthOutput)
    .query(async ({ ctx }) => {
      const { status, version, uptime_ms } = await ctx.services.health.ready();
      return { status, version, uptime_ms, dependencies: [] };
    }),
  dependencies: procedure
    .meta({
      summary: 'What the memory stands on, and how it is.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/health/dependencies' },
    })
    .output(healthOutput)
    .query(({ ctx }) => ctx.services.health.ready()),
});
