import type { Signal, SignalData, SignalType } from '../../shared/signal-views.ts';
import type { GapEvent, MemoryEvent } from '../../shared/views.ts';
import type { EventSubscription } from './services.ts';

/** How doors hang thousands of clients on one memory: bytes are made once, and a client that does not read holds nothing up. */

/** An entry of the event log and its JSON, made once for everybody. */
export interface EventFrame {
  readonly event: MemoryEvent;
  readonly json: Buffer;
}

export interface FeedEncoder {
  /** Clients of one name and one filter are sent the very same bytes. */
  readonly name: string;
  events(frames: readonly EventFrame[]): Uint8Array;
  gap(gap: GapEvent): Uint8Array;
}

export interface FeedClient {
  /** False when no more is wanted until `drained` is called; what was handed over is taken in any case. */
  write(bytes: Uint8Array): boolean;
  /** Nothing more will come: the memory closes, or its log cannot be read. */
  ended(): void;
}

export interface FeedRequest extends EventSubscription {
  encoder: FeedEncoder;
  /** What a client is given that was too slow: all that it missed, from the log, or a gap and what happens now. */
  slow: 'catch-up' | 'gap';
}

export interface FeedHandle {
  /** Resolves once nothing can be missed any more. Rejects when the memory does not answer. */
  ready: Promise<void>;
  drained(): void;
  close(): void;
}

export interface EventFeed {
  /** What is asked for from the log, then what happens: each event once and in order, however slowly the client reads. */
  open(request: FeedRequest, client: FeedClient): FeedHandle;
}

export interface Signals {
  tell<Type extends SignalType>(type: Type, data: SignalData[Type]): void;
  /** Returns its stop; `ended` is called when the memory closes first. */
  listen(types: readonly SignalType[], listener: (signal: Signal) => void, ended?: () => void): () => void;
  isHeard(type: SignalType): boolean;
}

/** Plain numbers for whoever measures. */
export interface StreamCounters {
  /** Open now, by kind. */
  sse: number;
  websocket: number;
  /** Since the start. */
  opened: number;
  refused: number;
  cut: number;
}

export interface FeedCounters {
  clients: number;
  /** Events handed to clients, each client counted. */
  sent: number;
  gaps: number;
  /** Times that a client fell behind. */
  slow: number;
}
