import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { EventFeed, FeedHandle, Signals } from '../../api/event-feed.ts';
import type { Caller } from '../../access/caller.ts';
import { type SignalType, taggedSignals } from '../../../shared/signal-views.ts';
import type { EndReason, OpenStreams } from './open-streams.ts';
import { createAllowance } from './message-allowance.ts';
import { jsonFrame, signalFrame, socketEncoder } from './socket-frames.ts';
import { readMessage, type SubscribeMessage } from './socket-messages.ts';
import { stalledAfterMs } from './sse-stream.ts';
import { splitTypes } from './stream-request.ts';

export interface SocketParts {
  caller: Caller;
  services: { feed: EventFeed; signals: Signals };
  streams: OpenStreams;
}

interface Subscription {
  handle: FeedHandle | null;
  stop(): void;
}

const mostSubscriptions = 16;
const longestComplaint = 500;
/** A client may answer that it is closed; the server's own end waits no longer. */
const leaveMs = 500;

/** RFC 6455 7.4 and, from 4000 on, our own: what a client is told when we end the connection. */
const closeCodes: Record<Exclude<EndReason, 'stalled'>, readonly [number, string]> = {
  shutdown: [1012, 'The memory is closing; come back in a moment.'],
  expired: [4401, 'TOKEN_EXPIRED: renew the login and connect again.'],
  access: [4401, 'INVALID_TOKEN: the key or login is not good any more.'],
  scope: [4403, 'FORBIDDEN: the key or login may not read any more.'],
};
const tooManyMessages = [1008, 'Too many messages.'] as const;

/**
 * One client of the socket. Until it subscribes it is sent what clients of AgentMem expect; then what it asks for. Our
 * frames are whole and are written in one piece beside the library's own, so all sockets share the same bytes.
 */
export function serveSocket(client: WebSocket, socket: Duplex, { caller, services, streams }: SocketParts): void {
  const subscriptions = new Map<string, Subscription>();
  const allowance = createAllowance();
  let blockedSince: number | null = null;
  let isAlive = true;
  let beats = 0;

  function write(bytes: Uint8Array): boolean {
    if (client.readyState !== client.OPEN || socket.destroyed) return false;
    const isTaken = socket.write(bytes);
    if (!isTaken) blockedSince ??= Date.now();
    return isTaken;
  }

  const say = (message: object) => write(jsonFrame({ ...message, timestamp: new Date().toISOString() }));
  const complain = (code: string, message: string, id?: string) =>
    say({ type: 'error', code, message: message.slice(0, longestComplaint), ...(id === undefined ? {} : { id }) });

  const ended = () => client.close(...closeCodes.shutdown);
  const hear = (types: readonly SignalType[]) =>
    services.signals.listen(
      types,
      (signal) => {
        // Signals are for whoever can take them now.
        if (blockedSince === null) write(signalFrame(signal));
      },
      ended,
    );

  /** What a client is sent that says nothing. */
  let stopDefault: (() => void) | null = hear(taggedSignals);

  function subscribe({ id, types, after, slow, project_id, session_id }: SubscribeMessage): void {
    const key = id ?? '';
    if (!subscriptions.has(key) && subscriptions.size >= mostSubscriptions) {
      return void complain('TOO_MANY_SUBSCRIPTIONS', `A socket has at most ${mostSubscriptions} subscriptions.`, id);
    }
    stopDefault?.();
    stopDefault = null;
    subscriptions.get(key)?.stop();
    const wanted = splitTypes(types);
    const stopSignals = hear(wanted?.signals ?? []);
    const named = id === undefined ? {} : { id };
    if (wanted?.events.length === 0) {
      subscriptions.set(key, { handle: null, stop: stopSignals });
      return void say({ type: 'subscribed', ...named });
    }
    let isSaid = false;
    // Said before the first event, and once nothing can be missed.
    const subscribed = () => {
      if (isSaid) return;
      isSaid = true;
      say({ type: 'subscribed', ...named });
    };
    const encoder = socketEncoder(id);
    const handle = services.feed.open(
      { encoder, types: wanted?.events, after, slow, project_id, session_id },
      {
        write(bytes) {
          subscribed();
          return write(bytes);
        },
        ended,
      },
    );
    subscriptions.set(key, {
      handle,
      stop() {
        stopSignals();
        handle.close();
      },
    });
    handle.ready.then(subscribed, () => complain('UNAVAILABLE', 'The memory does not answer; its log says why.', id));
  }

  function unsubscribe(id: string | undefined): void {
    const found = subscriptions.get(id ?? '');
    if (found === undefined) return void complain('NOT_FOUND', 'There is no such subscription.', id);
    found.stop();
    subscriptions.delete(id ?? '');
    say({ type: 'unsubscribed', ...(id === undefined ? {} : { id }) });
  }

  function receive(data: RawData, isBinary: boolean): void {
    if (isBinary) return void complain('INVALID_MESSAGE', 'Send text, not binary.');
    const message = readMessage(textOf(data));
    if ('fault' in message) return void complain('INVALID_MESSAGE', message.fault, message.id);
    if (message.type === 'subscribe') subscribe(message);
    else if (message.type === 'unsubscribe') unsubscribe(message.id);
    else if (message.type === 'ping') say({ type: 'pong' });
  }

  const left = streams.add({
    kind: 'websocket',
    caller,
    scope: 'read',
    beat() {
      beats++;
      if (beats % 2 === 1) return;
      // It was asked thirty seconds ago.
      if (!isAlive) return client.terminate();
      isAlive = false;
      client.ping();
      if (blockedSince === null) say({ type: 'ping' });
    },
    isStalled: () => blockedSince !== null && Date.now() - blockedSince > stalledAfterMs,
    end(reason) {
      if (reason === 'stalled') return client.terminate();
      client.close(...closeCodes[reason]);
      setTimeout(() => client.terminate(), leaveMs).unref();
    },
  });

  client.on('message', (data, isBinary) => {
    isAlive = true;
    if (allowance.take()) receive(data, isBinary);
    else client.close(...tooManyMessages);
  });
  client.on('pong', () => (isAlive = true));
  // The library answers what breaks the protocol, and closes.
  client.on('error', () => {});
  socket.on('drain', () => {
    blockedSince = null;
    for (const { handle } of subscriptions.values()) handle?.drained();
  });
  client.on('close', () => {
    left();
    stopDefault?.();
    for (const { stop } of subscriptions.values()) stop();
    subscriptions.clear();
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
