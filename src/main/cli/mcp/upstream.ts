import { createParser } from 'eventsource-parser';
import { findWorker, runningWorker, type WorkerPlace } from './find-worker.ts';
import { isObject, readMessage, rpcCodes, rpcError, type RpcMessage } from './rpc-message.ts';
import { faultOf, standardHeaders } from './standard-headers.ts';

/** The memory's `/mcp` as the proxy sees it. */
export interface Upstream {
  /** Sends a message; everything that comes of it goes to `onMessage`. Always ends with an answer to a request. */
  send(message: RpcMessage, signal: AbortSignal): Promise<void>;
  /** Opens a session now, so that the first call need not wait; resolves when it is open. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface UpstreamParts {
  dataDir: string;
  /** What the client said of itself; null before it did. */
  initialize(): RpcMessage | null;
  onMessage(message: object): void;
  /** A call that may be made again when nobody knows whether it was done. */
  mayRepeat(message: RpcMessage): boolean;
}

interface Session {
  place: WorkerPlace;
  id: string | null;
  revision: string;
  stop: AbortController;
}

const mostTries = 3;
const earlierVersion =
  'a worker of an earlier version, without MCP, runs on this folder. Close the app, or stop the worker, and try again.';
const closeWithinMs = 500;
const listenAgainMs = 1_000;

/** A session with the worker of the data folder, begun anew when the worker was restarted. */
export function createUpstream(parts: UpstreamParts): Upstream {
  const { dataDir, initialize, onMessage, mayRepeat } = parts;
  const closing = new AbortController();
  let opening: Promise<Session> | null = null;
  let current: Session | null = null;

  async function session(): Promise<Session> {
    const found = await opened();
    if (found.id !== null || initialize() === null) return found;
    // Begun for a call that came before the client's initialize.
    lose(found);
    return opened();
  }

  function opened(): Promise<Session> {
    opening ??= begin()
      .then((begun) => (current = begun))
      .catch((error: unknown) => {
        opening = null;
        throw error;
      });
    return opening;
  }

  function lose(lost: Session): void {
    lost.stop.abort();
    if (current !== lost) return;
    current = null;
    opening = null;
  }

  async function begin(): Promise<Session> {
    const place = await findWorker(dataDir, closing.signal);
    const hello = initialize();
    const begun: Session = { place, id: null, revision: '', stop: new AbortController() };
    // Clients of later revisions have no session: each of their requests stands by itself.
    if (hello === null) return begun;
    const response = await post(begun, { ...hello, id: 'cmem-initialize' }, closing.signal);
    if (!response.ok) throw new Error(response.status === 404 ? earlierVersion : (await refusalOf(response)).message);
    let revision: unknown = null;
    await readAnswer(response, (message) => {
      const { result } = message;
      if (isObject(result)) revision = result['protocolVersion'];
    });
    if (typeof revision !== 'string') throw new Error('The memory did not answer initialize.');
    begun.id = response.headers.get('mcp-session-id');
    begun.revision = revision;
    await (await post(begun, { jsonrpc: '2.0', method: 'notifications/initialized' }, closing.signal)).arrayBuffer();
    void listen(begun);
    return begun;
  }

  function headersOf({ place, id, revision }: Session, message: RpcMessage | null): Record<string, string> {
    return {
      authorization: `Bearer ${place.ownerToken}`,
      accept: 'application/json, text/event-stream',
      ...(id === null ? {} : { 'mcp-session-id': id }),
      ...(revision === '' ? {} : { 'mcp-protocol-version': revision }),
      ...(message === null ? {} : standardHeaders(message)),
    };
  }

  function post(target: Session, message: RpcMessage, signal: AbortSignal): Promise<Response> {
    return fetch(`${target.place.url}/mcp`, {
      method: 'POST',
      headers: { ...headersOf(target, message), 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal,
    });
  }

  function resume(target: Session, lastEventId: string | null, signal: AbortSignal): Promise<Response> {
    const after = lastEventId === null ? {} : { 'last-event-id': lastEventId };
    const headers = { ...headersOf(target, null), accept: 'text/event-stream', ...after };
    return fetch(`${target.place.url}/mcp`, { headers, signal });
  }

  /** What the memory says of its own accord. */
  async function listen(target: Session): Promise<void> {
    const signal = AbortSignal.any([target.stop.signal, closing.signal]);
    let lastEventId: string | null = null;
    while (!signal.aborted) {
      try {
        const response = await resume(target, lastEventId, signal);
        if (response.status === 404 || response.status === 401) break;
        if (response.ok) lastEventId = (await readAnswer(response, onMessage)) ?? lastEventId;
        else await response.arrayBuffer();
      } catch {
        // Cut, or nobody is there.
      }
      if (signal.aborted) return;
      // The port may be another program's by now, which must not be told the token.
      if ((await runningWorker(dataDir))?.url !== target.place.url) break;
      await aMoment();
    }
    if (signal.aborted) return;
    lose(target);
    void comeBack();
  }

  /** Goes on with the next worker. It starts none: one that a person stopped stays so until it is needed. */
  async function comeBack(): Promise<void> {
    while (!closing.signal.aborted && opening === null) {
      if ((await runningWorker(dataDir)) !== null) await session().catch(() => {});
      await aMoment();
    }
  }

  /** Sends it once; false when the answer has to be asked for in a new session. */
  async function attempt(target: Session, message: RpcMessage, signal: AbortSignal): Promise<boolean> {
    const response = await post(target, message, signal);
    if (response.status === 404 || response.status === 401) {
      await response.arrayBuffer();
      return false;
    }
    if (message.id === undefined || message.method === undefined) {
      await response.arrayBuffer();
      return true;
    }
    if (!response.ok) {
      const { code, message: said } = await refusalOf(response);
      onMessage(rpcError(message.id, code, said));
      return true;
    }
    let isAnswered = false;
    const pass = (received: RpcMessage) => {
      if (received.id === message.id && received.method === undefined) isAnswered = true;
      onMessage(received);
    };
    let lastEventId = await readAnswer(response, pass).catch(() => null);
    for (let tries = 0; !isAnswered && lastEventId !== null && tries < mostTries; tries++) {
      const again = await resume(target, lastEventId, signal);
      if (!again.ok) break;
      lastEventId = (await readAnswer(again, pass).catch(() => null)) ?? lastEventId;
    }
    if (!isAnswered) throw new Error('the connection was cut');
    return true;
  }

  async function sendAgain(message: RpcMessage, signal: AbortSignal): Promise<void> {
    for (let tries = 1; ; tries++) {
      const target = await session();
      try {
        if (await attempt(target, message, signal)) return;
        lose(target);
        if (tries >= mostTries) throw new Error('The memory refuses its own token; restart it.');
      } catch (error) {
        if (signal.aborted || closing.signal.aborted) return;
        lose(target);
        if (tries >= mostTries || !(isUnsent(error) || mayRepeat(message))) throw error;
      }
    }
  }

  return {
    async send(message, signal) {
      const fault = faultOf(message);
      if (fault !== null) {
        if (message.id !== undefined) onMessage(rpcError(message.id, rpcCodes.invalid, fault));
        return;
      }
      try {
        await sendAgain(message, AbortSignal.any([signal, closing.signal]));
      } catch (error) {
        if (message.id !== undefined && message.method !== undefined && !closing.signal.aborted) {
          onMessage(rpcError(message.id, rpcCodes.internal, `The memory could not be reached: ${reasonOf(error)}`));
        }
      }
    },
    open: async () => void (await session()),
    async close() {
      const open = current;
      if (open !== null && open.id !== null) {
        const signal = AbortSignal.timeout(closeWithinMs);
        const ended = fetch(`${open.place.url}/mcp`, { method: 'DELETE', headers: headersOf(open, null), signal });
        await ended.then((response) => response.arrayBuffer()).catch(() => {});
      }
      closing.abort();
    },
  };
}

function aMoment(): Promise<void> {
  return new Promise((done) => void setTimeout(done, listenAgainMs).unref());
}

/** Passes on each message of a JSON body or an event stream; the id of the last event, null when none had one. */
async function readAnswer(response: Response, onMessage: (message: RpcMessage) => void): Promise<string | null> {
  let lastId: string | null = null;
  const take = (text: string) => {
    const message = readMessage(parsed(text));
    if (message !== null) onMessage(message);
  };
  if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
    const text = await response.text();
    if (text !== '') take(text);
    return null;
  }
  const parser = createParser({
    onEvent({ id, data }) {
      if (id !== undefined) lastId = id;
      take(data);
    },
  });
  const decoder = new TextDecoder();
  try {
    const body: AsyncIterable<Uint8Array> | null = response.body;
    if (body !== null) for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
  } catch (error) {
    // Cut in the middle: the id says where to go on.
    if (lastId === null) throw error;
  }
  return lastId;
}

/** What the port says against a request, in the words of JSON-RPC or of REST. */
async function refusalOf(response: Response): Promise<NonNullable<RpcMessage['error']>> {
  const body = parsed(await response.text());
  const refused = readMessage(body)?.error;
  if (refused !== undefined) return refused;
  const message = isObject(body) && typeof body['error'] === 'string' ? body['error'] : `HTTP ${response.status}`;
  return { code: rpcCodes.internal, message };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Nobody heard the request, so it can be made again. */
function isUnsent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
