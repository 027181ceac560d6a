import { found } from '../found.ts';
import { idInput } from '../schemas.ts';
import { regenerateInput, summaryListInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const summaryRouter = router({
  list: procedure.input(summaryListInput).query(({ ctx, input }) => ctx.services.summaries.list(input)),
  get: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.summaries.get(input.id), 'summary', input.id)),
  versions: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.summaries.versions(input.id), 'summary', input.id)),
  regenerate: procedure.input(regenerateInput).mutation(async ({ ctx, input }) => {
    const target = input.prompt_id ?? input.session_id ?? input.project_id ?? '';
    return found(await ctx.services.summaries.regenerate(input), 'such turn, session or week of', target);
  }),
  choose: procedure
    .input(idInput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.summaries.choose(input.id), 'summary', input.id)),
});
