import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { type Logger, toLogFormat } from '../../observe/logger.ts';
import { problem } from '../problem.ts';
import { straightenAddress } from '../straight-address.ts';
import type { Traffic } from '../traffic.ts';
import type { OpenStreams } from './open-streams.ts';
import { askRoutes, type Opening } from './opening.ts';
import { serveSocket } from './socket-connection.ts';
import { openSse } from './sse-stream.ts';
import { isStreamPath, socketPath } from './stream-routes.ts';

export interface StreamDoorOptions {
  /** The routes, with every gate before them. */
  fetch: (request: Request, bindings: object) => Response | Promise<Response>;
  streams: OpenStreams;
  traffic: Pick<Traffic, 'streamOpened' | 'streamClosed'>;
  log: Logger;
}

export interface StreamDoor {
  /** Answers a request for a stream; false when it is none. */
  take(request: IncomingMessage, response: ServerResponse): boolean;
  /** Whether a connection may become a socket; what else asks to be something else stays HTTP. */
  isSocket(request: IncomingMessage): boolean;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What a client says on a socket is a filter and no more. */
const largestMessageBytes = 64 * 1024;

const pathOf = (request: IncomingMessage) => (request.url ?? '').split('?', 1)[0] ?? '';

/**
 * Opens streams and sockets. The framework decides on the request as on every other; what follows is written to the
 * connection itself, since it would cost each event of each client several times what the event costs.
 */
export function createStreamDoor({ fetch, streams, traffic, log }: StreamDoorOptions): StreamDoor {
  let sockets: Promise<WebSocketServer> | null = null;

  async function open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const opening: Opening = { kind: 'sse', accepted: null };
    const answer = await askRoutes(fetch, request, opening, { outgoing: response });
    const { accepted } = opening;
    if (accepted === null || accepted.plan === null || !answer.ok) return send(response, answer);
    if (response.destroyed) return;
    const { caller, services } = accepted.context;
    openSse(response, accepted.plan, { caller, services, streams, head: answer.headers }, (cause) =>
      fail(response, pathOf(request), cause),
    );
  }

  function fail(response: ServerResponse, path: string, cause: unknown): void {
    log.error('A stream could not be opened.', { path, reason: toLogFormat(cause) });
    if (response.headersSent) return void response.destroy();
    const text = JSON.stringify(problem('UNAVAILABLE', 'The memory does not answer; its log says why.'));
    response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '5' }).end(text);
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const opening: Opening = { kind: 'websocket', accepted: null };
    const answer = await askRoutes(fetch, request, opening, {});
    const { accepted } = opening;
    if (socket.destroyed) return;
    if (accepted === null || !answer.ok) return refuse(socket, answer);
    sockets ??= socketServer();
    const server = await sockets;
    if (socket.destroyed) return;
    server.handleUpgrade(request, socket, head, (client) => {
      traffic.streamOpened(socketPath);
      client.once('close', () => traffic.streamClosed(socketPath));
      const { caller, services } = accepted.context;
      serveSocket(client, socket, { caller, services, streams });
    });
  }

  return {
    take(request, response) {
      if (request.method !== 'GET' || !isStreamPath(pathOf(request))) return false;
      open(request, response).catch((cause: unknown) => fail(response, pathOf(request), cause));
      return true;
    },
    isSocket: (request) => straightenAddress(request) && pathOf(request) === socketPath,
    upgrade(request, socket, head) {
      // A client that goes away while it is looked at is no fault of ours.
      const gone = () => void socket.destroy();
      socket.on('error', gone);
      upgrade(request, socket, head)
        .catch((cause: unknown) => {
          log.error('A socket could not be opened.', { reason: toLogFormat(cause) });
          socket.destroy();
        })
        .finally(() => socket.off('error', gone));
    },
  };
}

/** Loaded with the first socket; most starts of the worker see none at once. */
async function socketServer(): Promise<WebSocketServer> {
  const { WebSocketServer: Sockets } = await import('ws');
  const server = new Sockets({
    noServer: true,
    clientTracking: false,
    // Compression would make the bytes of each socket its own, and costs 100 kB and more for each.
    perMessageDeflate: false,
    maxPayload: largestMessageBytes,
  });
  server.on('wsClientError', ({ message }, socket) => {
    const headers = { 'Content-Type': 'application/json', 'Sec-WebSocket-Version': '13' };
    const text = JSON.stringify(problem('BAD_REQUEST', `That opens no WebSocket: ${message}.`));
    void refuse(socket, new Response(text, { status: 400, headers }));
  });
  return server;
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  if (response.destroyed) return;
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
}

/** Before it is a socket there is only the connection. */
async function refuse(socket: Duplex, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  if (socket.destroyed) return;
  const headers = new Headers(answer.headers);
  headers.set('Connection', 'close');
  headers.set('Content-Length', String(body.byteLength));
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
  socket.end(Buffer.concat([Buffer.from(`${[status, ...lines].join('\r\n')}\r\n\r\n`), body]));
}
