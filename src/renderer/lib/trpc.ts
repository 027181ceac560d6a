import { QueryClient } from '@tanstack/react-query';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type HTTPLinkOptions,
  type TRPCLink,
} from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import type { AppRouter } from '../../main/api/router.ts';
import { renewLogin, storedLogin } from './account.ts';
import { bridge } from './bridge.ts';
import { accessStore, connectionStore } from './connection.ts';
import { ipcLink } from './ipc-link.ts';
import { viewerToken } from './viewer-access.ts';

const transformer = superjson;
const url = '/trpc';

/** `fetch` that renews a login that ran out, once. */
async function fetchRenewed(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const sent = viewerToken();
  if (response.status !== 401 || sent !== storedLogin()?.access) return response;
  const renewed = await renewLogin(sent);
  if (renewed === null) return response;
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${renewed}`);
  return fetch(input, { ...init, headers });
}

/** `fetch` that tells the shell when the worker is gone or refuses us. */
async function watchedFetch(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetchRenewed(input, init);
    connectionStore.set('connected');
    if (response.status === 401) accessStore.set('needed');
    return response;
  } catch (error) {
    if (!init?.signal?.aborted) connectionStore.set('unreachable');
    throw error;
  }
}

type LinkOptions = HTTPLinkOptions<AppRouter['_def']['_config']['$types']>;

const fetchOfLink: NonNullable<LinkOptions['fetch']> = (input, init) => watchedFetch(input, init as RequestInit);

const door = {
  // A long query does not fit into an address.
  methodOverride: 'POST',
  url,
  transformer,
  fetch: fetchOfLink,
  headers(): Record<string, string> {
    const token = viewerToken();
    return token === null ? {} : { authorization: `Bearer ${token}` };
  },
} as const;

/** What was asked for in one turn travels together, and waits for its slowest; `context.alone` does not. */
const calls = splitLink<AppRouter>({
  condition: ({ context }) => context['alone'] === true,
  true: httpLink(door),
  false: httpBatchLink(door),
});

/** EventSource cannot send headers, so each connection brings a ticket that is good once. */
async function streamUrl(): Promise<string> {
  const { ticket } = await httpClient.tickets.create.mutate();
  return `${url}?ticket=${encodeURIComponent(ticket)}`;
}

const httpClient = createTRPCClient<AppRouter>({ links: [calls] });

function links(): TRPCLink<AppRouter>[] {
  if (bridge) return [ipcLink<AppRouter>({ bridge, transformer })];
  return [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url: streamUrl, transformer }),
      false: calls,
    }),
  ];
}

/** The contract: over IPC inside the desktop, over HTTP in the browser. */
export const client = createTRPCClient<AppRouter>({ links: links() });

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The event stream says when something changed; refetching on focus would only make lists jump.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && !isExpected(error),
      retryDelay: (attempt) => 400 * 2 ** attempt,
    },
    mutations: { networkMode: 'always' },
  },
});

// A query that gave up while the worker was away is asked again when it is back.
connectionStore.subscribe(() => {
  if (connectionStore.get() !== 'connected') return;
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

/** The error's code of the contract, such as NOT_FOUND; null when the worker did not answer at all. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  return typeof data.code === 'string' ? data.code : null;
}

function isExpected(error: unknown): boolean {
  const code = errorCode(error);
  return code !== null && code !== 'INTERNAL_SERVER_ERROR';
}
