import { statusOutput } from '../outputs/status-outputs.ts';
import { procedure, router } from '../trpc.ts';

export const statusRouter = router({
  get: procedure
    .meta({
      summary: 'How the worker does: its files, its port, its hooks and what went wrong lately.',
      tag: 'health',
      scope: 'admin',
      rest: { method: 'GET', path: '/status' },
    })
    .output(statusOutput)
    .query(({ ctx }) => ctx.services.status()),
});
