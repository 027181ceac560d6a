import { found } from '../found.ts';
import { contextChoiceInput, contextScopeInput, injectionListInput, previewInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

export const contextRouter = router({
  preview: procedure.input(previewInput).query(async ({ ctx, input }) => {
    const preview = await ctx.services.context.preview(input);
    return input.session_id === undefined
      ? found(preview, 'project', input.project_id)
      : found(preview, 'session of that project', input.session_id);
  }),
  injections: procedure.input(injectionListInput).query(({ ctx, input }) => ctx.services.context.injections(input)),
  choice: procedure
    .input(contextScopeInput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.context.choice(input), 'project or session', input.session_id ?? input.project_id ?? ''),
    ),
  choose: procedure
    .input(contextChoiceInput)
    .mutation(async ({ ctx, input: { choice, ...scope } }) =>
      found(
        await ctx.services.context.choose(scope, choice),
        'project or session',
        scope.session_id ?? scope.project_id ?? '',
      ),
    ),
});
