import type { Context } from 'hono';
import type { AppVariables } from '../app.ts';
import { whenDone } from '../request-basics.ts';
import type { RateLimits } from '../limit-rate.ts';
import type { McpEndpoint, McpEndpointOptions } from './mcp-endpoint.ts';

/** `/mcp`. What it needs is loaded when the first agent comes: most starts of the worker see none at once. */
export function mcpRoute(options: McpEndpointOptions, limits: Pick<RateLimits, 'limitNext'>) {
  let endpoint: Promise<McpEndpoint> | null = null;
  return async (c: Context<{ Variables: AppVariables }>): Promise<Response> => {
    endpoint ??= import('./mcp-endpoint.ts').then(({ createMcpEndpoint }) => createMcpEndpoint(options));
    const api = c.get('api');
    const hasMore = (more: number) => limits.limitNext(c, api.caller, more);
    const answer = await (await endpoint).fetch(c.req.raw, api, whenDone(c.env), hasMore);
    // With the headers that were said before, of limits.
    return c.newResponse(answer.body, answer);
  };
}
