import { statusFor } from '../machine-paths.ts';
import { statusOutput } from '../outputs/status-outputs.ts';
import { procedure, router } from '../trpc.ts';

export const statusRouter = router({
  get: procedure
    .meta({
      summary:
        'How the worker does: its files, its port, its hooks and what went wrong lately; paths and the state of the hooks for the owner alone.',
      tag: 'health',
      scope: 'admin',
      rest: { method: 'GET', path: '/status' },
    })
    .output(statusOutput)
    .query(async ({ ctx }) => statusFor(ctx.caller, await ctx.services.status())),
});
