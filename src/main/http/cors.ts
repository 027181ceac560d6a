import type { MiddlewareHandler } from 'hono';
import type { AppVariables } from './app.ts';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const sentHeaders = [
  'Authorization',
  'Content-Type',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'MCP-Protocol-Version',
  'MCP-Session-Id',
  'X-API-Key',
  'X-Agent-ID',
  'X-Organization-Id',
  'X-Request-Id',
].join(', ');
const toldHeaders = [
  'ETag',
  'Location',
  'MCP-Session-Id',
  'Retry-After',
  'WWW-Authenticate',
  'X-API-Version',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
].join(', ');
const preflightKeptSeconds = 600;

/**
 * Lets pages of these origins read answers (Fetch Standard, CORS protocol). Never with the browser's own credentials:
 * whoever calls sends a token. Without a list there is nothing to say, and the guard has refused the page already.
 */
export function shareWith(origins: readonly string[]): MiddlewareHandler<{ Variables: AppVariables }> {
  return async (c, next) => {
    if (origins.length > 0) c.header('Vary', 'Origin', { append: true });
    const origin = c.req.header('origin');
    if (origin === undefined || !origins.includes(origin)) return next();
    if (c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined) {
      return c.body(null, 204, {
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': sentHeaders,
        'Access-Control-Max-Age': String(preflightKeptSeconds),
        // A page of the internet asks for a port of this machine or its network.
        'Access-Control-Allow-Private-Network': 'true',
      });
    }
    await next();
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Expose-Headers', toldHeaders);
  };
}
