import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A hook event of a recorded session, with ids that no event had before. */
export interface MintedEvent {
  body: string;
  name: string;
  sessionId: string;
  toolUseId: string | null;
}

const folder = resolve(import.meta.dirname, '../../e2e/fixtures/recorded');

/** The fields whose values are ids, at any depth: a batch names the tool uses that it is made of. */
const idField = /"(?:session_id|prompt_id|tool_use_id|agent_id)":"([^"]+)"/g;

interface RecordedSession {
  lines: string[];
  ids: string[];
}

const sessions: RecordedSession[] = readdirSync(folder)
  .filter((file) => file.endsWith('.hooks.jsonl'))
  .map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const ids = new Set([...text.matchAll(idField)].map((match) => match[1] ?? ''));
    // Longest first: an id that begins another one must not be replaced inside it.
    return {
      lines: text.split('\n').filter((line) => line !== ''),
      ids: [...ids].toSorted((a, b) => b.length - a.length),
    };
  });

/** Whole recorded sessions after each other, each with new ids, without end; in the order in which they happened. */
export function* mintedEvents(): Generator<MintedEvent, never> {
  for (;;) for (const session of sessions) yield* mintSession(session);
}

function* mintSession({ lines, ids }: RecordedSession): Generator<MintedEvent> {
  const fresh = ids.map((id) => [id, id.startsWith('toolu_') ? `toolu_${randomUUID()}` : randomUUID()] as const);
  for (const line of lines) {
    let body = line;
    for (const [id, replacement] of fresh) body = body.replaceAll(id, replacement);
    const event = JSON.parse(body) as { session_id: string; hook_event_name: string; tool_use_id?: string };
    yield {
      body,
      name: event.hook_event_name,
      sessionId: event.session_id,
      toolUseId: event.tool_use_id ?? null,
    };
  }
}

/** The next so many of them, beginning with a new session. */
export function mintEvents(count: number): MintedEvent[] {
  const source = mintedEvents();
  return Array.from({ length: count }, () => source.next().value);
}
