import { found } from '../found.ts';
import { rememberInput, searchInput, similarInput, suggestInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

export const searchRouter = router({
  query: procedure.input(searchInput).query(({ ctx, input }) => ctx.services.search.query(input)),
  /** The lexical answer at once, then the one that was asked for. */
  progressive: procedure.input(searchInput).subscription(async function* ({ ctx, input, signal }) {
    yield* ctx.services.search.progressive(input, signal ?? new AbortController().signal);
  }),
  similar: procedure
    .input(similarInput)
    .query(async ({ ctx, input }) => found(await ctx.services.search.similar(input), 'observation', input.id)),
  suggest: procedure.input(suggestInput).query(({ ctx, input }) => ctx.services.search.suggest(input)),
  remember: procedure.input(rememberInput).mutation(({ ctx, input }) => ctx.services.search.remember(input.query)),
  forgetQueries: procedure.mutation(({ ctx }) => ctx.services.search.forgetQueries()),
});
