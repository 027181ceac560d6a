import { modelSettingsInput, modelTestInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const modelRouter = router({
  status: procedure.query(({ ctx }) => ctx.services.models.status()),
  configure: procedure
    .input(modelSettingsInput)
    .mutation(({ ctx, input }) => ctx.services.models.configure(input.settings, input.key)),
  test: procedure
    .input(modelTestInput)
    .mutation(({ ctx, input }) => ctx.services.models.test(input.settings, input.tier, input.key ?? undefined)),
});
