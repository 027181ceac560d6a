import type { NewObservation, NewSession } from '../../api/record-services.ts';
import { eventKeys, givenObservation, type CapturedEvent } from '../../capture/captured-event.ts';
import { sanitize } from '../../capture/sanitize.ts';
import { newId } from '../../store/ids.ts';

/** An event that a program tells by itself: cleaned as a hook's is, and the same as no other. */
function givenEvent(sessionId: string, name: string, at: number, receivedAt: number, fields: object): CapturedEvent {
  return {
    key: eventKeys.content(sessionId, name, newId(receivedAt)),
    source: 'api',
    name,
    sessionId,
    promptId: null,
    toolUseId: null,
    agentId: null,
    agentType: null,
    cwd: null,
    transcriptPath: null,
    branch: null,
    model: null,
    occurredAt: at,
    receivedAt,
    originalBytes: Buffer.byteLength(JSON.stringify(fields)),
    payload: fieldsOf(sanitize(fields)),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The beginning of a session, as a SessionStart hook would report it. */
export function sessionEvent(session: NewSession, id: string, now: number): CapturedEvent {
  const { agent, cwd, title, model, started_at: startedAt } = session;
  const at = startedAt === undefined ? now : Date.parse(startedAt);
  const event = givenEvent(id, 'SessionStart', at, now, { source: 'api', title });
  return { ...event, agent, cwd, model: model ?? null };
}

export function observationEvent(observation: NewObservation, now: number): CapturedEvent {
  const { session_id: sessionId, occurred_at: occurredAt, ...content } = observation;
  const at = occurredAt === undefined ? now : Date.parse(occurredAt);
  return givenEvent(sessionId, givenObservation, at, now, content);
}
