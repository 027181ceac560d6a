import { found } from '../found.ts';
import { promptOutput, promptPageOutput } from '../outputs/record-outputs.ts';
import { promptListInput } from '../record-schemas.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'prompts';

export const promptRouter = router({
  list: procedure
    .meta({
      summary: 'Prompts, newest first; of a session, oldest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/prompts' },
    })
    .input(promptListInput)
    .output(promptPageOutput)
    .query(({ ctx, input }) => ctx.services.records.listPrompts(input)),
  get: procedure
    .meta({ summary: 'One prompt.', tag, scope: 'read', rest: { method: 'GET', path: '/prompts/{id}' } })
    .input(idInput)
    .output(promptOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.records.getPrompt(input.id), 'prompt', input.id)),
});
