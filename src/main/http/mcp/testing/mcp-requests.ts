import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { ownerCaller } from '../../../access/access.ts';
import type { Caller } from '../../../access/caller.ts';
import type { ApiContext } from '../../../api/trpc.ts';
import { createLogger } from '../../../observe/logger.ts';
import type { TestWorker } from '../../../worker/testing/test-worker.ts';
import { createOpenStreams } from '../../events/open-streams.ts';
import { createMcpEndpoint } from '../mcp-endpoint.ts';

/** MCP as it goes over the wire, for callers of every kind. */

export const keyWith = (id: string, ...scopes: string[]): Caller => ({
  ...ownerCaller,
  kind: 'key',
  id,
  name: `key ${id}`,
  role: null,
  scopes: new Set([...ownerCaller.scopes].filter((scope) => scopes.includes(scope))),
});
export const accept = 'application/json, text/event-stream';
export const initialize = (protocolVersion = '2025-11-25') => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

/** Requests to an endpoint of its own on the memory of a worker. */
export function mcpRequests(worker: Pick<TestWorker, 'createContext'>) {
  const revoked = new Set<Caller>();
  let told = (): void => {};
  const directory = {
    onChange(listener: () => void) {
      told = listener;
      return () => {};
    },
  };
  const streams = createOpenStreams({ current: (caller) => (revoked.has(caller) ? null : caller), directory });
  const endpoint = createMcpEndpoint({ version: '1', log: createLogger('error', () => {}), streams });

  async function ask(
    caller: Caller,
    body: unknown,
    headers: Record<string, string> = {},
    method = 'POST',
  ): Promise<Response> {
    const api: ApiContext = { ...worker.createContext(), caller };
    const text = method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {};
    const request = new Request('http://127.0.0.1/mcp', {
      method,
      headers: { accept, 'content-type': 'application/json', ...headers },
      ...text,
    });
    const dones: (() => void)[] = [];
    const answer = await endpoint.fetch(request, api, (done) => void dones.push(done));
    // A stream stays open until its test is over; every other answer is small and taken at once.
    if (method !== 'GET') for (const done of dones) done();
    return answer;
  }

  async function begin(caller: Caller, protocolVersion?: string): Promise<Record<string, string>> {
    const response = await ask(caller, initialize(protocolVersion));
    const id = response.headers.get('mcp-session-id');
    const [first] = await messagesOf(response);
    const version = JSON.stringify(first).match(/"protocolVersion":"([^"]+)"/)?.[1];
    if (id === null || version === undefined) throw new Error('No session was begun.');
    return { 'mcp-session-id': id, 'mcp-protocol-version': version };
  }

  function revoke(caller: Caller): void {
    revoked.add(caller);
    told();
  }

  return { ask, begin, revoke };
}

/** The messages of an answer, whichever form it has. */
export async function messagesOf(response: Response): Promise<unknown[]> {
  const text = await response.text();
  if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
    const only: unknown = JSON.parse(text);
    return [only];
  }
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => void events.push(event) }).feed(text);
  return events.filter(({ data }) => data.includes('"2.0"')).map(({ data }): unknown => JSON.parse(data));
}

export const callOf = (name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id: 7,
  method: 'tools/call',
  params: { name, arguments: args },
});
