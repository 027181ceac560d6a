import { z } from 'zod';
import {
  startModelServer,
  type Fault,
  type ModelServer,
  type ReceivedRequest,
  type WireFormat,
} from './model-server.ts';

const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
  response_format: z
    .looseObject({ type: z.string(), json_schema: z.looseObject({ schema: z.unknown() }).optional() })
    .optional(),
  stream_options: z.unknown().optional(),
});

export interface OpenAiServerOptions {
  /** What of structured output it takes; the rest is refused with status 400, as by servers that lack it. */
  takes?: 'schema' | 'object' | 'nothing';
  /** Which name of the bound it takes; the other one is refused, as by OpenAI's newer models, and with `none` both are. */
  bound?: 'max_tokens' | 'max_completion_tokens' | 'any' | 'none';
  /** Whether it may be asked to count. */
  takesStreamOptions?: boolean;
}

/** Speaks OpenAI's chat completions, as far as it is told to know them. */
export function startOpenAiServer(options: OpenAiServerOptions = {}): Promise<ModelServer> {
  const { takes = 'schema', bound = 'any', takesStreamOptions = true } = options;

  function refuse({ structure, body }: ReceivedRequest) {
    const other = bound === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    // The gateway knows the old name alone, and the model behind it the new one.
    if (bound === 'none' && 'max_completion_tokens' in body) {
      return refusal(400, 'invalid_request_error', 'Unrecognized request argument supplied: max_completion_tokens');
    }
    if (bound !== 'any' && other in body) {
      const message = `Unsupported parameter: '${other}' is not supported with this model. Use '${bound === 'none' ? 'max_completion_tokens' : bound}' instead.`;
      return refusal(400, 'unsupported_parameter', message);
    }
    if (!takesStreamOptions && 'stream_options' in body) {
      return refusal(400, 'invalid_request_error', 'Unknown parameter: stream_options');
    }
    if (structure === 'native' && takes !== 'schema') {
      return refusal(400, 'invalid_request_error', "'response_format.type' must be 'json_object' or 'text'");
    }
    if (structure === 'object' && takes === 'nothing') {
      return refusal(422, 'invalid_request_error', 'response_format is not supported by this model');
    }
    return null;
  }

  return startModelServer({
    basePath: '/v1',
    parse(path, body) {
      if (path !== '/v1/chat/completions') return null;
      const { model, messages, response_format: format } = chatRequest.parse(body);
      const of = (role: string) => messages.filter((message) => message.role === role).map(({ content }) => content);
      const kinds = { json_schema: 'native', json_object: 'object' } as const;
      return {
        model,
        system: of('system').join('\n'),
        prompt: of('user').join('\n'),
        structure: format?.type === 'json_schema' || format?.type === 'json_object' ? kinds[format.type] : 'none',
        schema: format?.json_schema?.schema ?? null,
      };
    },
    refuse,
    error: (fault) => errors[fault] ?? null,
    events,
    errorEvent: () => event({ error: { message: 'Overloaded', type: 'server_error', code: 502 } }),
  });
}

const errors: Partial<Record<Fault, ReturnType<WireFormat['error']>>> = {
  rate_limit: refusal(429, 'rate_limit_exceeded', 'Rate limit reached for requests.'),
  overloaded: refusal(503, 'server_error', 'The server is overloaded.'),
  server_error: refusal(500, 'server_error', 'The server had an error.'),
  auth: refusal(401, 'invalid_api_key', 'Incorrect API key provided: sk-wrong****************1234.'),
  forbidden: refusal(403, 'forbidden', 'This key may not use that model.'),
  not_found: { status: 404, body: { error: 'model "nowhere" not found, try pulling it first' } },
  quota: refusal(
    429,
    'insufficient_quota',
    'You exceeded your current quota, please check your plan and billing details.',
  ),
  too_long: refusal(400, 'context_length_exceeded', "This model's maximum context length is 8192 tokens."),
  bad_request: refusal(400, 'invalid_value', "Invalid 'temperature'."),
};

const finishReasons: Partial<Record<Fault | 'done', string>> = { refusal: 'content_filter', max_tokens: 'length' };

function events(
  { model, body }: ReceivedRequest,
  pieces: string[],
  ending: Fault | 'done',
  tokens: Parameters<WireFormat['events']>[3],
): string[] {
  const chunk = (choices: unknown[], more: object = {}) =>
    event({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices, ...more });
  const counted = tokens !== null && 'stream_options' in body;
  const usage = {
    prompt_tokens: (tokens?.input ?? 0) + (tokens?.cacheRead ?? 0),
    completion_tokens: tokens?.output ?? 0,
    total_tokens: (tokens?.input ?? 0) + (tokens?.cacheRead ?? 0) + (tokens?.output ?? 0),
    prompt_tokens_details: { cached_tokens: tokens?.cacheRead ?? 0 },
  };
  return [
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]),
    ...pieces.map((content) => chunk([{ index: 0, delta: { content }, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: finishReasons[ending] ?? 'stop' }]),
    ...(counted ? [chunk([], { usage })] : []),
    'data: [DONE]\n\n',
  ];
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function refusal(status: number, code: string, message: string) {
  return { status, body: { error: { message, type: 'invalid_request_error', param: null, code } } };
}
