import type { Server, ServerOptions, ServerResponse } from 'node:http';
import { problem } from './problem.ts';

export interface SlowClientLimits {
  /** Head and body of a request, from its first byte to its last. */
  arriveWithinMs: number;
  /** How often Node looks for those that are late. */
  lookEveryMs: number;
}

/** Even the largest hook crosses loopback in a second; who dribbles a body holds a connection for half a minute at most. */
export const slowClientLimits: SlowClientLimits = { arriveWithinMs: 30_000, lookEveryMs: 5_000 };

/** Claude Code keeps its connections; closing them between two tool calls would cost each a new handshake. */
const keepAliveMs = 120_000;

/** For `createServer`; the same limits then go to `refuseSlowClients`. */
export function timeoutOptions({ arriveWithinMs, lookEveryMs }: SlowClientLimits = slowClientLimits): ServerOptions {
  return {
    keepAliveTimeout: keepAliveMs,
    headersTimeout: arriveWithinMs,
    requestTimeout: arriveWithinMs,
    connectionsCheckingInterval: lookEveryMs,
  };
}

const answers: Record<string, readonly [status: string, code: string, message: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'REQUEST_TIMEOUT', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE', 'The headers are too large.'],
  HPE_INVALID_URL: [
    '400 Bad Request',
    'BAD_REQUEST',
    'The address has characters that cannot stand there: write them percent-encoded (curl: --get --data-urlencode).',
  ],
};
const malformed = ['400 Bad Request', 'BAD_REQUEST', 'That is no request of HTTP/1.1.'] as const;

/** Cuts connections whose request is late or malformed, with an answer where none was begun. */
export function refuseSlowClients(server: Server): void {
  const begun = new WeakMap<object, ServerResponse>();
  server.on('request', ({ socket }, response) => begun.set(socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = begun.get(socket);
    const isAnswered = response !== undefined && response.headersSent && !response.writableFinished;
    if (!socket.writable || isAnswered || error.code === 'ECONNRESET') return void socket.destroy();
    const [status, code, message] = answers[error.code ?? ''] ?? malformed;
    const text = JSON.stringify(problem(code, message));
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      () => socket.destroy(),
    );
  });
}
