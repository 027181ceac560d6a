import type { Context } from 'hono';
import type { AppVariables } from '../app.ts';
import { whenDone } from '../request-basics.ts';
import type { McpEndpoint, McpEndpointOptions } from './mcp-endpoint.ts';

/** `/mcp`. What it needs is loaded when the first agent comes: most starts of the worker see none at once. */
export function mcpRoute(options: McpEndpointOptions) {
  let endpoint: Promise<McpEndpoint> | null = null;
  return async (c: Context<{ Variables: AppVariables }>): Promise<Response> => {
    endpoint ??= import('./mcp-endpoint.ts').then(({ createMcpEndpoint }) => createMcpEndpoint(options));
    const answer = await (await endpoint).fetch(c.req.raw, c.get('api'), whenDone(c.env));
    // With the headers that were said before, of limits.
    return c.newResponse(answer.body, answer);
  };
}
