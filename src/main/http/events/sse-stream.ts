import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EventFeed, FeedHandle, FeedRequest, Signals } from '../../api/event-feed.ts';
import type { Caller } from '../../access/caller.ts';
import type { Signal, SignalType } from '../../../shared/signal-views.ts';
import type { OpenStreams } from './open-streams.ts';
import { comment } from './sse-frames.ts';

/** What one address sends. */
export interface SsePlan {
  /** Null: nothing of the log. */
  feed: FeedRequest | null;
  signals: readonly SignalType[];
  signalFrame(signal: Signal): Buffer | null;
  /** After the first comment. */
  welcome?: Buffer;
  /** Every fifteen seconds, with the number of the beat from 1. */
  beat(count: number): Buffer;
}

export interface SseParts {
  caller: Caller;
  services: { feed: EventFeed; signals: Signals };
  streams: OpenStreams;
  /** Of the answer, as the framework made them. */
  head: Headers;
}

/** Nobody reads a connection that has taken nothing for so long. */
export const stalledAfterMs = 2 * 60_000;

/**
 * Holds a response open and sends what happens, straight on node:http: a thousand of them get the same bytes, and one that
 * does not read keeps at most what the socket holds and one round. Calls `fail` when the memory does not answer.
 */
export function openSse(
  response: ServerResponse,
  plan: SsePlan,
  parts: SseParts,
  fail: (cause: unknown) => void,
): void {
  let blockedSince: number | null = null;
  let beats = 0;
  let handle: FeedHandle | null = null;
  let connection: Socket | null = null;

  function write(bytes: Uint8Array): boolean {
    if (response.writableEnded || response.destroyed) return false;
    if (!response.headersSent) begin();
    const isTaken = (connection ?? response).write(bytes);
    if (!isTaken) blockedSince ??= Date.now();
    return isTaken;
  }

  /** Said at once, so that a client knows that nothing is missed from now on. */
  function begin(): void {
    // The stream ends with its connection, so it needs no chunks: one write each instead of four pieces (bench/fan-out.ts).
    response.useChunkedEncodingByDefault = false;
    response.shouldKeepAlive = false;
    response.writeHead(200, Object.fromEntries(parts.head));
    response.write(
      plan.welcome === undefined ? comment('connected') : Buffer.concat([comment('connected'), plan.welcome]),
      (error) => {
        // The head is out. An answer without chunks is its bytes, and the response around them would double their cost.
        if (!error) connection = response.socket;
      },
    );
  }

  const ended = () => void (response.headersSent ? response.end() : response.destroy());
  const hear = (signal: Signal) => {
    // Signals are for whoever can take them now.
    const frame = blockedSince === null && response.headersSent ? plan.signalFrame(signal) : null;
    if (frame !== null) write(frame);
  };
  const stopSignals = parts.services.signals.listen(plan.signals, hear, ended);
  const left = parts.streams.add({
    kind: 'sse',
    caller: parts.caller,
    scope: 'read',
    beat() {
      beats++;
      if (blockedSince === null && response.headersSent) write(plan.beat(beats));
    },
    isStalled: () => blockedSince !== null && Date.now() - blockedSince > stalledAfterMs,
    end(reason) {
      if (reason === 'stalled') response.destroy();
      else if (response.headersSent) response.end(comment(reason === 'shutdown' ? 'closing' : 'access ended'));
      else response.destroy();
    },
  });
  const drained = () => {
    blockedSince = null;
    handle?.drained();
  };
  response.on('drain', drained);
  response.socket?.on('drain', drained);
  response.once('close', () => {
    stopSignals();
    left();
    handle?.close();
  });

  if (plan.feed === null) return begin();
  handle = parts.services.feed.open(plan.feed, { write, ended });
  handle.ready.then(
    () => {
      if (!response.headersSent && !response.destroyed) begin();
    },
    (cause: unknown) => {
      handle?.close();
      left();
      stopSignals();
      fail(cause);
    },
  );
}
