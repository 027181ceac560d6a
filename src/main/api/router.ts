import { tracked } from '@trpc/server';
import { z } from 'zod';
import { adminRouter } from './routers/admin-router.ts';
import { agentRouter } from './routers/agent-router.ts';
import { auditRouter } from './routers/audit-router.ts';
import { authRouter } from './routers/auth-router.ts';
import { configurationRouter } from './routers/configuration-router.ts';
import { healthRouter } from './routers/health-router.ts';
import { keyRouter } from './routers/key-router.ts';
import { messageRouter } from './routers/message-router.ts';
import { observationRouter } from './routers/observation-router.ts';
import { organizationRouter } from './routers/organization-router.ts';
import { permissionRouter } from './routers/permission-router.ts';
import { promptRouter } from './routers/prompt-router.ts';
import { sessionRouter } from './routers/session-router.ts';
import { statsRouter } from './routers/stats-router.ts';
import { toolRouter } from './routers/tool-router.ts';
import { userRouter } from './routers/user-router.ts';
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
import { eventsInput } from './schemas.ts';
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
  sessions: sessionRouter,
  observations: observationRouter,
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
  prompts: promptRouter,
  messages: messageRouter,
  agents: agentRouter,
  tools: toolRouter,
  permissions: permissionRouter,
  stats: statsRouter,
  users: userRouter,
  organizations: organizationRouter,
  keys: keyRouter,
  auth: authRouter,
  audit: auditRouter,
  configuration: configurationRouter,
  admin: adminRouter,
  health: healthRouter,
  hooks: router({
    install: procedure.mutation(({ ctx }) => ctx.services.installHooks()),
    uninstall: procedure.mutation(({ ctx }) => ctx.services.uninstallHooks()),
  }),
  tickets: router({
    create: procedure.mutation(({ ctx }) => ({ ticket: ctx.services.issueTicket(ctx.caller) })),
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
