import {
  type AuthInfo,
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpHttpHandler,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ApiContext } from '../../api/trpc.ts';
import { type Logger, toLogFormat } from '../../observe/logger.ts';
import type { OpenStreams } from '../events/open-streams.ts';
import { BodyError, parseJson } from '../rest/json-body.ts';
import { createMcpServer } from './mcp-server.ts';
import { callerKeyOf, createMcpSessions, type McpCall, tellOfTools } from './mcp-sessions.ts';
import { rpcError } from './rpc-error.ts';

/** A session keeps what its client says of itself, icons and all, and there are hundreds of sessions. */
const longestIntroduction = 64 * 1024;
const tooLong = `What initialize says of the client is longer than ${longestIntroduction} characters.`;

export interface McpEndpointOptions {
  version: string;
  log: Logger;
  streams: Pick<OpenStreams, 'refusal' | 'add'>;
}

export interface McpEndpoint {
  /** Answers one HTTP request of an MCP client whose token was looked at; `hasMore` hears of messages beyond the first. */
  fetch(
    request: Request,
    api: ApiContext,
    whenDone: McpCall['whenDone'],
    hasMore?: (messages: number) => void,
  ): Promise<Response>;
}

/**
 * Streamable HTTP: sessions for the revisions of the protocol up to 2025-11-25, single requests for those that came after.
 * One server behind both, and behind each request the context of its own caller.
 */
export function createMcpEndpoint({ version, log, streams }: McpEndpointOptions): McpEndpoint {
  const contexts = new WeakMap<AuthInfo, ApiContext>();
  const contextOf = ({ http }: ServerContext): ApiContext => {
    const api = http?.authInfo === undefined ? undefined : contexts.get(http.authInfo);
    if (api === undefined) throw new Error('An MCP request without a caller.');
    return api;
  };
  const newServer = () => createMcpServer({ version, log, contextOf });
  const sessions = createMcpSessions(newServer, streams);
  /** By organisation, so that none hears of another one's tools. */
  const singles = new Map<string, McpHttpHandler>();

  function singleRequests(api: ApiContext): McpHttpHandler {
    const { organizationId } = api.caller;
    const known = singles.get(organizationId);
    if (known !== undefined) return known;
    const handler = createMcpHandler(newServer, {
      legacy: 'reject',
      onerror: (error) => log.debug('An MCP request was refused.', { reason: toLogFormat(error) }),
    });
    singles.set(organizationId, handler);
    const told = { sendToolListChanged: () => handler.notify.toolsChanged() };
    void tellOfTools(told, api, new AbortController().signal).then(() => singles.delete(organizationId));
    return handler;
  }

  async function bodyOf(request: Request): Promise<unknown> {
    return request.method === 'POST' ? parseJson(await request.arrayBuffer()) : undefined;
  }

  return {
    async fetch(request, api, whenDone, hasMore) {
      const { caller } = api;
      const authInfo: AuthInfo = { token: '', clientId: callerKeyOf(caller), scopes: [...caller.scopes] };
      contexts.set(authInfo, { ...api, origin: 'mcp' });
      let body: unknown;
      try {
        body = await bodyOf(request);
      } catch (error) {
        if (error instanceof BodyError) return rpcError(400, -32_700, `Parse error: ${error.message}`);
        throw error;
      }
      if (Array.isArray(body) && body.length === 0) return rpcError(400, -32_600, 'There is no message in this batch.');
      if (Array.isArray(body) && body.length > 1) hasMore?.(body.length - 1);
      const sessionId = request.headers.get('mcp-session-id');
      if (sessionId === null && !(await isLegacyRequest(request, body))) {
        return singleRequests(api).fetch(request, { authInfo, parsedBody: body });
      }
      if (sessionId !== null) {
        const answer = await sessions.answer(sessionId, { request, body, api, authInfo, whenDone });
        return answer ?? rpcError(404, -32_001, 'There is no such session (any more): send initialize again.');
      }
      if (request.method !== 'POST') return rpcError(400, -32_000, 'Send the Mcp-Session-Id of your session.');
      const first: unknown = Array.isArray(body) ? body[0] : body;
      if (isInitializeRequest(first)) {
        if (JSON.stringify(first).length > longestIntroduction) return rpcError(400, -32_600, tooLong);
        return sessions.begin({ request, body, api, authInfo, whenDone });
      }
      return rpcError(400, -32_000, 'Begin with initialize, and send the Mcp-Session-Id of its answer.');
    },
  };
}
