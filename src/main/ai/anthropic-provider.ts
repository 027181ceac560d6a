import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { anthropicAddress } from './addresses.ts';
import type { Timeouts } from './deadline.ts';
import { inManner, type EndpointAccess, type Manner, type OnRefusal } from './endpoint-access.ts';
import { extractJson } from './extract-json.ts';
import { failureOf, type Asked, type Refusal } from './failures.ts';
import type { ModelProvider, ModelRequest, ModelUsage } from './model.ts';
import { lastOf, streamAnswer, type Received, type Streamed } from './stream-events.ts';
import { noUsage } from './usage.ts';

/** The API sends pings while it thinks, so silence means that something broke. */
const timeouts: Timeouts = { overallMs: 600_000, firstMs: 120_000, idleMs: 60_000 };
const usual: Manner = { structure: 'native', bound: 'max_tokens', effort: true, usage: true };
const refusesSchema = /output_config|output_format|structured.output|json_schema|schema|extra inputs/i;

/** The Anthropic Messages API, or whatever speaks it at another address. */
export function createAnthropicProvider(access: EndpointAccess): ModelProvider {
  // The library adds /v1 itself; many documents name the address with it.
  const baseUrl = (access.baseUrl ?? anthropicAddress).replace(/\/+(?:v1\/*)?$/, '');
  const who = access.baseUrl === null ? 'Anthropic' : (URL.parse(baseUrl)?.host ?? baseUrl);

  function stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<Streamed> {
    const asked: Asked = { who, model: request.model, key: access.key };
    return inManner(`${baseUrl} ${request.model}`, access.manners, usual, {
      next: (manner, { said }) => otherManner(manner, said, request.schema !== null),
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
        const client = new Anthropic({
          baseURL: baseUrl,
          // Without any key the library looks for credentials of its own, which are not ours to use.
          apiKey: access.key ?? 'none',
          ...(access.key === null ? { defaultHeaders: { authorization: null } } : {}),
          maxRetries: 0,
          logLevel: 'off',
          fetch,
        });
        const body = { ...bodyOf(request, manner), stream: true as const };
        for await (const event of await client.messages.create(body, { signal: aborted })) {
          yield readEvent(event, received);
        }
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

  return { kind: 'anthropic', stream, complete: (request, signal) => lastOf(stream(request, signal)) };
}

/**
 * What to do without after a refusal; null when it is not about the manner. Older models know no effort; the newest ones refuse
 * to be made to call a tool, since they think before they do.
 */
function otherManner(manner: Manner, said: string, isStructured: boolean): Manner | null {
  const { structure, effort } = manner;
  if (effort && /effort/i.test(said)) return { ...manner, effort: false };
  if (isStructured && structure === 'native' && refusesSchema.test(said)) {
    return { ...manner, structure: 'tool', effort: false };
  }
  if (isStructured && structure === 'tool' && /tool/i.test(said)) return { ...manner, structure: 'prompt' };
  return effort && /output_config|extra inputs/i.test(said) ? { ...manner, effort: false } : null;
}

type Body = Omit<Anthropic.MessageCreateParamsStreaming, 'stream'>;

function bodyOf(request: ModelRequest, { structure, effort }: Manner): Body {
  const { model, system, prompt, schema, maxOutputTokens } = request;
  // Drops what the API knows no grammar for, and tells it in descriptions instead.
  const json = schema === null ? null : transformJSONSchema({ type: 'object', ...schema.json });
  const rules =
    json === null || structure !== 'prompt'
      ? system
      : `${system}\n\nAnswer with JSON alone that fits this JSON Schema:\n${JSON.stringify(json)}`;
  const config: Anthropic.OutputConfig = {
    // Thinking is paid for and counts against the answer's bound, and nothing here needs much of it.
    ...(effort ? { effort: 'low' } : {}),
    ...(json !== null && structure === 'native' ? { format: { type: 'json_schema', schema: json } } : {}),
  };
  const base: Body = {
    model,
    max_tokens: maxOutputTokens,
    // Marked, so that requests which differ in their prompt alone read it from the cache.
    system: [{ type: 'text', text: rules, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: prompt }],
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
  };
  if (schema === null || json === null || structure !== 'tool') return base;
  const tool: Anthropic.Tool = {
    name: schema.name,
    description: 'Takes the answer.',
    input_schema: { ...json, type: 'object' },
  };
  return { ...base, tools: [tool], tool_choice: { type: 'tool', name: schema.name } };
}

/** Notes what an event says and gives the text that it adds. */
function readEvent(event: Anthropic.RawMessageStreamEvent, received: Received): string {
  switch (event.type) {
    case 'message_start':
      received.model = event.message.model;
      received.usage = usageOf(event.message.usage, noUsage);
      return '';
    case 'content_block_delta':
      if (event.delta.type === 'text_delta') return event.delta.text;
      return event.delta.type === 'input_json_delta' ? event.delta.partial_json : '';
    case 'message_delta':
      received.usage = usageOf(event.usage, received.usage ?? noUsage);
      received.ending = endings.get(event.delta.stop_reason ?? '') ?? 'done';
      return '';
    default:
      return '';
  }
}

const endings = new Map<string, NonNullable<Received['ending']>>([
  ['max_tokens', 'cut'],
  ['refusal', 'declined'],
  ['model_context_window_exceeded', 'too_long'],
]);

type ToldUsage = {
  [
    Name in keyof Pick<
      Anthropic.Usage,
      'input_tokens' | 'output_tokens' | 'cache_read_input_tokens' | 'cache_creation_input_tokens'
    >
  ]?: number | null;
};

/** Later events repeat or complete what earlier ones said; compatible servers leave some out. */
function usageOf(told: ToldUsage | undefined, before: ModelUsage): ModelUsage {
  return {
    inputTokens: told?.input_tokens ?? before.inputTokens,
    outputTokens: told?.output_tokens ?? before.outputTokens,
    cacheReadTokens: told?.cache_read_input_tokens ?? before.cacheReadTokens,
    cacheWriteTokens: told?.cache_creation_input_tokens ?? before.cacheWriteTokens,
    costUsd: null,
  };
}

function isApiError(error: unknown): error is APIError {
  return error instanceof APIError;
}

/** Null when no answer came at all. */
function refusalIn(error: APIError): Refusal | null {
  const { status, type, errorCode, apiMessage } = error;
  if (status === undefined && type === null) return null;
  return {
    status: status ?? null,
    names: [type, errorCode].filter((name) => name !== null),
    said: apiMessage ?? error.message,
    retryAfter: error.headers?.get('retry-after') ?? null,
  };
}
