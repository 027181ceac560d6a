import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import type { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Access } from '../access/access.ts';
import { anonymousCaller, type Caller } from '../access/caller.ts';
import type { AuditService } from '../api/access-services.ts';
import type { AppRouter } from '../api/router.ts';
import type { ApiContext } from '../api/trpc.ts';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import { pageHeaders } from '../../shared/page-headers.ts';
import { shareWith } from './cors.ts';
import type { Guard } from './guard.ts';
import { createRateLimits } from './limit-rate.ts';
import { recordRefusal, resolveCaller } from './resolve-caller.ts';
import { serveMetrics } from './metrics-route.ts';
import { countTraffic, type Traffic } from './traffic.ts';
import { serveDocs } from './docs-page.ts';
import { mcpRoute } from './mcp/mcp-route.ts';
import type { OpenStreams } from './events/open-streams.ts';
import { addSessionRoutes } from './events/session-routes.ts';
import { addStreamRoutes, isStreamPath } from './events/stream-routes.ts';
import { addPeerHealth, addPeerRoutes } from './peers/peer-routes.ts';
import { fail } from './problem.ts';
import { addScopeGuards } from './scope-guard.ts';
import { serveOpenapi } from './openapi/openapi-route.ts';
import { otherPaths } from './openapi/other-paths.ts';
import {
  cameOverTls,
  identifyRequest,
  limitBody,
  refuseUnknownVersion,
  tagPacked,
  tell,
  tokenOf,
  whenDone,
} from './request-basics.ts';
import { answerTo, detailsOfIssues, inOneSentence, internalError } from './rest/error-answer.ts';
import { BodyError, jsonBody } from './rest/json-body.ts';
import { type RestOperation, restOperations } from './rest/rest-operation.ts';
import { addOtherMethods, addRestRoutes, routeOf } from './rest/rest-routes.ts';
import { searchStream } from './search-route.ts';
import { trpcRoute } from './trpc-route.ts';
import { serveViewer } from './viewer.ts';

const longestChallenge = 200;

export interface AppOptions {
  access: Access;
  router: AppRouter;
  /** Refusals at the door are written down there. */
  audit: Pick<AuditService, 'record'>;
  guard: Guard;
  /** Of pages that may read answers. */
  origins: readonly string[];
  /** Rejects with NOT_FOUND when the caller's organisation is gone. */
  contextFor(
    caller: Caller,
    call: Pick<ApiContext, 'origin' | 'requestId' | 'address'>,
    /** Says what to do when the answer is out, or the stream has ended. */
    whenDone: (done: () => void) => void,
  ): Promise<ApiContext>;
  /** Makes a viewer's key durable. */
  keepViewerKey(keyHash: Uint8Array, expiresAt: number): Promise<void>;
  rendererDir: string;
  version: string;
  startedAt: number;
  port: () => number;
  streams: OpenStreams;
  traffic: Traffic;
  log: Logger;
}

/** Streams besides those of events/ that a ticket opens. */
const streamPaths: ReadonlySet<string> = new Set(['/trpc/events.subscribe', '/trpc/ask.stream']);

const redeemBody = z.object({ ticket: z.string().min(1).max(200) });

/** What routes find in Hono's context; `api` is there behind the token check and on public operations. */
export interface AppVariables {
  requestId: string;
  /** Where the request came from. */
  address: string | null;
  api: ApiContext;
}

export type App = Hono<{ Variables: AppVariables }>;

/** Everything on the port but the hooks: health, event stream, tRPC, and the web viewer. */
export function createApp(options: AppOptions): App {
  const { access, audit, port } = options;
  const app: App = new Hono();
  const contextOf = (c: Context<{ Variables: AppVariables }>, caller: Caller) =>
    options.contextFor(
      caller,
      { origin: 'http', requestId: c.get('requestId'), address: c.get('address') },
      whenDone(c.env),
    );

  app.use(identifyRequest);
  app.use(countTraffic(options.traffic));
  app.use(async (c, next) => {
    await next();
    tell(c, pageHeaders);
  });

  app.use(async (c, next) => {
    const isSecure = cameOverTls(c.env);
    const refusal = options.guard({ host: c.req.header('host'), origin: c.req.header('origin'), isSecure });
    if (refusal === null) return next();
    recordRefusal(audit, c, null, refusal.code);
    return fail(c, refusal.status, refusal.code, refusal.message);
  });
  app.use(shareWith(options.origins));
  app.use(limitBody);
  app.use(refuseUnknownVersion);
  app.use('/api/*', tagPacked);
  app.use('/api/*', compress({ contentTypeFilter: /^application\/json/ }));

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

  const operations = restOperations(options.router);
  const limits = createRateLimits(operations, (c, caller) => recordRefusal(audit, c, caller, 'RATE_LIMITED'));
  const doors = { access, audit, limits, opensByTicket: (path: string) => streamPaths.has(path) || isStreamPath(path) };

  app.post('/api/v1/viewer/redeem', limits.limitAddress, async (c) => {
    const body = redeemBody.safeParse((await jsonBody(c)) ?? {});
    if (!body.success) {
      const details = detailsOfIssues(body.error.issues);
      return fail(c, 400, 'INVALID_INPUT', inOneSentence(details), { details });
    }
    if (!access.redeemTicket('viewer', body.data.ticket)) {
      return fail(
        c,
        401,
        'TICKET_INVALID',
        'This link was used before or has expired. Get a new one: cmem token --link',
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

  const docs = serveDocs(options.rendererDir);
  app.get('/docs', docs);
  app.get('/docs/*', docs);

  addPeerHealth(app, options.version, options.startedAt);
  app.get('/api/v1/openapi.json', serveOpenapi(operations, options.version));
  const isOpen = ({ meta }: RestOperation) => meta.scope === 'public';
  const answerCalls = trpcRoute(options);
  const letAnyoneIn: MiddlewareHandler<{ Variables: AppVariables }> = async (c, next) => {
    const known = await access.authenticate(tokenOf(c));
    // Hooks are not counted, and have no business here.
    const caller = known === null || known.kind === 'hook' ? anonymousCaller : known;
    const tooMany = limits.limit(c, caller);
    if (tooMany !== null) return tooMany;
    c.set('api', await contextOf(c, caller));
    return next();
  };
  for (const operation of operations.filter(isOpen)) {
    app.on(operation.meta.rest.method, routeOf(operation), letAnyoneIn);
    // For a page that logs somebody in; one call in a request, never one of many in a batch.
    if (operation.meta.tag === 'auth') app.on('POST', `/trpc/${operation.name}`, letAnyoneIn, answerCalls);
  }
  addRestRoutes(app, operations.filter(isOpen), options);

  app.use(async (c, next) => {
    const caller = await resolveCaller(c, doors);
    if (caller instanceof Response) return caller;
    c.set('api', await contextOf(c, caller));
    return next();
  });

  addScopeGuards(app, otherPaths, audit);

  app.post('/api/v1/viewer/links', (c) => {
    const { caller } = c.get('api');
    const ticket = access.issueTicket('viewer', caller);
    return c.json({ url: viewerUrl(port(), ticket) }, 201);
  });

  app.get('/api/v1/search', searchStream(operations, options));

  addStreamRoutes(app, options);
  addSessionRoutes(app, options);

  app.on(['GET', 'POST', 'DELETE'], '/mcp', mcpRoute(options, limits));

  app.get('/api/v1/metrics', serveMetrics);
  addPeerRoutes(app, options);

  app.all('/trpc/*', answerCalls);

  addRestRoutes(
    app,
    operations.filter((operation) => !isOpen(operation)),
    options,
  );
  addOtherMethods(app, [
    ...operations.map(({ meta: { rest } }) => ({ method: rest.method, path: `/api/v1${rest.path}` })),
    ...otherPaths,
  ]);

  app.notFound((c) => fail(c, 404, 'NOT_FOUND', nothingAt(c.req.method, c.req.path)));
  app.onError((error: Error | HTTPException, c) => {
    if ('getResponse' in error) return error.getResponse();
    if (error instanceof BodyError) return fail(c, error.status, error.code, error.message);
    const known = answerTo(error);
    if (known !== null) {
      return fail(c, known.status, known.code, known.message, known.details ? { details: known.details } : {});
    }
    options.log.error('A request failed.', { path: c.req.path, reason: toLogFormat(error) });
    return fail(c, internalError.status, internalError.code, internalError.message);
  });
  return app;
}

function nothingAt(method: string, path: string): string {
  const nothing = `There is nothing at ${method} ${path}.`;
  if (/^\/api\/?(?:v1\/?)?$/.test(path)) return `${nothing} GET /api/v1/openapi.json says what there is.`;
  return path.endsWith('/') ? `${nothing} Addresses end without a slash.` : nothing;
}

/** The fragment never reaches a server or a log. */
export function viewerUrl(port: number, ticket: string): string {
  return `http://127.0.0.1:${port}/#ticket=${ticket}`;
}
