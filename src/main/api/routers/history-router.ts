import { estimateInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const historyRouter = router({
  read: procedure
    .input(estimateInput)
    .mutation(async ({ ctx, input }) => ({ count: await ctx.services.history.read(input) })),
});
