import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono } from 'hono';
import type { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { Access } from '../access/access.ts';
import { type Caller, isOwner } from '../access/caller.ts';
import type { AppRouter } from '../api/router.ts';
import type { ApiContext } from '../api/trpc.ts';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import { pageHeaders } from '../../shared/page-headers.ts';
import { bearerToken, refuse } from './guard.ts';
import { problem } from './problem.ts';
import { searchRoute } from './search-route.ts';
import { streamEvents } from './stream-route.ts';
import { serveViewer } from './viewer.ts';

const largestBodyBytes = 1024 * 1024;
const longestChallenge = 200;

export interface AppOptions {
  access: Access;
  router: AppRouter;
  /** Rejects with NOT_FOUND when the caller's organisation is gone. */
  contextFor(caller: Caller, call: Pick<ApiContext, 'origin' | 'requestId' | 'address'>): Promise<ApiContext>;
  /** Makes a viewer's key durable. */
  keepViewerKey(keyHash: Uint8Array, expiresAt: number): Promise<void>;
  rendererDir: string;
  version: string;
  startedAt: number;
  port: () => number;
  log: Logger;
}

const streamPaths: ReadonlySet<string> = new Set([
  '/api/v1/stream/events',
  '/events',
  '/trpc/events.subscribe',
  '/trpc/ask.stream',
]);

const redeemBody = z.object({ ticket: z.string().min(1).max(200) });

/** What the routes behind the token check find in Hono's context. */
export interface AppVariables {
  api: ApiContext;
}

export type App = Hono<{ Variables: AppVariables }>;

/** Everything on the port but the hooks: health, event stream, tRPC, and the web viewer. */
export function createApp(options: AppOptions): App {
  const { access, port } = options;
  const app: App = new Hono();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(pageHeaders)) c.header(name, value);
  });

  app.use(async (c, next) => {
    const refusal = refuse({ host: c.req.header('host'), origin: c.req.header('origin'), port: port() });
    if (refusal !== null) return c.json(problem(refusal.code, refusal.message), refusal.status);
    return next();
  });

  // Measured by the header, before anything reads the body; chunked bodies of unknown length are not needed by any client.
  app.use(async (c, next) => {
    if (c.req.header('transfer-encoding') !== undefined) {
      return c.json(problem('LENGTH_REQUIRED', 'Send the body with a Content-Length.'), 411);
    }
    if (Number(c.req.header('content-length') ?? 0) > largestBodyBytes) {
      return c.json(problem('BODY_TOO_LARGE', 'The body is larger than 1 MB.'), 413);
    }
    return next();
  });

  app.get('/api/v1/health', (c) => {
    const challenge = c.req.query('challenge')?.slice(0, longestChallenge);
    return c.json({
      status: 'ok',
      version: options.version,
      pid: process.pid,
      uptime_ms: Date.now() - options.startedAt,
      ...(challenge === undefined ? {} : { proof: access.prove(challenge) }),
    });
  });

  app.post('/api/v1/viewer/redeem', async (c) => {
    const body = redeemBody.safeParse(await c.req.json().catch(() => null));
    if (!body.success) return c.json(problem('INVALID_BODY', 'Send {"ticket": "…"} as JSON.'), 400);
    if (!access.redeemTicket('viewer', body.data.ticket)) {
      return c.json(
        problem('TICKET_INVALID', 'This link was used before or has expired. Get a new one: cmem token --link'),
        401,
      );
    }
    const key = access.newViewerKey();
    await options.keepViewerKey(key.keyHash, key.expiresAt);
    return c.json({ token: key.token, expires_at: new Date(key.expiresAt).toISOString() });
  });

  const viewer = serveViewer(options.rendererDir);
  app.get('/', viewer);
  app.get('/index.html', viewer);
  app.get('/assets/*', viewer);
  // What lies beside the page: the theme script, the icon.
  app.get('/:file{[a-z-]+\\.(?:js|svg|png|ico)}', viewer);

  app.use(async (c, next) => {
    const ticket = c.req.query('ticket');
    // A ticket stands in an address, so it opens a stream and nothing else.
    const byTicket = ticket !== undefined && streamPaths.has(c.req.path) ? access.redeemTicket('stream', ticket) : null;
    const caller = byTicket ?? (await access.authenticate(bearerToken(c.req.header('authorization'))));
    if (caller === null) {
      return c.json(
        problem('UNAUTHORIZED', 'Send the owner token as "Authorization: Bearer …"; cmem token prints it.'),
        401,
      );
    }
    if (caller.kind === 'hook') return c.json(problem('FORBIDDEN', 'This token may only post hooks.'), 403);
    c.set('api', await options.contextFor(caller, { origin: 'http', requestId: randomUUID(), address: null }));
    return next();
  });

  app.post('/api/v1/viewer/links', (c) => {
    const { caller } = c.get('api');
    if (!isOwner(caller)) return c.json(problem('FORBIDDEN', 'Only the owner may open the viewer for a browser.'), 403);
    const ticket = access.issueTicket('viewer', caller);
    return c.json({ url: viewerUrl(port(), ticket) }, 201);
  });

  app.get('/api/v1/search', searchRoute(options.log));

  const stream = streamEvents();
  app.get('/api/v1/stream/events', stream);
  app.get('/events', stream);

  app.all('/trpc/*', (c) =>
    fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: options.router,
      createContext: () => c.get('api'),
      // A pasted error log as a query does not fit into an address.
      allowMethodOverride: true,
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') {
          options.log.error('A call failed.', { path, reason: toLogFormat(error.cause ?? error) });
        }
      },
    }),
  );

  app.notFound((c) => c.json(problem('NOT_FOUND', `There is nothing at ${c.req.method} ${c.req.path}.`), 404));
  app.onError((error: Error | HTTPException, c) => {
    if ('getResponse' in error) return error.getResponse();
    options.log.error('A request failed.', { path: c.req.path, reason: toLogFormat(error) });
    return c.json(problem('INTERNAL_ERROR', 'The memory could not answer; its log says why.'), 500);
  });
  return app;
}

/** The fragment never reaches a server or a log. */
export function viewerUrl(port: number, ticket: string): string {
  return `http://127.0.0.1:${port}/#ticket=${ticket}`;
}
