import type { MiddlewareHandler } from 'hono';
import type { AppVariables } from './app.ts';

/** `GET /api/v1/metrics` in Prometheus' text format, version 0.0.4. */
export const serveMetrics: MiddlewareHandler<{ Variables: AppVariables }> = async (c) =>
  c.body(await c.get('api').services.health.metrics(), 200, {
    'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
  });
