import type { CapturedEvent } from '../capture/captured-event.ts';
import type { TranscriptPosition } from '../store/tables/capture-state.ts';

/** What a thread was started with. */
export interface ThreadData {
  databaseFile: string;
}

/** One thing for the writer to make durable; answered by an ack with the same ticket. */
export type WriterTask =
  | { kind: 'hook'; ticket: number; body: string; sizeBytes: number; receivedAt: number }
  | { kind: 'parsed-hook'; ticket: number; events: CapturedEvent[]; name: string; sessionId: string | null }
  | { kind: 'transcript'; ticket: number; path: string; events: CapturedEvent[]; position: TranscriptPosition }
  | { kind: 'pause'; ticket: number; paused: boolean }
  | { kind: 'listen'; ticket: number; listening: boolean }
  | { kind: 'caught-up'; ticket: number; at: number }
  | { kind: 'context-given'; ticket: number; sessionId: string; at: number }
  | { kind: 'viewer-key'; ticket: number; keyHash: Uint8Array; expiresAt: number };

export interface HookAck {
  name: string;
  /** Set when this answer is to carry the session's context. */
  contextFor: { projectPk: number; sessionPk: number; sessionId: string } | null;
  /** The transcript to read now, because a turn or the session ended. */
  transcriptPath: string | null;
}

export type AckError = { code: 'INVALID_JSON' | 'INVALID_HOOK_EVENT' | 'NOT_STORED'; message: string };

/**
 * One commit. Passing objects between threads costs more than writing rows, so what is the rule travels as numbers
 * and as one text that is only parsed when somebody listens.
 */
export interface WriterReport {
  /** Tickets of what was stored and needs no further answer. */
  done: number[];
  /** Stored, and something follows from it. */
  answers: { ticket: number; hook: HookAck }[];
  failures: { ticket: number; error: AckError }[];
  /** The new entries of the event log as JSON (`MemoryEvent[]`); empty when there are none. */
  entries: string;
  /** Bugs in rules that were caught; the event itself is in the ledger. */
  faults: string[];
}

export interface WriterReady {
  ready: {
    paused: boolean;
    pausedSince: number | null;
    schemaVersion: number;
    viewerKeys: ViewerKey[];
    /** When the last catch-up that came to its end began; null before the first. */
    caughtUpTo: number | null;
  };
}
export interface WriterFailed {
  failed: { code: string; message: string };
}
export interface WriterClosed {
  closed: true;
}
export type FromWriter = WriterReport | WriterReady | WriterFailed | WriterClosed;
export type ToWriter = { tasks: WriterTask[] } | { close: true };

export interface ViewerKey {
  keyHash: Uint8Array;
  expiresAt: number;
}
