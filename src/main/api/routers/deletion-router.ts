import { deletionPageOutput } from '../outputs/record-outputs.ts';
import { deletionListInput } from '../record-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const deletionRouter = router({
  list: procedure
    .meta({
      summary: 'Sessions and observations that were deleted and can be restored, the last deleted first.',
      tag: 'sessions',
      scope: 'write',
      rest: { method: 'GET', path: '/deletions' },
    })
    .input(deletionListInput)
    .output(deletionPageOutput)
    .query(({ ctx, input }) => ctx.services.records.listDeletions(input)),
});
