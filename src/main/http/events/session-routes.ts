import { z } from 'zod';
import type { PermissionRequestView } from '../../../shared/permission-views.ts';
import type { AppRouter } from '../../api/router.ts';
import type { App } from '../app.ts';
import { fail } from '../problem.ts';
import { callOperation } from '../rest/call-operation.ts';
import { detailsOfIssues, inOneSentence } from '../rest/error-answer.ts';
import { jsonBody } from '../rest/json-body.ts';
import type { OpenStreams } from './open-streams.ts';

/** Beside the stream of a session: whether it lives and what it waits for, and the answer to that. */

const id = z.string().min(1).max(200);
const behaviours = z.enum(['allow', 'deny']);

/** Either name of a field will do: clients of two kinds send this. */
export const permissionResponse = z
  .object({
    permission_id: id.optional(),
    request_id: id.optional(),
    decision: behaviours.optional(),
    behavior: behaviours.optional(),
    message: z.string().trim().min(1).max(500).optional(),
  })
  .transform(({ permission_id, request_id, decision, behavior, message }) => ({
    permissionId: permission_id ?? request_id,
    behavior: behavior ?? decision,
    message,
  }))
  .refine(({ permissionId }) => permissionId !== undefined, {
    error: 'Say which request: permission_id.',
    path: ['permission_id'],
  })
  .refine(({ behavior }) => behavior !== undefined, {
    error: 'Say what is decided: decision is allow or deny.',
    path: ['decision'],
  });

export const sessionHealth = z
  .object({
    session_id: z.string(),
    status: z.enum(['active', 'ended']),
    last_event_at: z.string(),
    /** Open streams of the caller's organisation. */
    connections: z.int(),
    pending_permissions: z.array(
      z.object({ permission_id: z.string(), tool: z.string(), summary: z.string(), expires_at: z.string() }),
    ),
  })
  .meta({ id: 'SessionHealth' });

export const permissionDone = z
  .object({ success: z.boolean(), permission_id: z.string(), decision: behaviours })
  .meta({ id: 'PermissionAnswered' });

const mostPending = 50;

interface SessionRouteParts {
  router: AppRouter;
  streams: OpenStreams;
}

export function addSessionRoutes(app: App, { router, streams }: SessionRouteParts): void {
  app.get('/api/v1/sse/health/:session_id', async (c) => {
    const sessionId = c.req.param('session_id');
    const { caller, services } = c.get('api');
    const session = await services.read.getSession(sessionId);
    if (session === null) return fail(c, 404, 'NOT_FOUND', 'There is no such session.');
    const pending = await services.permissions.list({ session_id: sessionId, states: ['pending'], limit: mostPending });
    const health: z.infer<typeof sessionHealth> = {
      session_id: session.id,
      status: session.status,
      last_event_at: session.last_event_at,
      connections: streams.openOf(caller.organizationId),
      pending_permissions: pending.data.map(toPending),
    };
    return c.json(health);
  });

  app.post('/api/v1/sse/permission-response/:session_id', async (c) => {
    const read = permissionResponse.safeParse(await jsonBody(c));
    if (!read.success) {
      const details = detailsOfIssues(read.error.issues);
      return fail(c, 400, 'INVALID_INPUT', inOneSentence(details), { details });
    }
    const { permissionId = '', behavior, message } = read.data;
    const found = await c.get('api').services.permissions.get(permissionId);
    if (found === null || found.session_id !== c.req.param('session_id')) {
      return fail(c, 404, 'NOT_FOUND', 'This session waits for no permission of that id.');
    }
    const decision = { id: permissionId, behavior, ...(message === undefined ? {} : { message }) };
    // Through the contract, which writes it down.
    const operation = { name: 'permissions.decide', type: 'mutation' } as const;
    await callOperation(c, router, operation, decision, new AbortController());
    return c.json({ success: true, permission_id: permissionId, decision: behavior });
  });
}

function toPending({ id: permissionId, tool, summary, expires_at }: PermissionRequestView) {
  return { permission_id: permissionId, tool, summary, expires_at };
}
