import { z } from 'zod';
import {
  startModelServer,
  type Fault,
  type ModelServer,
  type ReceivedRequest,
  type WireFormat,
} from './model-server.ts';

const messagesRequest = z.looseObject({
  model: z.string(),
  system: z.union([z.string(), z.array(z.looseObject({ text: z.string() }))]).optional(),
  messages: z.array(z.looseObject({ content: z.union([z.string(), z.array(z.looseObject({ text: z.string() }))]) })),
  output_config: z
    .looseObject({ effort: z.string().optional(), format: z.looseObject({ schema: z.unknown() }).optional() })
    .optional(),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.unknown() })).optional(),
  tool_choice: z.looseObject({ type: z.string() }).optional(),
});

export interface AnthropicServerOptions {
  /** False refuses structured output, as older servers of that format do. */
  knowsSchemas?: boolean;
  /** False refuses an effort, as models before it do. */
  knowsEffort?: boolean;
  /** False refuses a forced tool, as models that always think do. */
  forcesTools?: boolean;
}

/** Speaks Anthropic's Messages API. */
export function startAnthropicServer({
  knowsSchemas = true,
  knowsEffort = true,
  forcesTools = true,
}: AnthropicServerOptions = {}): Promise<ModelServer> {
  return startModelServer({
    basePath: '',
    parse(path, body) {
      if (path !== '/v1/messages') return null;
      const { model, system, messages, output_config: config, tools } = messagesRequest.parse(body);
      return {
        model,
        system: textIn(system ?? ''),
        prompt: messages.map(({ content }) => textIn(content)).join('\n'),
        structure: config?.format !== undefined ? 'native' : tools !== undefined ? 'tool' : 'none',
        schema: config?.format?.schema ?? tools?.[0]?.input_schema ?? null,
      };
    },
    refuse({ structure, body }) {
      const invalid = (words: string) => refusal(400, 'invalid_request_error', words);
      const { effort } = messagesRequest.parse(body).output_config ?? {};
      if (!knowsSchemas && structure === 'native') return invalid('output_config: Extra inputs are not permitted');
      if (!knowsEffort && effort !== undefined) return invalid('This model does not support the effort parameter.');
      if (!forcesTools && structure === 'tool') return invalid('tool_choice: this model cannot be forced');
      return null;
    },
    error: (fault) => errors[fault] ?? null,
    events,
    errorEvent: () => event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
  });
}

const errors: Partial<Record<Fault, ReturnType<WireFormat['error']>>> = {
  rate_limit: refusal(429, 'rate_limit_error', 'This request would exceed the rate limit for your organization.'),
  overloaded: refusal(529, 'overloaded_error', 'Overloaded'),
  server_error: refusal(500, 'api_error', 'Internal server error'),
  auth: refusal(401, 'authentication_error', 'invalid x-api-key'),
  forbidden: refusal(403, 'permission_error', 'Your API key does not have permission to use the specified resource.'),
  not_found: refusal(404, 'not_found_error', 'model: claude-nowhere'),
  quota: refusal(400, 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'),
  too_long: refusal(400, 'invalid_request_error', 'prompt is too long: 212345 tokens > 200000 maximum'),
  bad_request: refusal(400, 'invalid_request_error', 'max_tokens: must be at least 1'),
};

const stopReasons: Partial<Record<Fault | 'done', string>> = { refusal: 'refusal', max_tokens: 'max_tokens' };

function events(
  request: ReceivedRequest,
  pieces: string[],
  ending: Fault | 'done',
  tokens: Parameters<WireFormat['events']>[3],
): string[] {
  const isTool = request.structure === 'tool';
  const usage = {
    input_tokens: tokens?.input ?? 0,
    cache_read_input_tokens: tokens?.cacheRead ?? 0,
    cache_creation_input_tokens: tokens?.cacheWrite ?? 0,
  };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: request.model, content: [] };
  const block = isTool ? { type: 'tool_use', id: 'toolu_1', name: 'answer', input: {} } : { type: 'text', text: '' };
  const delta = (piece: string) =>
    isTool ? { type: 'input_json_delta', partial_json: piece } : { type: 'text_delta', text: piece };
  const reason = stopReasons[ending] ?? (isTool ? 'tool_use' : 'end_turn');
  return [
    event('message_start', { message: { ...message, stop_reason: null, usage: { ...usage, output_tokens: 1 } } }),
    event('content_block_start', { index: 0, content_block: block }),
    event('ping', {}),
    ...pieces.map((piece) => event('content_block_delta', { index: 0, delta: delta(piece) })),
    event('content_block_stop', { index: 0 }),
    event('message_delta', {
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: tokens?.output ?? 0 },
    }),
    event('message_stop', {}),
  ];
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function refusal(status: number, type: string, message: string) {
  return { status, body: { type: 'error', error: { type, message }, request_id: 'req_1' } };
}

function textIn(content: string | readonly { text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n');
}
