import { type AuthInfo, type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../access/caller.ts';
import type { ApiContext } from '../../api/trpc.ts';
import { createEventStore } from './event-store.ts';

/** At once, of all callers and of one; the one that was quiet for longest gives way. */
const mostSessions = 256;
const mostOfOneCaller = 32;
const idleMs = 60 * 60 * 1000;
const sweepMs = 60 * 1000;

interface McpSession {
  transport: WebStandardStreamableHTTPServerTransport;
  callerKey: string;
  lastUsedAt: number;
  openStreams: number;
  /** Ends what was begun for it. */
  stop: AbortController;
}

export interface McpSessions {
  /** Begins a session and answers its `initialize`. */
  begin(request: Request, body: unknown, api: ApiContext, authInfo: AuthInfo): Promise<Response>;
  /** Answers within a session; null when this caller has none of that id. */
  answer(id: string, request: Request, body: unknown, api: ApiContext, authInfo: AuthInfo): Promise<Response | null>;
}

/** One for each client that is connected with a 2025 revision of the protocol, each bound to whoever began it. */
export function createMcpSessions(newServer: () => McpServer): McpSessions {
  const sessions = new Map<string, McpSession>();

  function end(id: string): void {
    const session = sessions.get(id);
    sessions.delete(id);
    session?.stop.abort();
    void session?.transport.close();
  }

  const sweep = setInterval(() => {
    for (const [id, { lastUsedAt, openStreams }] of sessions) {
      if (openStreams === 0 && Date.now() - lastUsedAt > idleMs) end(id);
    }
  }, sweepMs);
  sweep.unref();

  function makeRoom(callerKey: string): void {
    const own = [...sessions].filter(([, session]) => session.callerKey === callerKey);
    const crowd = own.length >= mostOfOneCaller ? own : sessions.size >= mostSessions ? [...sessions] : [];
    const [quietest] = crowd.toSorted(([, one], [, other]) => one.lastUsedAt - other.lastUsedAt);
    if (quietest !== undefined) end(quietest[0]);
  }

  function handle(session: McpSession, request: Request, body: unknown, authInfo: AuthInfo): Promise<Response> {
    session.lastUsedAt = Date.now();
    if (request.method === 'GET') {
      session.openStreams += 1;
      request.signal.addEventListener(
        'abort',
        () => {
          session.openStreams -= 1;
          session.lastUsedAt = Date.now();
        },
        { once: true },
      );
    }
    return session.transport.handleRequest(request, { authInfo, ...(body === undefined ? {} : { parsedBody: body }) });
  }

  return {
    async begin(request, body, api, authInfo) {
      const callerKey = callerKeyOf(api.caller);
      makeRoom(callerKey);
      const stop = new AbortController();
      const transport = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        eventStore: createEventStore(),
        onsessioninitialized: (id) => void sessions.set(id, session),
        onsessionclosed: end,
      });
      const session: McpSession = { transport, callerKey, lastUsedAt: Date.now(), openStreams: 0, stop };
      const server = newServer();
      await server.connect(transport);
      const response = await handle(session, request, body, authInfo);
      if (transport.sessionId === undefined) await server.close();
      else void tellOfTools(server, api, stop.signal);
      return response;
    },
    async answer(id, request, body, api, authInfo) {
      const session = sessions.get(id);
      if (session === undefined || session.callerKey !== callerKeyOf(api.caller)) return null;
      return handle(session, request, body, authInfo);
    },
  };
}

/** Whoever comes with another token of the same user or key goes on with the same session. */
export function callerKeyOf({ kind, id, organizationId }: Caller): string {
  return `${organizationId}:${kind}:${id ?? ''}`;
}

/** The list of tools changes when the owner registers one, or switches one on or off. */
export async function tellOfTools(
  server: { sendToolListChanged(): void },
  { services }: Pick<ApiContext, 'services'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const _event of services.events({ types: ['tool.changed', 'setting.changed'] }, signal)) {
      server.sendToolListChanged();
    }
  } catch {
    // The memory or the session was closed; there is nobody left to tell.
  }
}
