import { found } from '../found.ts';
import { messageOutput, messagePageOutput } from '../outputs/record-outputs.ts';
import { messageListInput } from '../record-schemas.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'messages';

export const messageRouter = router({
  list: procedure
    .meta({
      summary: 'What agents said, newest first; of a session, oldest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/messages' },
    })
    .input(messageListInput)
    .output(messagePageOutput)
    .query(({ ctx, input }) => ctx.services.records.listMessages(input)),
  get: procedure
    .meta({ summary: 'One message.', tag, scope: 'read', rest: { method: 'GET', path: '/messages/{id}' } })
    .input(idInput)
    .output(messageOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.records.getMessage(input.id), 'message', input.id)),
});
