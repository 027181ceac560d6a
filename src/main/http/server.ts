import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';
import type { Caller } from '../access/caller.ts';
import { createApp, type AppOptions } from './app.ts';
import { hookPath } from '../capture/claude-hooks/hook-events.ts';
import { createHookRoute, type HookService } from './hook-route.ts';

export interface ServerOptions extends Omit<AppOptions, 'port'> {
  host: string;
  port: number;
  hooksFor(caller: Caller): Promise<HookService>;
}

export interface RunningServer {
  port: number;
  /** Takes no new requests, waits for the open ones up to `graceMs`, then cuts what is left (event streams). */
  close(graceMs: number): Promise<void>;
}

/** The port could not be taken; the message says by what and what to do. */
export class PortError extends Error {
  readonly code: 'PORT_IN_USE' | 'PORT_UNUSABLE';
  constructor(code: PortError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'PortError';
    this.code = code;
  }
}

/** Claude Code keeps its connections; closing them between two tool calls would cost each a new handshake. */
const keepAliveMs = 120_000;

/** Listens on `host:port`. Rejects with `PortError`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let port = options.port;
  const app = createApp({ ...options, port: () => port });
  const hookRoute = createHookRoute(options.access, options.hooksFor, () => port);
  const others = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === hookPath || url.startsWith(`${hookPath}?`)) hookRoute(request, response);
    else void others(request, response);
  });
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = keepAliveMs + 5_000;
  // A large body over a slow loopback is no attack.
  server.requestTimeout = 0;
  port = await listen(server, options.host, options.port);
  return {
    port,
    close: (graceMs) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === 'EADDRINUSE';
      reject(
        new PortError(
          inUse ? 'PORT_IN_USE' : 'PORT_UNUSABLE',
          inUse
            ? `Port ${port} on ${host} is in use by another program. Stop it, or choose another port with --port.`
            : `Port ${port} on ${host} cannot be used (${cause.code ?? cause.message}). Choose another with --port.`,
          cause,
        ),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
