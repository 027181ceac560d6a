import type { CapturedEvent } from '../capture/captured-event.ts';
import type { TranscriptPosition } from '../store/tables/capture-state.ts';
import type { MemoryEvent } from '../../shared/views.ts';

/** What a thread was started with. */
export interface ThreadData {
  databaseFile: string;
}

/** One thing for the writer to make durable; answered by an ack with the same ticket. */
export type WriterTask =
  | { kind: 'hook'; ticket: number; body: Uint8Array; receivedAt: number }
  | { kind: 'parsed-hook'; ticket: number; events: CapturedEvent[]; name: string; sessionId: string | null }
  | { kind: 'transcript'; ticket: number; path: string; events: CapturedEvent[]; position: TranscriptPosition }
  | { kind: 'pause'; ticket: number; paused: boolean }
  | { kind: 'viewer-key'; ticket: number; keyHash: Uint8Array; expiresAt: number };

export interface HookAck {
  name: string;
  sessionId: string | null;
  /** `known` when every event of the body had been recorded before. */
  outcome: 'recorded' | 'known' | 'paused';
  /** Set when this answer is to carry the session's context. */
  contextFor: { projectPk: number; sessionPk: number } | null;
  /** The transcript to read now, because a turn or the session ended. */
  transcriptPath: string | null;
}

export type AckError = { code: 'INVALID_JSON' | 'INVALID_HOOK_EVENT' | 'NOT_STORED'; message: string };
export type WriterAck =
  | { ticket: number; ok: true; hook: HookAck | null }
  | { ticket: number; ok: false; error: AckError };

/** One commit. */
export interface WriterReport {
  acks: WriterAck[];
  entries: MemoryEvent[];
  /** Bugs in rules that were caught; the event itself is in the ledger. */
  faults: string[];
}

export interface WriterReady {
  ready: { paused: boolean; pausedSince: number | null; schemaVersion: number; viewerKeys: ViewerKey[]; lastReceivedAt: number | null };
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
