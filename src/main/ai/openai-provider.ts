import OpenAI, { APIError } from 'openai';
import { openAiAddress } from './addresses.ts';
import type { Timeouts } from './deadline.ts';
import { inManner, type EndpointAccess, type Manner, type OnRefusal } from './endpoint-access.ts';
import { extractJson } from './extract-json.ts';
import { failureOf, type Asked, type Refusal } from './failures.ts';
import { isStrict, withoutBounds } from './json-schema.ts';
import type { ModelProvider, ModelRequest, ModelUsage } from './model.ts';
import { lastOf, streamAnswer, type Received, type Streamed } from './stream-events.ts';
import { createThinkFilter } from './think-filter.ts';
import { estimateTokens } from '../../shared/tokens.ts';

/**
 * A model on this machine reads a long prompt for minutes before its first word. Node's own `fetch` gives up after five minutes
 * without one, so more would not help.
 */
const timeouts: Timeouts = { overallMs: 900_000, firstMs: 290_000, idleMs: 120_000 };

/** Any endpoint that speaks OpenAI's chat completions: Ollama, LM Studio, OpenRouter, OpenAI itself. */
export function createOpenAiProvider(access: EndpointAccess): ModelProvider {
  const baseUrl = (access.baseUrl ?? openAiAddress).replace(/\/+$/, '');
  const host = URL.parse(baseUrl)?.host ?? baseUrl;
  const who = host === 'api.openai.com' ? 'OpenAI' : host;
  // OpenAI's newer models refuse the old name of the bound; most others know that one alone, and leave out what they do not know.
  const usual: Manner = {
    structure: 'native',
    bound: who === 'OpenAI' ? 'max_completion_tokens' : 'max_tokens',
    effort: false,
    usage: true,
  };

  function stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<Streamed> {
    const asked: Asked = { who, model: request.model, key: access.key };
    return inManner(`${baseUrl} ${request.model}`, access.manners, usual, {
      next: (manner, refusal) => otherManner(manner, refusal, request.schema !== null),
      ask: (manner, onRefusal) => answer(asked, request, manner, onRefusal, signal),
    });
  }

  function answer(
    asked: Asked,
    request: ModelRequest,
    manner: Manner,
    onRefusal: OnRefusal,
    signal: AbortSignal,
  ): AsyncGenerator<Streamed> {
    return streamAnswer({
      asked,
      timeouts: { ...timeouts, ...access.timeouts },
      signal,
      async *read(received, fetch, aborted) {
        const client = new OpenAI({
          baseURL: baseUrl,
          apiKey: access.key ?? 'none',
          ...(access.key === null ? { defaultHeaders: { authorization: null } } : {}),
          // What the environment says of a person's own account is not for any endpoint.
          adminAPIKey: null,
          organization: null,
          project: null,
          maxRetries: 0,
          logLevel: 'off',
          fetch,
        });
        const body = { ...bodyOf(request, manner), stream: true as const };
        const filter = createThinkFilter();
        for await (const chunk of await client.chat.completions.create(body, { signal: aborted })) {
          yield filter.push(readChunk(chunk, received));
        }
        yield filter.end();
        // Somebody has to pay for it, whether the endpoint counts or not.
        received.usage ??= estimatedUsage(request, received.text);
      },
      explain(error, usage) {
        const refusal = isApiError(error) ? refusalIn(error) : null;
        if (refusal === null) return null;
        onRefusal(refusal);
        return failureOf(asked, refusal, Date.now(), usage);
      },
      valueOf: (text) => (request.schema === null ? undefined : extractJson(text)),
    });
  }

  return { kind: 'openai', stream, complete: (request, signal) => lastOf(stream(request, signal)) };
}

const refusesFormat = /response_format|json_schema|json_object|json mode|structured|schema|grammar/i;

/** What to do without after a refusal; null when it is not about the manner. */
function otherManner(manner: Manner, { said, names }: Refusal, isStructured: boolean): Manner | null {
  const words = `${said} ${names.join(' ')}`;
  if (manner.usage && /stream_options|include_usage/i.test(words)) return { ...manner, usage: false };
  if (
    /max_completion_tokens|max_tokens/i.test(words) &&
    /unsupported|not supported|unrecognized|unknown|instead/i.test(words)
  ) {
    const bound = manner.bound === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    // Told to use the one that was used: then it is about its value.
    return new RegExp(`use '?${manner.bound}`, 'i').test(words) ? null : { ...manner, bound };
  }
  if (!isStructured || !refusesFormat.test(words)) return null;
  if (manner.structure === 'native') return { ...manner, structure: 'object' };
  return manner.structure === 'object' ? { ...manner, structure: 'prompt' } : null;
}

function bodyOf(
  { model, system, prompt, schema, maxOutputTokens }: ModelRequest,
  { structure, bound, usage }: Manner,
): Omit<OpenAI.Chat.ChatCompletionCreateParamsStreaming, 'stream'> {
  const isTold = schema !== null && structure !== 'native';
  const rules = isTold
    ? `${system}\n\nAnswer with JSON alone that fits this JSON Schema:\n${JSON.stringify(schema.json)}`
    : system;
  return {
    model,
    messages: [
      { role: 'system', content: rules },
      { role: 'user', content: prompt },
    ],
    [bound]: maxOutputTokens,
    ...(usage ? { stream_options: { include_usage: true } } : {}),
    ...(schema === null ? {} : formatOf(schema, structure)),
  };
}

function formatOf(
  { name, json }: NonNullable<ModelRequest['schema']>,
  structure: Manner['structure'],
): Pick<OpenAI.Chat.ChatCompletionCreateParamsStreaming, 'response_format'> {
  if (structure === 'object') return { response_format: { type: 'json_object' } };
  if (structure !== 'native') return {};
  const strict = isStrict(json);
  const schema = strict ? withoutBounds(json) : json;
  return { response_format: { type: 'json_schema', json_schema: { name, schema, strict } } };
}

/** Notes what a chunk says and gives the text that it adds. Some servers send chunks without choices, or with null in them. */
function readChunk(chunk: OpenAI.Chat.ChatCompletionChunk, received: Received): string {
  if (chunk.model) received.model = chunk.model;
  if (chunk.usage) received.usage = usageOf(chunk.usage);
  const choice = chunk.choices?.[0];
  if (choice?.finish_reason) received.ending = endings.get(choice.finish_reason) ?? 'done';
  if (choice?.delta?.refusal) received.ending = 'declined';
  return choice?.delta?.content ?? '';
}

const endings = new Map<string, NonNullable<Received['ending']>>([
  ['length', 'cut'],
  ['content_filter', 'declined'],
]);

function usageOf(told: OpenAI.CompletionUsage): ModelUsage {
  const cached = told.prompt_tokens_details?.cached_tokens ?? 0;
  return {
    inputTokens: Math.max(0, (told.prompt_tokens ?? 0) - cached),
    outputTokens: told.completion_tokens ?? 0,
    cacheReadTokens: cached,
    cacheWriteTokens: 0,
    // OpenRouter says what it took, in dollars.
    costUsd: 'cost' in told && typeof told.cost === 'number' ? told.cost : null,
  };
}

function estimatedUsage({ system, prompt }: ModelRequest, text: string): ModelUsage {
  return {
    inputTokens: estimateTokens(system) + estimateTokens(prompt),
    outputTokens: estimateTokens(text),
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    costUsd: null,
  };
}

function isApiError(error: unknown): error is APIError {
  return error instanceof APIError;
}

/** Null when no answer came at all. Ollama says `error` as a text, OpenRouter gives the status as `code`. */
function refusalIn(error: APIError): Refusal | null {
  const body: unknown = error.error;
  const code: unknown = error.code;
  const status = error.status ?? (typeof code === 'number' ? code : null);
  if (status === null && body === undefined) return null;
  const names = [error.type, code].filter((name) => typeof name === 'string');
  return {
    status,
    names,
    said: typeof body === 'string' ? body : wordsOf(body),
    retryAfter: error.headers?.get('retry-after') ?? null,
  };
}

function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  return 'message' in body && typeof body.message === 'string' ? body.message : '';
}
