import { found } from '../found.ts';
import { contextChoiceOutput, contextPreviewOutput, injectionPageOutput } from '../outputs/context-outputs.ts';
import { contextChoiceInput, contextScopeInput, injectionListInput, previewInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'context';

export const contextRouter = router({
  preview: procedure
    .meta({
      summary: 'What a session of a project would be given now, byte for byte.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/context/preview', mayMiss: true },
    })
    .input(previewInput)
    .output(contextPreviewOutput)
    .query(async ({ ctx, input }) => {
      const { prompt, file } = input;
      const kind = input.kind ?? (prompt !== undefined ? 'prompt' : file !== undefined ? 'file' : 'startup');
      const preview = await ctx.services.context.preview({ ...input, kind });
      return input.session_id === undefined
        ? found(preview, 'project', input.project_id)
        : found(preview, 'session of that project', input.session_id);
    }),
  injections: procedure
    .meta({
      summary: 'What was given to agents, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/context/injections' },
    })
    .input(injectionListInput)
    .output(injectionPageOutput)
    .query(({ ctx, input }) => ctx.services.context.injections(input)),
  choice: procedure
    .meta({
      summary: 'What may be given: in general, in a project, or in a session.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/context/choices', mayMiss: true },
    })
    .input(contextScopeInput)
    .output(contextChoiceOutput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.context.choice(input), 'project or session', input.session_id ?? input.project_id ?? ''),
    ),
  choose: procedure
    .meta({
      summary: 'Chooses what may be given: in general, in a project, or in a session.',
      tag,
      scope: 'admin',
      target: 'project_id',
      rest: { method: 'PATCH', path: '/context/choices', body: 'choice' },
    })
    .input(contextChoiceInput)
    .output(contextChoiceOutput)
    .mutation(async ({ ctx, input: { choice, ...scope } }) =>
      found(
        await ctx.services.context.choose(scope, choice),
        'project or session',
        scope.session_id ?? scope.project_id ?? '',
      ),
    ),
});
