import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { ServerResponse } from 'node:http';
import type { AppVariables } from './app.ts';

/** Who counts what passes the port. */
export interface Traffic {
  /** `route` is the pattern that answered, never the address itself. */
  answered(request: { method: string; route: string; status: number; seconds: number }): void;
  hookAnswered(status: number, seconds: number): void;
  streamOpened(route: string): void;
  streamClosed(route: string): void;
}

/** Counts each answer once its head is there, and each stream until it ends. */
export function countTraffic(traffic: Traffic): MiddlewareHandler<{ Variables: AppVariables; Bindings: HttpBindings }> {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const matched = routePath(c);
    const route = matched.includes('*') ? 'other' : matched;
    const seconds = (performance.now() - startedAt) / 1_000;
    traffic.answered({ method: c.req.method, route, status: c.res.status, seconds });
    if (c.res.headers.get('content-type')?.startsWith('text/event-stream') !== true) return;
    traffic.streamOpened(route);
    c.env.outgoing.once('close', () => traffic.streamClosed(route));
  };
}

/** The same for hooks, which have no framework before them. */
export function countHook(traffic: Traffic, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once('close', () => traffic.hookAnswered(response.statusCode, (performance.now() - startedAt) / 1_000));
}
