import { embeddingSettingsInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

export const embeddingRouter = router({
  status: procedure.query(({ ctx }) => ctx.services.embedding.status()),
  configure: procedure
    .input(embeddingSettingsInput)
    .mutation(({ ctx, input }) => ctx.services.embedding.configure(input.settings, input.key)),
  test: procedure
    .input(embeddingSettingsInput)
    .mutation(({ ctx, input }) => ctx.services.embedding.test(input.settings, input.key ?? undefined)),
  pause: procedure.mutation(({ ctx }) => ctx.services.embedding.pause()),
  resume: procedure.mutation(({ ctx }) => ctx.services.embedding.resume()),
  rebuild: procedure.mutation(({ ctx }) => ctx.services.embedding.rebuild()),
});
