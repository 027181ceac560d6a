import type { IncomingMessage } from 'node:http';
import type { ApiContext } from '../../api/trpc.ts';
import type { SsePlan } from './sse-stream.ts';

/** What a request that may stay open carries through the framework: past every gate, its route says what it gets. */
export interface Opening {
  kind: 'sse' | 'websocket';
  accepted: { context: ApiContext; plan: SsePlan | null } | null;
}

const openings = new WeakMap<Request, Opening>();

/** Undefined for a request that came without a connection that could stay open. */
export function openingOf(request: Request): Opening | undefined {
  return openings.get(request);
}

type Fetch = (request: Request, bindings: object) => Response | Promise<Response>;

/** Asks the routes what becomes of a connection; nothing is written to it. Rejects for a request that is none. */
export async function askRoutes(
  fetch: Fetch,
  incoming: IncomingMessage,
  opening: Opening,
  bindings: object,
): Promise<Response> {
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  // What host was asked for is in the header, which the guard looks at; here it only has to be an address.
  const address = new URL(`${scheme}://localhost`);
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  address.pathname = path;
  address.search = query;
  const request = new Request(address, { headers });
  openings.set(request, opening);
  return fetch(request, { incoming, ...bindings });
}
