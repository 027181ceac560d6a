import { hash } from 'node:crypto';

/** Who reported it. When several did, the one with the higher rank is kept; what a program records by itself nobody else reports. */
export const sourceRanks = { batch: 1, transcript: 2, hook: 3, api: 3 } as const;
export type EventSource = keyof typeof sourceRanks;

/** One entry of the ledger before it is written: parsed, redacted, cut to size, and identified. */
export interface CapturedEvent {
  /** 16 bytes; equal for the same thing, whoever reports it. */
  key: Uint8Array;
  source: EventSource;
  /** The hook event's name; `AssistantMessage` for a message. */
  name: string;
  sessionId: string | null;
  promptId: string | null;
  toolUseId: string | null;
  agentId: string | null;
  agentType: string | null;
  cwd: string | null;
  transcriptPath: string | null;
  branch: string | null;
  model: string | null;
  /** The program that the session is of; Claude Code when left out. */
  agent?: string;
  /** Milliseconds since 1970; for a hook the time of its arrival. */
  occurredAt: number;
  receivedAt: number;
  originalBytes: number;
  payload: Record<string, unknown>;
}

export const assistantMessage = 'AssistantMessage';

/** Whose hooks and transcripts these are; what its sessions carry as `agent`. */
export const capturedAgent = 'claude-code';
/** What a program observed by its own account; the payload is the observation's content. */
export const givenObservation = 'Observation';

/** What identifies a tool's result or call, a prompt, a message; the same for a hook and a transcript. */
export const eventKeys = {
  tool: (sessionId: string, toolUseId: string, kind: 'call' | 'result') => key(sessionId, ['tool', toolUseId, kind]),
  prompt: (sessionId: string, promptId: string | null, text: string) =>
    key(sessionId, ['prompt', promptId ?? `text:${text}`]),
  message: (sessionId: string, promptId: string | null, agentId: string | null, text: string) =>
    key(sessionId, ['message', agentId === null ? (promptId ?? '') : '', agentId ?? '', text.trim()]),
  /** For whatever has no id of its own: its content. */
  content: (sessionId: string | null, name: string, content: string) =>
    key(sessionId ?? '', ['content', name, content]),
};

/** The last session's place: events of one session come together. */
let lastPlace = { sessionId: '', bytes: placeOf('') };

function placeOf(sessionId: string): Uint8Array {
  return hash('sha256', sessionId, 'buffer').subarray(0, 4);
}

/** The parts are joined as JSON, so that ("a", "bc") and ("ab", "c") differ. */
function key(sessionId: string, parts: string[]): Uint8Array {
  const content = hash('sha256', JSON.stringify([sessionId, ...parts]), 'buffer').subarray(0, 12);
  if (lastPlace.sessionId !== sessionId) lastPlace = { sessionId, bytes: placeOf(sessionId) };
  return Buffer.concat([lastPlace.bytes, content]);
}
