import { z } from 'zod';
import { captureInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

export const captureRouter = router({
  setPaused: procedure
    .meta({
      summary: 'Stops keeping what agents do, or goes on.',
      tag: 'configuration',
      scope: 'owner',
      rest: { method: 'PUT', path: '/capture', status: 204 },
    })
    .input(captureInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.setPaused(input.paused)),
});
