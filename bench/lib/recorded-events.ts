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

/** A recorded session that happens once more, with ids of its own. */
export interface MintedSession {
  id: string;
  events: MintedEvent[];
  /** The lines that Claude Code wrote into its transcript meanwhile. */
  transcript(): string[];
}

const folder = resolve(import.meta.dirname, '../../e2e/fixtures/recorded');

/** The folder in which all recorded sessions were started. */
export const recordedCwd = '/home/dev/shop-api';

/** The fields whose values are ids, at any depth: a batch names the tool uses that it is made of. */
const idField = /"(?:session_id|prompt_id|tool_use_id|agent_id)":"([^"]+)"/g;

interface RecordedSession {
  hooks: string[];
  transcript: string[];
  ids: string[];
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

const sessions: RecordedSession[] = readdirSync(folder)
  .filter((file) => file.endsWith('.hooks.jsonl'))
  .map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const ids = new Set([...text.matchAll(idField)].map((match) => match[1] ?? ''));
    return {
      // A question is held until a person answers it: that time is nobody's cost.
      hooks: lines(text).filter((line) => !line.includes('"hook_event_name":"PermissionRequest"')),
      transcript: lines(readFileSync(join(folder, file.replace('.hooks.', '.transcript.')), 'utf8')),
      // Longest first: an id that begins another one must not be replaced inside it.
      ids: [...ids].toSorted((a, b) => b.length - a.length),
    };
  });

/** Whole recorded sessions after each other, each with new ids, without end; in the order in which they happened. */
export function* mintedSessions(): Generator<MintedSession, never> {
  for (;;) for (const session of sessions) yield mintSession(session);
}

function mintSession({ hooks, transcript, ids }: RecordedSession): MintedSession {
  const fresh = ids.map((id) => [id, id.startsWith('toolu_') ? `toolu_${randomUUID()}` : randomUUID()] as const);
  const mint = (line: string) => {
    let minted = line;
    for (const [id, replacement] of fresh) minted = minted.replaceAll(id, replacement);
    return minted;
  };
  const events = hooks.map((line) => {
    const body = mint(line);
    const event = JSON.parse(body) as { session_id: string; hook_event_name: string; tool_use_id?: string };
    return {
      body,
      name: event.hook_event_name,
      sessionId: event.session_id,
      toolUseId: event.tool_use_id ?? null,
    };
  });
  return { id: events[0]?.sessionId ?? '', events, transcript: () => transcript.map(mint) };
}

/** The events of such sessions, without end. */
export function* mintedEvents(): Generator<MintedEvent, never> {
  for (const session of mintedSessions()) yield* session.events;
  throw new Error('There are no recorded sessions.');
}

/** The next so many of them, beginning with a new session. */
export function mintEvents(count: number): MintedEvent[] {
  const source = mintedEvents();
  return Array.from({ length: count }, () => source.next().value);
}
