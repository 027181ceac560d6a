import { z } from 'zod';
import { found } from '../found.ts';
import { sessionDetailOutput, sessionOutput, sessionPageOutput } from '../outputs/session-outputs.ts';
import { observationPageOutput } from '../outputs/observation-outputs.ts';
import { sessionCreateInput, sessionUpdateInput } from '../record-schemas.ts';
import { idInput, markInput, sessionGetInput, sessionListInput, timelineInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'sessions';

/** Of each thing that `include` asks for; the cursor in it goes on in the lists of those things. */
const firstPage = 50;

export const sessionRouter = router({
  list: procedure
    .meta({
      summary: 'Sessions, the last active first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/sessions' },
    })
    .input(sessionListInput)
    .output(sessionPageOutput)
    .query(({ ctx, input }) => ctx.services.read.listSessions(input)),
  get: procedure
    .meta({
      summary: 'One session; `include` adds the first page of its prompts, observations and summaries.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/sessions/{id}' },
    })
    .input(sessionGetInput)
    .output(sessionDetailOutput)
    .query(async ({ ctx, input: { id, include = [] } }) => {
      const session = found(await ctx.services.read.getSession(id), 'session', id);
      const page = { session_id: id, limit: firstPage };
      const { read, records, summaries } = ctx.services;
      return {
        ...session,
        ...(include.includes('prompts') ? { prompts: await records.listPrompts(page) } : {}),
        ...(include.includes('observations') ? { observations: await read.timeline(page) } : {}),
        ...(include.includes('summaries') ? { summaries: await summaries.list(page) } : {}),
      };
    }),
  create: procedure
    .meta({
      summary: 'Begins a session for an agent that has no hooks.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/sessions', status: 201 },
    })
    .input(sessionCreateInput)
    .output(sessionOutput)
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
    .output(sessionDetailOutput)
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
    .output(z.void())
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
    .output(sessionOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.records.restoreSession(input.id), 'deleted session', input.id),
    ),
  erase: procedure
    .meta({
      summary: 'Erases a session for good, deleted or not.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'POST', path: '/sessions/{id}/erase', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.records.eraseSession(input.id)) || null, 'session', input.id);
    }),
  timeline: procedure
    .meta({
      summary: 'What was observed in a session, oldest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/sessions/{session_id}/observations' },
    })
    .input(timelineInput)
    .output(observationPageOutput)
    .query(async ({ ctx, input }) => {
      const page = await ctx.services.read.timeline(input);
      if (page.pagination.total > 0) return page;
      found(await ctx.services.read.getSession(input.session_id), 'session', input.session_id);
      return page;
    }),
  mark: procedure
    .meta({
      summary: 'Pins, hides or flags a session, or takes that back.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PUT', path: '/sessions/{id}/mark', status: 204 },
    })
    .input(markInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const known = await ctx.services.context.markSession(input.id, input.mark);
      found(known || null, 'session', input.id);
    }),
});
