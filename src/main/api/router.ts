import { adminRouter } from './routers/admin-router.ts';
import { agentRouter } from './routers/agent-router.ts';
import { askRouter } from './routers/ask-router.ts';
import { auditRouter } from './routers/audit-router.ts';
import { authRouter } from './routers/auth-router.ts';
import { captureRouter } from './routers/capture-router.ts';
import { configurationRouter } from './routers/configuration-router.ts';
import { contextRouter } from './routers/context-router.ts';
import { costRouter } from './routers/cost-router.ts';
import { deletionRouter } from './routers/deletion-router.ts';
import { embeddingRouter } from './routers/embedding-router.ts';
import { eventRouter } from './routers/event-router.ts';
import { graphRouter } from './routers/graph-router.ts';
import { healthRouter } from './routers/health-router.ts';
import { historyRouter } from './routers/history-router.ts';
import { hookRouter } from './routers/hook-router.ts';
import { indexRouter } from './routers/index-router.ts';
import { jobRouter } from './routers/job-router.ts';
import { keyRouter } from './routers/key-router.ts';
import { learningRouter } from './routers/learning-router.ts';
import { mcpRouter } from './routers/mcp-router.ts';
import { memoryRouter } from './routers/memory-router.ts';
import { messageRouter } from './routers/message-router.ts';
import { modelRouter } from './routers/model-router.ts';
import { observationRouter } from './routers/observation-router.ts';
import { organizationRouter } from './routers/organization-router.ts';
import { permissionRouter } from './routers/permission-router.ts';
import { projectRouter } from './routers/project-router.ts';
import { promptRouter } from './routers/prompt-router.ts';
import { searchRouter } from './routers/search-router.ts';
import { sessionRouter } from './routers/session-router.ts';
import { statsRouter } from './routers/stats-router.ts';
import { statusRouter } from './routers/status-router.ts';
import { summaryRouter } from './routers/summary-router.ts';
import { ticketRouter } from './routers/ticket-router.ts';
import { toolRouter } from './routers/tool-router.ts';
import { upkeepRouter } from './routers/upkeep-router.ts';
import { userRouter } from './routers/user-router.ts';
import { router } from './trpc.ts';

/** Every operation of the memory, once; Electron IPC, HTTP and the command line all call this. */
export const appRouter = router({
  status: statusRouter,
  capture: captureRouter,
  projects: projectRouter,
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
  mcp: mcpRouter,
  graph: graphRouter,
  upkeep: upkeepRouter,
  ask: askRouter,
  history: historyRouter,
  prompts: promptRouter,
  messages: messageRouter,
  deletions: deletionRouter,
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
  hooks: hookRouter,
  tickets: ticketRouter,
  events: eventRouter,
});

export type AppRouter = typeof appRouter;
