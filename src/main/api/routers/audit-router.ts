import { auditListInput } from '../access-schemas.ts';
import { auditEntryPageOutput } from '../outputs/access-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'audit';

export const auditRouter = router({
  list: procedure
    .meta({
      summary: 'What was done and refused, newest first.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/audit' },
    })
    .input(auditListInput)
    .output(auditEntryPageOutput)
    .query(({ ctx, input }) => ctx.services.audit.list(ctx.caller, input)),
});
