import type { CapturedEvent } from '../capture/captured-event.ts';
import type { HookEvents } from '../capture/hook-payload.ts';
import type { MadeVector, StoredModel } from '../embed/embedding-job.ts';
import type { SharedModel } from '../embed/static/shared-model.ts';
import type { EmbeddingSettings } from '../../shared/embedding-views.ts';
import type { MemoryEvent } from '../../shared/views.ts';
import type { ContextChange, ContextPreview, InjectionKind, Mark } from '../../shared/context-views.ts';
import type { AccessStart } from '../store/tables/access-start.ts';
import type { TranscriptPosition } from '../store/tables/capture-state.ts';
import type { UsageRecord } from '../store/tables/embedding-usage.ts';
import type { ChoiceScope } from '../store/tables/context-choices.ts';
import type { StoredSetting } from '../store/tables/settings.ts';
import type { AskedPermission } from './permissions/permission-asks.ts';
import type { FileTask } from './admin/file-care.ts';
import type { RefusalCode } from './refusal.ts';
import type { WriterOperationName } from './writer-operations.ts';

/** What a thread was started with. */
export interface ThreadData {
  databaseFile: string;
}

export interface ReaderThreadData extends ThreadData {
  /** The built-in embedding model; the same memory in all threads. */
  model: SharedModel;
  /** Nobody waits for most of what it does. */
  isBackground: boolean;
}

/** One thing for the writer to make durable; answered by an ack with the same ticket. */
export type WriterTask =
  | { kind: 'hook'; ticket: number; body: string; sizeBytes: number; receivedAt: number }
  | ({ kind: 'parsed-hook'; ticket: number } & HookEvents)
  | { kind: 'transcript'; ticket: number; path: string; events: CapturedEvent[]; position: TranscriptPosition }
  | { kind: 'pause'; ticket: number; paused: boolean }
  | { kind: 'listen'; ticket: number; listening: boolean }
  | { kind: 'caught-up'; ticket: number; at: number }
  | { kind: 'context-given'; ticket: number; sessionId: string; given: GivenContext; at: number }
  | { kind: 'context-choice'; ticket: number; scope: ChoiceScope; change: ContextChange; at: number }
  | { kind: 'mark'; ticket: number; target: 'observation' | 'session'; id: string; mark: Mark | null; at: number }
  | { kind: 'remember-query'; ticket: number; query: string; at: number }
  | { kind: 'forget-queries'; ticket: number }
  | { kind: 'mend-index'; ticket: number; pks: number[]; isLast: boolean }
  | { kind: 'viewer-key'; ticket: number; keyHash: Uint8Array; expiresAt: number }
  | { kind: 'operation'; ticket: number; name: WriterOperationName; argument: unknown }
  | { kind: 'care'; ticket: number; task: FileTask }
  | EmbeddingTask;

export type EmbeddingTask =
  | {
      kind: 'vectors';
      ticket: number;
      modelPk: number;
      rows: MadeVector[];
      unchanged: { pk: number; revision: number }[];
    }
  | { kind: 'vector-model'; ticket: number; change: VectorModelChange }
  | { kind: 'embedding-setting'; ticket: number; name: EmbeddingSettingName; value: string; at: number }
  | { kind: 'embedding-done'; ticket: number; at: number }
  | { kind: 'embedding-usage'; ticket: number; usage: UsageRecord; at: number }
  | { kind: 'embedding-changed'; ticket: number; data: MemoryEvent['data']; at: number };

export type EmbeddingSettingName = 'settings' | 'answering' | 'paused';

/** What becomes of the sets of vectors; each in store/tables/embeddings. */
export type VectorModelChange =
  | { what: 'open'; modelId: string; dimension: number; activate: boolean }
  | { what: 'create'; modelId: string; dimension: number }
  | { what: 'activate' | 'retire'; modelPk: number }
  | { what: 'clear-some' };

export interface EmbeddingStart {
  settings: EmbeddingSettings | null;
  /** Those of the model that answers, when another one is being made. */
  answering: EmbeddingSettings | null;
  paused: boolean;
  /** Set when every row has its vector: the last worker left it so, and nothing was written since. With the model that answers. */
  done: { active: StoredModel | null } | null;
}

export interface WantedContext {
  kind: InjectionKind;
  projectPk: number;
  sessionPk: number;
  sessionId: string;
  promptId: string | null;
  prompt: string | null;
}

/** A text for an agent, and what it was given for. */
export interface GivenContext {
  kind: InjectionKind;
  /** Null for the session's main agent. */
  agentId: string | null;
  promptId: string | null;
  prompt: string | null;
  file: string | null;
  preview: ContextPreview;
}

export interface HookAck {
  name: string;
  /** What this answer is to carry, in this order; each is built in a reader thread. */
  wanted: WantedContext[];
  /** The history of the file that is about to be used: found with the event, so that no search can delay it. */
  fileHistory: { sessionId: string; given: GivenContext } | null;
  /** The transcript to read now, because a turn or the session ended. */
  transcriptPath: string | null;
  /** The agent asks for leave, and waits for this answer. */
  permission: AskedPermission | null;
  /** Questions that this event shows to be over: nobody waits for an answer to them. */
  endedPermissions: string[];
}

/** `NOT_STORED`: the file could not be written just now. `NOT_DONE`: a bug of ours, and trying again would meet it again. */
export type AckErrorCode = 'INVALID_JSON' | 'INVALID_HOOK_EVENT' | 'NOT_STORED' | 'NOT_DONE' | RefusalCode;
export type AckError = { code: AckErrorCode; message: string };

/**
 * One commit. Passing objects between threads costs more than writing rows, so what is the rule travels as numbers
 * and as one text that is only parsed when somebody listens.
 */
export interface WriterReport {
  /** Tickets of what was stored and needs no further answer. */
  done: number[];
  /** Stored, and something follows from it. */
  answers: { ticket: number; hook: HookAck }[];
  /** What operations returned. */
  results: { ticket: number; value: unknown }[];
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
    access: AccessStart;
    /** When the last catch-up that came to its end began; null before the first. */
    caughtUpTo: number | null;
    embedding: EmbeddingStart;
    /** What a person set. */
    settings: StoredSetting[];
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
