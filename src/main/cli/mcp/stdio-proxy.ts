import { isDeepStrictEqual } from 'node:util';
import { localAnswer, mayRepeat, staticTools } from './local-answers.ts';
import { idOf, isObject, readMessage, rpcCodes, rpcError, type RpcId, type RpcMessage } from './rpc-message.ts';
import { modernRevision } from './standard-headers.ts';
import type { Upstream, UpstreamParts } from './upstream.ts';

export interface StdioProxy {
  /** Takes one line of the client. */
  line(text: string): void;
  close(): Promise<void>;
}

const noMessage = 'This is no message of JSON-RPC 2.0 as MCP has them, one on each line.';
/** An id that no client uses. */
const ownListId = 'cmem-tools-list';

/**
 * Answers what is the same in every memory at once, and the rest from the memory's `/mcp`. `connect` is called when
 * something has to be asked there, or when the client was told what it needs to begin.
 */
export function createStdioProxy(
  dataDir: string,
  write: (message: object) => void,
  connect: (parts: UpstreamParts) => Promise<Upstream>,
): StdioProxy {
  let hello: RpcMessage | null = null;
  let upstream: Promise<Upstream> | null = null;
  let isOpen = false;
  let isStaticListTold = false;
  const pending = new Map<RpcId, AbortController>();

  function memory(): Promise<Upstream> {
    upstream ??= connect({ dataDir, initialize: () => hello, onMessage: receive, mayRepeat });
    return upstream;
  }

  function receive(message: object): void {
    if ('id' in message && message.id === ownListId) return compareTools(message);
    write(message);
  }

  /** The client was told the list of every memory; this one may have more. */
  function compareTools(message: object): void {
    const result: unknown = 'result' in message ? message.result : null;
    const tools = isObject(result) ? result['tools'] : undefined;
    if (tools === undefined || isDeepStrictEqual(tools, staticTools)) return;
    write({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  }

  async function open(): Promise<void> {
    try {
      const opened = await memory();
      await opened.open();
      isOpen = true;
      if (!isStaticListTold) return;
      await opened.send({ jsonrpc: '2.0', id: ownListId, method: 'tools/list' }, new AbortController().signal);
    } catch {
      // The next call tries again, and tells what is wrong.
    }
  }

  async function forward(message: RpcMessage): Promise<void> {
    const { id, method } = message;
    const stop = new AbortController();
    if (id !== undefined && method !== undefined) pending.set(id, stop);
    try {
      await (await memory()).send(message, stop.signal);
    } finally {
      if (id !== undefined && method !== undefined) pending.delete(id);
    }
  }

  function handle(message: RpcMessage): void {
    const { id, method } = message;
    if (method === 'notifications/initialized') return;
    if (method === 'notifications/cancelled') cancel(message);
    if (method === 'initialize') hello = message;
    const isModern = isObject(message.params?.['_meta']) && modernRevision in message.params['_meta'];
    const mayAnswer = id !== undefined && !isModern && (!isOpen || method === 'initialize' || method === 'ping');
    const local = mayAnswer ? localAnswer(message) : null;
    if (local === null || id === undefined) return void forward(message);
    if (method === 'tools/list') isStaticListTold = true;
    write({ jsonrpc: '2.0', id, result: local });
    // After the answers that a client waits for at its start: what the connection needs takes a while to load.
    if (method === 'tools/list') setImmediate(() => void open());
  }

  function cancel({ params }: RpcMessage): void {
    const id = params?.['requestId'];
    if (typeof id === 'string' || typeof id === 'number') pending.get(id)?.abort();
  }

  return {
    line(text) {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return write(rpcError(null, rpcCodes.parse, 'This line is not valid JSON.'));
      }
      const message = readMessage(value);
      if (message === null) return write(rpcError(idOf(value), rpcCodes.invalid, noMessage));
      handle(message);
    },
    async close() {
      for (const stop of pending.values()) stop.abort();
      await upstream?.then((opened) => opened.close()).catch(() => {});
    },
  };
}
