import { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Context } from 'hono';
import type { AppRouter } from '../api/router.ts';
import type { ApiContext } from '../api/trpc.ts';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import type { AppVariables } from './app.ts';
import type { OpenStreams } from './events/open-streams.ts';
import { challengeOf } from './problem.ts';
import { hangUp, whenDone } from './request-basics.ts';

type CallContext = Context<{ Variables: AppVariables }>;

export interface TrpcRouteParts {
  router: AppRouter;
  streams: Pick<OpenStreams, 'refusal' | 'add'>;
  log: Pick<Logger, 'error'>;
}

/** The one subscription without an end; an answer to a question ends by itself. */
const endless = 'events.subscribe';

/** Everything below `/trpc`, for whoever has `api` set in Hono's context. */
export function trpcRoute({ router, streams, log }: TrpcRouteParts) {
  /** Throws TOO_MANY_REQUESTS or SERVICE_UNAVAILABLE where there is no room for one more stream. */
  function watch(c: CallContext, { caller }: ApiContext): void {
    const refusal = streams.refusal(caller);
    if (refusal !== null) {
      const code = refusal.status === 429 ? 'TOO_MANY_REQUESTS' : 'SERVICE_UNAVAILABLE';
      throw new TRPCError({ code, message: refusal.message });
    }
    const left = streams.add({
      kind: 'sse',
      caller,
      scope: 'read',
      beat: () => {},
      isStalled: () => false,
      end(reason) {
        // Of a memory that closes, the subscription hears by itself.
        if (reason !== 'shutdown') hangUp(c.env);
      },
    });
    whenDone(c.env)(left);
  }

  return async (c: CallContext): Promise<Response> => {
    const answer = await fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router,
      createContext({ info }) {
        const api = c.get('api');
        if (info.calls.some(({ path }) => path === endless)) watch(c, api);
        return api;
      },
      // A pasted error log as a query does not fit into an address.
      allowMethodOverride: true,
      onError: ({ error, path }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR') {
          log.error('A call failed.', { path, reason: toLogFormat(error.cause ?? error) });
        }
      },
    });
    // Of a wrong password.
    if (answer.status === 401) c.header('WWW-Authenticate', challengeOf('UNAUTHORIZED'));
    // With the headers that were said before, of limits and of CORS.
    return c.newResponse(answer.body, answer);
  };
}
