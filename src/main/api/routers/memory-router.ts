import { found } from '../found.ts';
import { idInput } from '../schemas.ts';
import { forgetInput, memoryInput, memoryListInput, memoryReviseInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const memoryRouter = router({
  list: procedure.input(memoryListInput).query(({ ctx, input }) => ctx.services.memories.list(input)),
  get: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.memories.get(input.id), 'memory', input.id)),
  versions: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.memories.versions(input.id), 'memory', input.id)),
  remember: procedure.input(memoryInput).mutation(({ ctx, input }) => ctx.services.memories.remember(input)),
  revise: procedure
    .input(memoryReviseInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.memories.revise(input.id, input.change), 'memory', input.id),
    ),
  forget: procedure.input(forgetInput).mutation(({ ctx, input }) => ctx.services.memories.forget(input)),
  restore: procedure
    .input(idInput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.memories.restore(input.id), 'memory', input.id)),
});
