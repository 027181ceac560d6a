import type { MiddlewareHandler } from 'hono';
import { isOwner } from '../access/caller.ts';
import type { AppVariables } from './app.ts';
import { fail } from './problem.ts';

/** `GET /api/v1/metrics` in Prometheus' text format, version 0.0.4. */
export const serveMetrics: MiddlewareHandler<{ Variables: AppVariables }> = async (c) => {
  const { caller, services } = c.get('api');
  if (!isOwner(caller) && !caller.scopes.has('read')) {
    return fail(c, 403, 'FORBIDDEN', `This needs the scope "read", which ${caller.name} does not have.`);
  }
  return c.body(await services.health.metrics(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
};
