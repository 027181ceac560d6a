import { getRequestListener } from '@hono/node-server';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { StreamCounters } from '../api/event-feed.ts';
import { createApp, type AppOptions } from './app.ts';
import { hookPath } from '../capture/claude-hooks/hook-events.ts';
import { createGuard } from './guard.ts';
import { createOpenStreams } from './events/open-streams.ts';
import { createStreamDoor, type StreamDoor } from './events/stream-door.ts';
import { createHookRoute, type HooksFor } from './hook-route.ts';
import { listen } from './listen.ts';
import { refuseAddress, whatWentWrong } from './malformed.ts';
import { createPresence } from './presence.ts';
import { refuseSlowClients, type SlowClientLimits, timeoutOptions } from './slow-clients.ts';
import { straightenAddress } from './straight-address.ts';
import { keepTlsFilesFresh, readTlsFiles, type TlsFiles } from './tls-files.ts';
import { countHook } from './traffic.ts';

/** Whoever connects and says nothing is cut off. */
const handshakeTimeout = 10_000;

/** A second door with TLS, for others than this machine. */
export interface OutsideDoor extends TlsFiles {
  host: string;
  port: number;
  /** Names that clients reach it by. */
  hosts: readonly string[];
}

export interface ServerOptions extends Omit<AppOptions, 'port' | 'guard' | 'streams'> {
  /** On loopback: it speaks without TLS. */
  host: string;
  port: number;
  outside?: OutsideDoor | undefined;
  hooksFor: HooksFor;
  /** `slowClientLimits` unless said otherwise. */
  slowClients?: SlowClientLimits | undefined;
  /** How often streams are kept alive and their callers looked at; fifteen seconds unless said otherwise. */
  beatMs?: number | undefined;
}

export interface RunningServer {
  port: number;
  /** Of the door with TLS. */
  outsidePort: number | null;
  /** Open streams, and what became of others. */
  streams(): StreamCounters;
  /** Since when nobody has been connected; null while somebody is. */
  quietSince(): number | null;
  /** Takes no new requests, waits for the open ones up to `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>;
}

/** Opens the door on loopback, and the one with TLS where it is wanted. Rejects with `PortError` or `TlsFilesError`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let { port } = options;
  let outsidePort = options.outside?.port ?? 0;
  const guard = createGuard({
    port: () => port,
    outside: options.outside && { port: () => outsidePort, hosts: options.outside.hosts },
    origins: options.origins,
  });
  const streams = createOpenStreams(options.access, options.beatMs);
  const app = createApp({ ...options, guard, port: () => port, streams });
  const door = createStreamDoor({ ...options, fetch: app.fetch, streams });
  const hookRoute = createHookRoute(options.access, options.hooksFor, guard, options.audit);
  const errorHandler = whatWentWrong(options.log);
  const others = getRequestListener(app.fetch, { overrideGlobalObjects: false, errorHandler });
  const handle: RequestListener = (request, response) => {
    if (!straightenAddress(request)) return refuseAddress(response);
    const url = request.url ?? '';
    if (url === hookPath || url.startsWith(`${hookPath}?`)) {
      countHook(options.traffic, response);
      hookRoute(request, response);
    } else if (!door.take(request, response)) void others(request, response);
  };
  const shouldUpgradeCallback = door.isSocket;
  const server = createServer({ ...timeoutOptions(options.slowClients), shouldUpgradeCallback }, handle);
  server.on('upgrade', door.upgrade);
  refuseSlowClients(server);
  const presence = createPresence();
  server.on('connection', presence.came);
  const outside = options.outside === undefined ? null : await outsideServer(options.outside, options, handle, door);
  outside?.server.on('connection', presence.came);
  port = await listen(server, options.host, options.port, '--port');
  try {
    if (outside !== null) outsidePort = await outside.listen();
  } catch (error) {
    server.close();
    throw error;
  }
  return {
    port,
    outsidePort: outside === null ? null : outsidePort,
    streams: streams.counters,
    quietSince: presence.quietSince,
    async close(graceMs) {
      streams.close();
      await Promise.all([closeServer(server, graceMs), outside?.close(graceMs)]);
    },
  };
}

/** As the one on loopback, with TLS; not listening yet. */
async function outsideServer(
  door: OutsideDoor,
  { slowClients, log }: ServerOptions,
  handle: RequestListener,
  streams: StreamDoor,
) {
  const files = await readTlsFiles(door);
  const server = createTlsServer(
    {
      ...timeoutOptions(slowClients),
      ...files,
      minVersion: 'TLSv1.2',
      handshakeTimeout,
      shouldUpgradeCallback: streams.isSocket,
    },
    handle,
  );
  server.on('upgrade', streams.upgrade);
  refuseSlowClients(server);
  const stop = keepTlsFilesFresh(server, door, log);
  return {
    server,
    listen: () => listen(server, door.host, door.port, '--tls-port'),
    close(graceMs: number): Promise<void> {
      stop();
      return closeServer(server, graceMs);
    },
  };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
