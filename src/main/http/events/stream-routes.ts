import type { Context } from 'hono';
import { z } from 'zod';
import type { AuditService } from '../../api/access-services.ts';
import type { App, AppVariables } from '../app.ts';
import { fail } from '../problem.ts';
import { recordRefusal } from '../resolve-caller.ts';
import { detailsOfIssues, inOneSentence } from '../rest/error-answer.ts';
import type { OpenStreams } from './open-streams.ts';
import { openingOf } from './opening.ts';
import { allTagged, nativePlan, type PlanRequest, sharedPlan, taggedPlan } from './sse-plans.ts';
import type { SsePlan } from './sse-stream.ts';

type StreamContext = Context<{ Variables: AppVariables }>;

export const socketPath = '/api/v1/ws';

/** Address → what is sent there. */
const plans: Readonly<Record<string, (request: PlanRequest) => SsePlan>> = {
  '/api/v1/stream/events': (request) => nativePlan(request),
  '/events': sharedPlan,
  '/api/events': sharedPlan,
  '/api/v1/sse': (request) => taggedPlan(request, allTagged),
  '/api/v1/sse/llm': (request) => taggedPlan(request, ['stream_chunk']),
};
const sessionStreams = '/api/v1/sse/events/';

/** Whether an address is that of a stream; a ticket opens those. */
export function isStreamPath(path: string): boolean {
  return path === socketPath || Object.hasOwn(plans, path) || path.startsWith(sessionStreams);
}

/** The addresses of all streams: behind the gate of every route it is said here what each of them sends. */
export function addStreamRoutes(
  app: App,
  { streams, audit }: { streams: OpenStreams; audit: Pick<AuditService, 'record'> },
): void {
  function refuseReader(c: StreamContext): Response | null {
    const { caller } = c.get('api');
    if (caller.scopes.has('read')) return null;
    recordRefusal(audit, c, caller, 'FORBIDDEN');
    return fail(c, 403, 'FORBIDDEN', `This needs the scope "read", which ${caller.name} does not have.`);
  }

  /** Notes what was asked for; the connection itself is opened when the answer has passed the framework. */
  function accept(c: StreamContext, kind: 'sse' | 'websocket', plan: SsePlan | null): Response {
    const context = c.get('api');
    const { caller } = context;
    const refusal = streams.refusal(caller);
    if (refusal !== null) {
      c.header('Retry-After', '5');
      return fail(c, refusal.status, refusal.code, refusal.message);
    }
    const opening = openingOf(c.req.raw);
    if (opening?.kind === kind) opening.accepted = { context, plan };
    if (kind === 'websocket') return c.body(null, 204);
    return c.body(null, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
  }

  /** What the query asks for, or the answer that says what is wrong with it. */
  function planOf(c: StreamContext, planned: (request: PlanRequest) => SsePlan): SsePlan | Response {
    const { ticket: _, ...query } = c.req.query();
    const lastEventId = c.req.header('last-event-id');
    const { organizationId } = c.get('api').caller;
    try {
      return planned({ query, lastEventId, openStreams: () => streams.openOf(organizationId) });
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const details = detailsOfIssues(error.issues);
      return fail(c, 400, 'INVALID_INPUT', inOneSentence(details), { details });
    }
  }

  for (const [path, plan] of Object.entries(plans)) {
    app.get(path, (c: StreamContext) => {
      const refused = refuseReader(c);
      if (refused !== null) return refused;
      const planned = planOf(c, plan);
      return planned instanceof Response ? planned : accept(c, 'sse', planned);
    });
  }
  app.get(`${sessionStreams}:session_id`, async (c: StreamContext) => {
    // Before the session is looked for: whether there is one is not for everybody.
    const refused = refuseReader(c);
    if (refused !== null) return refused;
    const id = c.req.param('session_id') ?? '';
    const plan = planOf(c, (request) => nativePlan(request, { session_id: id }));
    if (plan instanceof Response) return plan;
    const session = await c.get('api').services.read.getSession(id);
    if (session === null) return fail(c, 404, 'NOT_FOUND', `There is no session with the id ${id.slice(0, 200)}.`);
    return accept(c, 'sse', plan);
  });
  app.get(socketPath, (c: StreamContext) => {
    const refused = refuseReader(c);
    if (refused !== null) return refused;
    const opening = openingOf(c.req.raw);
    if (opening?.kind === 'websocket') return accept(c, 'websocket', null);
    c.header('Upgrade', 'websocket');
    return fail(c, 426, 'UPGRADE_REQUIRED', 'This address is a WebSocket: connect to it with ws://.');
  });
}
