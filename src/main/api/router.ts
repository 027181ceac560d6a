import { tracked } from '@trpc/server';
import { z } from 'zod';
import { found } from './found.ts';
import { askRouter } from './routers/ask-router.ts';
import { contextRouter } from './routers/context-router.ts';
import { costRouter } from './routers/cost-router.ts';
import { embeddingRouter } from './routers/embedding-router.ts';
import { graphRouter } from './routers/graph-router.ts';
import { historyRouter } from './routers/history-router.ts';
import { indexRouter } from './routers/index-router.ts';
import { jobRouter } from './routers/job-router.ts';
import { learningRouter } from './routers/learning-router.ts';
import { memoryRouter } from './routers/memory-router.ts';
import { modelRouter } from './routers/model-router.ts';
import { searchRouter } from './routers/search-router.ts';
import { summaryRouter } from './routers/summary-router.ts';
import { upkeepRouter } from './routers/upkeep-router.ts';
import { eventsInput, idInput, markInput, sessionListInput, timelineInput } from './schemas.ts';
import { procedure, router } from './trpc.ts';

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
    mark: procedure.input(markInput).mutation(async ({ ctx, input }) => {
      const known = await ctx.services.context.markSession(input.id, input.mark);
      found(known || null, 'session', input.id);
    }),
  }),
  observations: router({
    get: procedure
      .input(idInput)
      .query(async ({ ctx, input }) =>
        found(await ctx.services.read.getObservation(input.id), 'observation', input.id),
      ),
    mark: procedure.input(markInput).mutation(async ({ ctx, input }) => {
      const known = await ctx.services.context.markObservation(input.id, input.mark);
      found(known || null, 'observation', input.id);
    }),
  }),
  search: searchRouter,
  context: contextRouter,
  embedding: embeddingRouter,
  indexes: indexRouter,
  jobs: jobRouter,
  models: modelRouter,
  costs: costRouter,
  summaries: summaryRouter,
  learnings: learningRouter,
  memories: memoryRouter,
  graph: graphRouter,
  upkeep: upkeepRouter,
  ask: askRouter,
  history: historyRouter,
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
