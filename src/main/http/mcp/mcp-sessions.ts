import { type AuthInfo, type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { randomUUID } from 'node:crypto';
import { type Caller, isOwner } from '../../access/caller.ts';
import type { ApiContext } from '../../api/trpc.ts';
import type { OpenStreams } from '../events/open-streams.ts';
import { createEventStore } from './event-store.ts';
import { rpcError } from './rpc-error.ts';

/** At once, of all callers. */
const mostSessions = 512;
/** Of one caller: beyond this the one that was quiet for longest gives way, unless a stream or a call of it is open. */
const mostOfOneCaller = 32;
/** Of one caller that is not the owner, all of them in use. */
const mostInUse = 128;
const idleMs = 60 * 60 * 1000;
const sweepMs = 60 * 1000;

/** One HTTP request of a client. */
export interface McpCall {
  request: Request;
  body: unknown;
  api: ApiContext;
  authInfo: AuthInfo;
  /** Says what to do when the answer is out, or the client gone. */
  whenDone(done: () => void): void;
}

interface McpSession {
  id: string;
  server: McpServer;
  transport: WebStandardStreamableHTTPServerTransport;
  callerKey: string;
  lastUsedAt: number;
  /** Requests whose answer is not out, streams among them. */
  underWay: number;
  openStreams: number;
  /** Whether a memory tells it of tools. */
  isTold: boolean;
  /** Ends what was begun for it. */
  stop: AbortController;
}

export interface McpSessions {
  /** Begins a session and answers its `initialize`. */
  begin(call: McpCall): Promise<Response>;
  /** Answers within a session; null when this caller has none of that id. */
  answer(id: string, call: McpCall): Promise<Response | null>;
}

/** One for each client that is connected with a 2025 revision of the protocol, each bound to whoever began it. */
export function createMcpSessions(
  newServer: () => McpServer,
  streams: Pick<OpenStreams, 'refusal' | 'add'>,
): McpSessions {
  const sessions = new Map<string, McpSession>();

  function end(id: string): void {
    const session = sessions.get(id);
    sessions.delete(id);
    session?.stop.abort();
    void session?.transport.close();
  }

  const sweep = setInterval(() => {
    for (const [id, { lastUsedAt, underWay }] of sessions) {
      if (underWay === 0 && Date.now() - lastUsedAt > idleMs) end(id);
    }
  }, sweepMs);
  sweep.unref();

  /** The answer to a client for which there is no room: what somebody works with is not ended for it. */
  function makeRoom(caller: Caller): Response | null {
    const callerKey = callerKeyOf(caller);
    const own = [...sessions.values()].filter((session) => session.callerKey === callerKey);
    const isFull = sessions.size >= mostSessions;
    if (!isFull && own.length < mostOfOneCaller) return null;
    const [quietest] = (own.length >= mostOfOneCaller ? own : [...sessions.values()])
      .filter(({ underWay }) => underWay === 0)
      .toSorted((one, other) => one.lastUsedAt - other.lastUsedAt);
    if (quietest !== undefined) end(quietest.id);
    else if (isFull) return rpcError(503, -32_000, `${mostSessions} sessions are in use; come back in a while.`);
    else if (own.length >= mostInUse && !isOwner(caller)) {
      return rpcError(429, -32_000, `${caller.name} has ${mostInUse} sessions in use; end some with DELETE /mcp.`);
    }
    return null;
  }

  async function handle(session: McpSession, call: McpCall): Promise<Response> {
    const { request, body, api, authInfo, whenDone } = call;
    session.underWay += 1;
    whenDone(() => {
      session.underWay -= 1;
      session.lastUsedAt = Date.now();
    });
    const isStream = request.method === 'GET';
    const refusal = isStream ? streams.refusal(api.caller) : null;
    if (refusal !== null) return rpcError(refusal.status, -32_000, refusal.message);
    const parsed = body === undefined ? {} : { parsedBody: body };
    const response = await session.transport.handleRequest(request, { authInfo, ...parsed });
    if (isStream && response.ok) watch(session, call);
    if (sessions.has(session.id)) tell(session, api);
    return response;
  }

  /** Its stream ends with the key that opened it, and with the worker. */
  function watch(session: McpSession, { api: { caller }, whenDone }: McpCall): void {
    session.openStreams += 1;
    const left = streams.add({
      kind: 'sse',
      caller,
      scope: null,
      // The transport keeps it alive, and hardly ever says anything on it.
      beat: () => {},
      isStalled: () => false,
      end: () => end(session.id),
    });
    whenDone(() => {
      session.openStreams -= 1;
      left();
    });
  }

  function tell(session: McpSession, api: ApiContext): void {
    if (session.isTold) return;
    session.isTold = true;
    void tellOfTools(session.server, api, session.stop.signal).then(() => {
      // A memory that made room for another one; the next request opens it again.
      session.isTold = false;
      // Under an open stream only that of a deleted organisation closes.
      if (session.openStreams > 0) end(session.id);
    });
  }

  return {
    async begin(call) {
      const { caller } = call.api;
      const refused = makeRoom(caller);
      if (refused !== null) return refused;
      const session: McpSession = {
        id: randomUUID(),
        server: newServer(),
        transport: new WebStandardStreamableHTTPServerTransport({
          sessionIdGenerator: () => session.id,
          eventStore: createEventStore(),
          onsessioninitialized: (id) => void sessions.set(id, session),
          onsessionclosed: end,
        }),
        callerKey: callerKeyOf(caller),
        lastUsedAt: Date.now(),
        underWay: 0,
        openStreams: 0,
        isTold: false,
        stop: new AbortController(),
      };
      await session.server.connect(session.transport);
      const response = await handle(session, call);
      if (!sessions.has(session.id)) await session.server.close();
      return response;
    },
    async answer(id, call) {
      const session = sessions.get(id);
      if (session === undefined || session.callerKey !== callerKeyOf(call.api.caller)) return null;
      session.lastUsedAt = Date.now();
      return handle(session, call);
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
