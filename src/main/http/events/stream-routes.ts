import type { Context } from 'hono';
import { z } from 'zod';
import type { AuditService } from '../../api/access-services.ts';
import type { App, AppVariables } from '../app.ts';
import { fail } from '../problem.ts';
import { recordRefusal } from '../resolve-caller.ts';
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
  /** Notes what was asked for; the connection itself is opened when the answer has passed the framework. */
  function accept(c: StreamContext, kind: 'sse' | 'websocket', plan: SsePlan | null): Response {
    const context = c.get('api');
    const { caller } = context;
    if (!caller.scopes.has('read')) {
      recordRefusal(audit, c, caller, 'FORBIDDEN');
      return fail(c, 403, 'FORBIDDEN', `This needs the scope "read", which ${caller.name} does not have.`);
    }
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

  function acceptPlan(c: StreamContext, planned: (request: PlanRequest) => SsePlan): Response {
    const request: PlanRequest = {
      query: c.req.query(),
      lastEventId: c.req.header('last-event-id'),
      openStreams: streams.counters().sse + 1,
    };
    try {
      return accept(c, 'sse', planned(request));
    } catch (error) {
      if (error instanceof z.ZodError) return fail(c, 400, 'INVALID_QUERY', z.prettifyError(error));
      throw error;
    }
  }

  for (const [path, plan] of Object.entries(plans)) {
    app.get(path, (c: StreamContext) => acceptPlan(c, plan));
  }
  app.get(`${sessionStreams}:session_id`, async (c: StreamContext) => {
    const id = c.req.param('session_id') ?? '';
    const session = await c.get('api').services.read.getSession(id);
    if (session === null) return fail(c, 404, 'NOT_FOUND', `There is no session with the id ${id.slice(0, 200)}.`);
    return acceptPlan(c, (request) => nativePlan(request, { session_id: id }));
  });
  app.get(socketPath, (c: StreamContext) => {
    const opening = openingOf(c.req.raw);
    if (opening?.kind === 'websocket') return accept(c, 'websocket', null);
    c.header('Upgrade', 'websocket');
    return fail(c, 426, 'UPGRADE_REQUIRED', 'This address is a WebSocket: connect to it with ws://.');
  });
}
