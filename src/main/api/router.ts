import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { eventsInput, idInput, searchInput, sessionListInput, timelineInput } from './schemas.ts';
import { procedure, router } from './trpc.ts';

function found<T>(value: T | null, what: string, id: string): T {
  if (value === null) throw new TRPCError({ code: 'NOT_FOUND', message: `There is no ${what} with the id ${id}.` });
  return value;
}

/** Every operation of the memory, once; Electron IPC, HTTP and the command line all call this. */
export const appRouter = router({
  status: router({
    get: procedure.query(({ ctx }) => ctx.services.status()),
  }),
  capture: router({
    setPaused: procedure
      .input(z.object({ paused: z.boolean() }))
      .mutation(({ ctx, input }) => ctx.services.setPaused(input.paused)),
  }),
  projects: router({
    list: procedure.query(({ ctx }) => ctx.services.read.listProjects()),
  }),
  sessions: router({
    list: procedure.input(sessionListInput).query(({ ctx, input }) => ctx.services.read.listSessions(input)),
    get: procedure
      .input(idInput)
      .query(async ({ ctx, input }) => found(await ctx.services.read.getSession(input.id), 'session', input.id)),
    timeline: procedure.input(timelineInput).query(({ ctx, input }) => ctx.services.read.timeline(input)),
  }),
  observations: router({
    get: procedure
      .input(idInput)
      .query(async ({ ctx, input }) =>
        found(await ctx.services.read.getObservation(input.id), 'observation', input.id),
      ),
  }),
  search: router({
    query: procedure.input(searchInput).query(({ ctx, input }) => ctx.services.read.search(input)),
  }),
  context: router({
    preview: procedure
      .input(z.object({ project_id: z.string().min(1).max(200) }))
      .query(async ({ ctx, input }) =>
        found(await ctx.services.read.previewContext(input.project_id), 'project', input.project_id),
      ),
  }),
  hooks: router({
    install: procedure.mutation(({ ctx }) => ctx.services.installHooks()),
    uninstall: procedure.mutation(({ ctx }) => ctx.services.uninstallHooks()),
  }),
  tickets: router({
    create: procedure.mutation(({ ctx }) => ({ ticket: ctx.services.issueTicket() })),
  }),
  events: router({
    subscribe: procedure.input(eventsInput).subscription(async function* ({ ctx, input, signal }) {
      const { lastEventId, ...filter } = input;
      const stop = signal ?? new AbortController().signal;
      for await (const event of ctx.services.events({ ...filter, after: lastEventId ?? undefined }, stop)) {
        yield tracked(String(event.type === 'gap' ? event.next - 1 : event.id), event);
      }
    }),
  }),
});

export type AppRouter = typeof appRouter;
