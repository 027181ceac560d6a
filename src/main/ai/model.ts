import type { FailureClass } from '../../shared/job-views.ts';
import type { ModelKind } from '../../shared/model-views.ts';

/** One question to a language model. It holds everything: the same request gives, as far as the model allows, the same answer. */
export interface ModelRequest {
  model: string;
  system: string;
  prompt: string;
  /** What the answer must be, as JSON Schema (draft 2020-12); null for free text. */
  schema: { name: string; json: Record<string, unknown> } | null;
  maxOutputTokens: number;
}

export interface ModelUsage {
  /** Neither read from nor written to the cache. */
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** US dollars, where the provider says it itself; null leaves it to the price table. */
  costUsd: number | null;
}

export interface ModelReply {
  text: string;
  /** The text parsed as JSON when a schema was asked for; it is not checked against it. */
  value: unknown;
  /** As the provider names it; may be more exact than what was asked for. */
  model: string;
  usage: ModelUsage;
}

/** A way to a language model. Retries nothing: the queue does. */
export interface ModelProvider {
  kind: Exclude<ModelKind, 'none'>;
  /** Rejects with `ModelError`, or with the signal's reason. */
  complete(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
  /** Free text as it grows; the last item is the whole reply. */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<{ delta: string } | { reply: ModelReply }>;
}

/** A call that gave no usable answer, in the class by which the queue goes on. */
export class ModelError extends Error {
  readonly class: FailureClass;
  readonly retryAfterMs: number | null;
  /** What it cost all the same; null when nothing came back. */
  readonly usage: ModelUsage | null;
  constructor(
    failureClass: FailureClass,
    message: string,
    { retryAfterMs = null, usage = null }: { retryAfterMs?: number | null; usage?: ModelUsage | null } = {},
  ) {
    super(message);
    this.name = 'ModelError';
    this.class = failureClass;
    this.retryAfterMs = retryAfterMs;
    this.usage = usage;
  }
}
