import { found } from '../found.ts';
import { sessionCreateInput, sessionUpdateInput } from '../record-schemas.ts';
import { idInput, markInput, sessionListInput, timelineInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'sessions';

export const sessionRouter = router({
  list: procedure.input(sessionListInput).query(({ ctx, input }) => ctx.services.read.listSessions(input)),
  get: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.read.getSession(input.id), 'session', input.id)),
  create: procedure
    .meta({
      summary: 'Begins a session for an agent that has no hooks.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/sessions', status: 201 },
    })
    .input(sessionCreateInput)
    .mutation(({ ctx, input }) => ctx.services.records.createSession(input)),
  update: procedure
    .meta({
      summary: 'Changes the title of a session, or ends it.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PATCH', path: '/sessions/{id}', body: 'change' },
    })
    .input(sessionUpdateInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.records.updateSession(input.id, input.change), 'session', input.id),
    ),
  delete: procedure
    .meta({
      summary: 'Deletes a session; it can be restored for thirty days.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'DELETE', path: '/sessions/{id}', status: 204 },
    })
    .input(idInput)
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.records.deleteSession(input.id)) || null, 'session', input.id);
    }),
  restore: procedure
    .meta({
      summary: 'Takes back a deleted session.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/sessions/{id}/restore' },
    })
    .input(idInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.records.restoreSession(input.id), 'deleted session', input.id),
    ),
  timeline: procedure.input(timelineInput).query(({ ctx, input }) => ctx.services.read.timeline(input)),
  mark: procedure.input(markInput).mutation(async ({ ctx, input }) => {
    const known = await ctx.services.context.markSession(input.id, input.mark);
    found(known || null, 'session', input.id);
  }),
});
