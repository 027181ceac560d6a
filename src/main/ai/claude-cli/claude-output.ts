import { z } from 'zod';
import { failureOf, unusable, type Asked } from '../failures.ts';
import { ModelError, type ModelUsage } from '../model.ts';

const count = z.number().nullish();
const resultLine = z.looseObject({
  type: z.literal('result'),
  is_error: z.boolean().default(false),
  /** The answer, or the error as it would be shown. */
  result: z.string().default(''),
  api_error_status: z.number().nullish(),
  stop_reason: z.string().nullish(),
  total_cost_usd: count,
  usage: z
    .looseObject({
      input_tokens: count,
      output_tokens: count,
      cache_read_input_tokens: count,
      cache_creation_input_tokens: count,
    })
    .nullish(),
  modelUsage: z.record(z.string(), z.unknown()).nullish(),
});
export type ClaudeResult = z.infer<typeof resultLine>;

const deltaLine = z.looseObject({
  type: z.literal('stream_event'),
  event: z.looseObject({
    type: z.literal('content_block_delta'),
    delta: z.looseObject({ type: z.literal('text_delta'), text: z.string() }),
  }),
});

/** What a line of `--output-format json` or `stream-json` means to us; null when nothing. */
export function readLine(line: string): { delta: string } | { result: ClaudeResult } | null {
  const value = parsed(line);
  const result = resultLine.safeParse(value);
  if (result.success) return { result: result.data };
  const delta = deltaLine.safeParse(value);
  return delta.success ? { delta: delta.data.event.delta.text } : null;
}

/** Money is what the same tokens would cost by the API; a subscription is not charged. */
export function usageIn({ usage, total_cost_usd: costUsd }: ClaudeResult): ModelUsage {
  return {
    inputTokens: usage?.input_tokens ?? 0,
    outputTokens: usage?.output_tokens ?? 0,
    cacheReadTokens: usage?.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage?.cache_creation_input_tokens ?? 0,
    costUsd: costUsd ?? null,
  };
}

export function modelIn({ modelUsage }: ClaudeResult): string | null {
  return Object.keys(modelUsage ?? {})[0] ?? null;
}

const limitWaitMs = 3_600_000;

/** What an error that the program shows means. */
export function failureIn(asked: Asked, shown: ClaudeResult, now: number): ModelError {
  const usage = usageIn(shown);
  const { api_error_status: status, stop_reason: reason } = shown;
  const said = wordsIn(shown.result);
  if (reason === 'refusal') return unusable.declined(asked, usage);
  if (/not logged in|\/login|invalid api key|oauth token|authentication_error/i.test(said) || status === 401) {
    return new ModelError(
      'auth',
      'Claude Code is not logged in. Run `claude` in a terminal and log in there with /login.',
      { usage },
    );
  }
  if (/(?:usage|hour|weekly|session|your|plan)\s+limit|limit reached/i.test(said)) {
    const reset = /\|(\d{10})\b/.exec(shown.result)?.[1];
    const retryAfterMs = reset === undefined ? limitWaitMs : Math.max(0, Number(reset) * 1_000 - now);
    return new ModelError(
      'rate_limit',
      'The limit of the Claude plan is reached; the work waits and goes on by itself.',
      { retryAfterMs, usage },
    );
  }
  if (/output token maximum/i.test(said)) {
    return new ModelError('format', `The answer of the model "${asked.model}" was longer than allowed. Try again.`, {
      usage,
    });
  }
  if (/selected model|model .* (?:not exist|not found|may not have access)/i.test(said)) {
    return failureOf(asked, { status: 404, names: [], said, retryAfter: null }, now, usage);
  }
  return failureOf(asked, { status: status ?? null, names: namesIn(shown.result), said, retryAfter: null }, now, usage);
}

/** `API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"…"}}` and its shorter forms. */
function wordsIn(shown: string): string {
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(shown)?.[1];
  return (message ?? shown).replace(/^API Error:\s*(?:\d{3}\s*)?/, '').trim();
}

function namesIn(shown: string): string[] {
  return [...shown.matchAll(/"type"\s*:\s*"(\w+_error)"/g)].map(([, name = '']) => name);
}

function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return null;
  }
}
