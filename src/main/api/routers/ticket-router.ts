import { ticketOutput } from '../outputs/event-outputs.ts';
import { procedure, router } from '../trpc.ts';

export const ticketRouter = router({
  create: procedure
    .meta({
      summary: 'A ticket that opens one event stream with the rights of the caller, once, within a minute.',
      tag: 'auth',
      scope: 'read',
      isRoutine: true,
      rest: { method: 'POST', path: '/tickets', status: 201 },
    })
    .output(ticketOutput)
    .mutation(({ ctx }) => ({ ticket: ctx.services.issueTicket(ctx.caller) })),
});
