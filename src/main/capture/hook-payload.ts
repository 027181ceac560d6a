import { z } from 'zod';
import { assistantMessage, eventKeys, type CapturedEvent } from './captured-event.ts';
import { readPermissionAsk, type PermissionAsk } from './permission-ask.ts';
import { sanitize } from './sanitize.ts';
import { toolFile } from './tool-file.ts';

/** The fields that every hook may carry; all others pass through, and one of a wrong type is left out. Contract of Claude Code 2.1. */
const optional = (longest: number) => z.string().max(longest).nullish().catch(null);
const longestName = 100;
const envelope = z.looseObject({
  hook_event_name: z.string().min(1).max(longestName),
  session_id: optional(200).transform((id) => id || null),
  prompt_id: optional(200),
  tool_use_id: optional(200),
  tool_name: optional(500),
  agent_id: optional(200),
  agent_type: optional(200),
  cwd: optional(8_000),
  transcript_path: optional(8_000),
});
type Envelope = z.infer<typeof envelope>;

/** The body is no hook event; the message says what is wrong with it. */
export class HookPayloadError extends Error {
  readonly code: 'INVALID_JSON' | 'INVALID_HOOK_EVENT';
  constructor(code: HookPayloadError['code'], message: string) {
    super(message);
    this.name = 'HookPayloadError';
    this.code = code;
  }
}

export interface HookEvents {
  /** What the body says itself, first; then what it reports besides (messages, the calls of a batch). */
  events: CapturedEvent[];
  name: string;
  sessionId: string | null;
  /** The question that the body asks; null for every other event. */
  ask: PermissionAsk | null;
}

/** Parses the body of one hook. Throws `HookPayloadError`. */
export function parseHookBody(body: string, sizeBytes: number, receivedAt: number): HookEvents {
  const fields = parseEnvelope(body);
  const { hook_event_name: name, session_id, prompt_id, tool_use_id, agent_id, agent_type, ...rest } = fields;
  const calls = Array.isArray(rest['tool_calls']) ? rest['tool_calls'].map(sanitizeCall) : undefined;
  const payload = sanitize({ ...rest, tool_calls: undefined }, toolFile(rest['tool_input'])) as Record<string, unknown>;
  if (calls === undefined) delete payload['tool_calls'];
  else payload['tool_calls'] = calls;
  delete payload['cwd'];
  delete payload['transcript_path'];
  const base: CapturedEvent = {
    key: new Uint8Array(),
    source: 'hook',
    name,
    sessionId: session_id ?? null,
    promptId: prompt_id ?? null,
    toolUseId: tool_use_id ?? null,
    agentId: agent_id ?? null,
    agentType: agent_type ?? null,
    cwd: fields.cwd ?? null,
    transcriptPath: fields.transcript_path ?? null,
    branch: null,
    model: typeof fields['model'] === 'string' ? fields['model'] : null,
    occurredAt: receivedAt,
    receivedAt,
    originalBytes: sizeBytes,
    payload,
  };
  const ask = name === 'PermissionRequest' ? readPermissionAsk(rest) : null;
  return { events: eventsOf(base), name, sessionId: base.sessionId, ask };
}

function parseEnvelope(body: string): Envelope {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HookPayloadError(
      'INVALID_JSON',
      `The body is not JSON (${reason.slice(0, 200)}). Send one hook event as a JSON object.`,
    );
  }
  const parsed = envelope.safeParse(json);
  if (parsed.success) return parsed.data;
  // Every other field is left out where it cannot be used, so it is always this one.
  const wanted = `hook_event_name is a text of 1 to ${longestName} characters`;
  throw new HookPayloadError('INVALID_HOOK_EVENT', `This is no hook event: send a JSON object whose ${wanted}.`);
}

function eventsOf(base: CapturedEvent): CapturedEvent[] {
  const { sessionId, toolUseId, payload } = base;
  if (sessionId === null) return [byContent(base)];
  switch (base.name) {
    case 'PreToolUse':
      return [toolUseId ? { ...called(base), key: eventKeys.tool(sessionId, toolUseId, 'call') } : byContent(base)];
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return [toolUseId ? { ...base, key: eventKeys.tool(sessionId, toolUseId, 'result') } : byContent(base)];
    case 'PostToolBatch':
      return batchEvents(base, sessionId);
    case 'UserPromptSubmit': {
      const text = typeof payload['prompt'] === 'string' ? payload['prompt'] : '';
      return [{ ...base, key: eventKeys.prompt(sessionId, base.promptId, text) }];
    }
    case 'Stop':
    case 'StopFailure':
    case 'SubagentStop':
      return withLastMessage(base, sessionId);
    default:
      return [byContent(base)];
  }
}

/** What follows a call brings its input again: of a call on a file only the file's name is kept, and no content twice. */
function called(base: CapturedEvent): CapturedEvent {
  const file = toolFile(base.payload['tool_input']);
  return file === undefined ? base : { ...base, payload: { ...base.payload, tool_input: { file_path: file } } };
}

function byContent(base: CapturedEvent): CapturedEvent {
  const content = JSON.stringify([base.promptId, base.toolUseId, base.agentId, base.payload]);
  return { ...base, key: eventKeys.content(base.sessionId, base.name, content) };
}

/** The last message is an event of its own, so that the transcript's copy of it is the same row. */
function withLastMessage(base: CapturedEvent, sessionId: string): CapturedEvent[] {
  const { last_assistant_message: text, ...payload } = base.payload;
  const stop = byContent({ ...base, payload });
  if (typeof text !== 'string' || text.trim() === '') return [stop];
  const key = eventKeys.message(sessionId, base.promptId, base.agentId, text);
  return [stop, { ...base, key, name: assistantMessage, payload: { text, final: true } }];
}

const batchCall = z.looseObject({ tool_use_id: z.string().min(1).max(200), tool_name: z.string().max(500) });

/**
 * A batch names every call of a turn, also those that no other hook reports (a denied one). Each becomes a result of the
 * lowest rank; the batch itself keeps the ids only, so that outputs are not stored twice.
 */
function batchEvents(base: CapturedEvent, sessionId: string): CapturedEvent[] {
  const listed = Array.isArray(base.payload['tool_calls']) ? base.payload['tool_calls'] : [];
  const calls = listed.flatMap((call: unknown) => {
    const parsed = batchCall.safeParse(call);
    return parsed.success ? [parsed.data] : [];
  });
  const named = calls.map(({ tool_use_id, tool_name }) => ({ tool_use_id, tool_name }));
  const batch = byContent({ ...base, payload: { ...base.payload, tool_calls: named } });
  const results = calls.map(({ tool_use_id, ...call }): CapturedEvent => {
    const failed = looksFailed(call['tool_response']);
    return {
      ...base,
      key: eventKeys.tool(sessionId, tool_use_id, 'result'),
      source: 'batch',
      name: failed ? 'PostToolUseFailure' : 'PostToolUse',
      toolUseId: tool_use_id,
      payload: failed ? { ...call, error: call['tool_response'] } : call,
    };
  });
  return [batch, ...results];
}

/** A batch carries results as the model sees them, without a flag; a refused or failed call begins in one of these ways. */
function looksFailed(response: unknown): boolean {
  return (
    typeof response === 'string' &&
    /^(?:Exit code [1-9]|Error\b|<tool_use_error>|Permission\b|The user doesn't want|[^\n]{0,300}(?:was blocked|denied|not allowed|rejected))/.test(
      response,
    )
  );
}

/** Each call of a batch works on a file of its own. */
function sanitizeCall(call: unknown): unknown {
  const input = typeof call === 'object' && call !== null && 'tool_input' in call ? call.tool_input : undefined;
  return sanitize(call, toolFile(input));
}
