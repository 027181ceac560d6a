import { z } from 'zod';
import { assistantMessage, eventKeys, type CapturedEvent } from './captured-event.ts';
import { toolFile } from './tool-file.ts';
import { isMachinePrompt } from '../../shared/machine-prompt.ts';
import { sanitize, sanitizeText } from './sanitize.ts';

const block = z.looseObject({ type: z.string() });

/** What we read of a transcript's line; the format is internal to Claude Code and grows, so all else is ignored. */
const line = z.looseObject({
  type: z.string(),
  sessionId: z.string().optional(),
  cwd: z.string().optional(),
  gitBranch: z.string().optional(),
  timestamp: z.string().optional(),
  promptId: z.string().optional(),
  agentId: z.string().optional(),
  isSidechain: z.boolean().optional(),
  isMeta: z.boolean().optional(),
  isCompactSummary: z.boolean().optional(),
  isApiErrorMessage: z.boolean().optional(),
  toolUseResult: z.unknown().optional(),
  message: z
    .looseObject({
      id: z.string().optional(),
      model: z.string().optional(),
      stop_reason: z.string().nullish(),
      content: z.union([z.string(), z.array(block.catch({ type: 'unknown' }))]).optional(),
    })
    .optional(),
});
type Line = z.infer<typeof line>;

/** What the next line needs to know of the lines before; kept beside the offset between two reads. */
export interface TranscriptState {
  promptId: string | null;
  /** Calls whose result has not been seen, by tool use id. */
  calls: Record<string, { name: string; input: unknown }>;
}

export const emptyTranscriptState: TranscriptState = { promptId: null, calls: {} };

/**
 * The events of one line, and the state after it. Lines that are damaged or of no interest give none.
 * `path` is the transcript's own path, kept with each event.
 */
export function readTranscriptLine(
  text: string,
  state: TranscriptState,
  source: { path: string; receivedAt: number },
): { events: CapturedEvent[]; state: TranscriptState } {
  const parsed = parseLine(text);
  if (parsed === null || parsed.sessionId === undefined || parsed.message === undefined) return { events: [], state };
  const occurredAt = parsed.timestamp === undefined ? Number.NaN : Date.parse(parsed.timestamp);
  const promptId = parsed.promptId ?? state.promptId;
  const base: CapturedEvent & { sessionId: string } = {
    key: new Uint8Array(),
    source: 'transcript',
    name: '',
    sessionId: parsed.sessionId,
    promptId,
    toolUseId: null,
    agentId: parsed.isSidechain === true ? (parsed.agentId ?? null) : null,
    agentType: null,
    cwd: parsed.cwd ?? null,
    transcriptPath: source.path,
    branch: parsed.gitBranch && parsed.gitBranch !== 'HEAD' ? parsed.gitBranch : null,
    model: parsed.message.model && !parsed.message.model.startsWith('<') ? parsed.message.model : null,
    occurredAt: Number.isNaN(occurredAt) ? source.receivedAt : occurredAt,
    receivedAt: source.receivedAt,
    originalBytes: Buffer.byteLength(text),
    payload: {},
  };
  if (parsed.type === 'user') return readUser(parsed, base, { ...state, promptId });
  if (parsed.type === 'assistant') return readAssistant(parsed, base, { ...state, promptId });
  return { events: [], state };
}

function parseLine(text: string): Line | null {
  try {
    const parsed = line.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

type Base = CapturedEvent & { sessionId: string };
type Read = { events: CapturedEvent[]; state: TranscriptState };

function readUser(parsed: Line, base: Base, state: TranscriptState): Read {
  const content = parsed.message?.content ?? '';
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const events: CapturedEvent[] = [];
  const calls = { ...state.calls };
  for (const item of blocks) {
    if (item.type !== 'tool_result' || typeof item['tool_use_id'] !== 'string') continue;
    events.push(toolResult(parsed, base, item, calls[item['tool_use_id']]));
    delete calls[item['tool_use_id']];
  }
  const prompt = promptText(parsed, blocks);
  if (prompt !== null && base.agentId === null) {
    const text = sanitizeText(prompt);
    // Its own id or none: with the id of the prompt before it, it would be taken for that one.
    const promptId = parsed.promptId ?? null;
    const key = eventKeys.prompt(base.sessionId, promptId, text);
    events.push({ ...base, key, promptId, name: 'UserPromptSubmit', payload: { prompt: text } });
  }
  return { events, state: { ...state, calls } };
}

function promptText(parsed: Line, blocks: z.infer<typeof block>[]): string | null {
  if (parsed.isMeta === true || parsed.isCompactSummary === true || parsed.isSidechain === true) return null;
  const parts = blocks.flatMap((item) => {
    if (item.type === 'text' && typeof item['text'] === 'string') return [item['text']];
    return item.type === 'image' ? ['[image]'] : [];
  });
  const text = parts.join('\n');
  return text.trim() === '' || isMachinePrompt(text) ? null : text;
}

function toolResult(
  parsed: Line,
  base: Base,
  item: z.infer<typeof block>,
  call: TranscriptState['calls'][string] | undefined,
): CapturedEvent {
  const toolUseId = String(item['tool_use_id']);
  const shown = resultText(item['content']);
  const failed = item['is_error'] === true;
  const input = call?.input;
  const response = failed ? undefined : (parsed.toolUseResult ?? shown);
  const payload = sanitize(
    {
      tool_name: call?.name ?? 'unknown',
      tool_input: input ?? {},
      ...(failed ? { error: shown } : { tool_response: response }),
    },
    toolFile(input),
  );
  return {
    ...base,
    key: eventKeys.tool(base.sessionId, toolUseId, 'result'),
    name: failed ? 'PostToolUseFailure' : 'PostToolUse',
    toolUseId,
    payload: payload as Record<string, unknown>,
  };
}

function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .flatMap((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part ? [String(part.text)] : [],
    )
    .join('\n');
}

function readAssistant(parsed: Line, base: Base, state: TranscriptState): Read {
  const content = parsed.message?.content;
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  const events: CapturedEvent[] = [];
  const calls = { ...state.calls };
  for (const item of blocks) {
    if (item.type === 'tool_use' && typeof item['id'] === 'string') {
      const input = sanitize(item['input'] ?? {}, toolFile(item['input']));
      calls[item['id']] = { name: String(item['name']), input };
    }
  }
  const raw = blocks.flatMap((item) =>
    item.type === 'text' && typeof item['text'] === 'string' ? [item['text']] : [],
  );
  const text = sanitizeText(raw.join('\n\n')).trim();
  // A synthetic message is the client's own error text, not the model's word.
  if (text !== '' && base.model !== null && parsed.isApiErrorMessage !== true) {
    const key = eventKeys.message(base.sessionId, base.promptId, base.agentId, text);
    const final = parsed.message?.stop_reason === 'end_turn';
    const messageId = parsed.message?.id ?? null;
    events.push({ ...base, key, name: assistantMessage, payload: { text, final, message_id: messageId } });
  }
  return { events, state: { ...state, calls } };
}

/**
 * An answer of several texts is several lines of one message, each of which ends the turn; the last of them is what the
 * Stop hook calls the final message, the others are on the way to it.
 */
export function keepLastFinal(events: readonly CapturedEvent[]): CapturedEvent[] {
  const last = new Map<unknown, CapturedEvent>();
  for (const event of events) {
    if (event.payload['final'] === true) last.set(event.payload['message_id'] ?? event, event);
  }
  const finals = new Set(last.values());
  return events.map((event) =>
    event.payload['final'] === true && !finals.has(event)
      ? { ...event, payload: { ...event.payload, final: false } }
      : event,
  );
}
