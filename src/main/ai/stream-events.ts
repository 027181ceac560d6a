import { createDeadline, type Timeouts } from './deadline.ts';
import { passing, unusable, type Asked } from './failures.ts';
import { ModelError, type ModelReply, type ModelUsage } from './model.ts';
import { createStreamFetch } from './stream-fetch.ts';

export type Streamed = { delta: string } | { reply: ModelReply };

/** What became of an answer so far. */
export interface Received {
  text: string;
  model: string;
  /** Null as long as nothing was told. */
  usage: ModelUsage | null;
  /** How it ended, in the provider's word; null before its end. */
  ending: 'done' | 'cut' | 'declined' | 'too_long' | null;
}

export interface StreamParts {
  asked: Asked;
  timeouts: Timeouts;
  signal: AbortSignal;
  /** Reads the provider's stream into `received`, giving each piece of text as it comes. */
  read(received: Received, fetch: typeof globalThis.fetch, signal: AbortSignal): AsyncIterable<string>;
  /** The error of a library in the provider's own terms; null when it is not the provider's. */
  explain(error: unknown, usage: ModelUsage | null): ModelError | null;
  /** The value in the text; undefined for free text. */
  valueOf(text: string): unknown;
}

/** One answer as it grows, then the whole of it; whatever ends it early becomes a `ModelError`, or the caller's reason. */
export async function* streamAnswer(parts: StreamParts): AsyncGenerator<Streamed> {
  const { asked, signal } = parts;
  const deadline = createDeadline(parts.timeouts, signal);
  const received: Received = { text: '', model: asked.model, usage: null, ending: null };
  try {
    const fetch = createStreamFetch(asked.who, deadline.heard);
    try {
      for await (const delta of parts.read(received, fetch, deadline.signal)) {
        received.text += delta;
        if (delta !== '') yield { delta };
      }
    } catch (error) {
      signal.throwIfAborted();
      throw whatHappened(parts, deadline.missed(), received, error);
    }
    signal.throwIfAborted();
    // The libraries end an aborted stream as if it were whole.
    const missed = deadline.missed();
    if (missed !== null) throw passing[missed.what](asked, missed.afterMs, received.usage);
    yield { reply: finished(parts, received) };
  } finally {
    deadline.close();
  }
}

function whatHappened(
  { asked, explain }: StreamParts,
  missed: { what: 'slow' | 'silent'; afterMs: number } | null,
  { usage }: Received,
  error: unknown,
): unknown {
  if (missed !== null) return passing[missed.what](asked, missed.afterMs, usage);
  const own = modelErrorIn(error);
  if (own !== null) return own;
  const explained = explain(error, usage);
  if (explained !== null) return explained;
  // An answer had begun: the line broke, or what came could not be read.
  if (usage !== null || error instanceof SyntaxError || /terminated|premature|aborted/i.test(messageOf(error))) {
    return passing.brokenOff(asked, usage);
  }
  return passing.unreachable(asked, codeIn(error), usage);
}

function finished({ asked, valueOf }: StreamParts, { text, model, usage, ending }: Received): ModelReply {
  const known = usage ?? { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, costUsd: null };
  if (ending === null) throw passing.brokenOff(asked, usage);
  if (ending === 'declined') throw unusable.declined(asked, usage);
  if (ending === 'too_long') throw unusable.tooLong(asked, usage);
  if (text.trim() === '') throw ending === 'cut' ? unusable.wordless(asked, usage) : unusable.empty(asked, usage);
  return { text, value: valueOf(text), model, usage: known };
}

/** The whole answer of a stream. */
export async function lastOf(stream: AsyncIterable<Streamed>): Promise<ModelReply> {
  let reply: ModelReply | null = null;
  for await (const item of stream) if ('reply' in item) ({ reply } = item);
  if (reply === null) throw new Error('The stream ended without a reply.');
  return reply;
}

/** Libraries wrap what a `fetch` of ours throws. */
function modelErrorIn(error: unknown): ModelError | null {
  for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth++) {
    if (inner instanceof ModelError) return inner;
  }
  return null;
}

/** Only the code: the system's words could hold more than the host. */
function codeIn(error: unknown): string | null {
  for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth++) {
    if ('code' in inner && typeof inner.code === 'string' && /^[A-Z_]{3,40}$/.test(inner.code)) return inner.code;
  }
  return null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${messageOf(error.cause)}` : '';
}
