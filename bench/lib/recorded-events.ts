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

interface RecordedHook {
  session_id: string;
  hook_event_name: string;
  prompt_id?: string;
  tool_use_id?: string;
  agent_id?: string;
}

const files = readdirSync(folder)
  .filter((file) => file.endsWith('.hooks.jsonl'))
  .map((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as RecordedHook),
  );

/** Whole recorded sessions after each other, each with new ids, without end; in the order in which they happened. */
export function* mintedEvents(): Generator<MintedEvent, never> {
  for (;;) for (const hooks of files) yield* mintSession(hooks);
}

function* mintSession(hooks: readonly RecordedHook[]): Generator<MintedEvent> {
  const fresh = new Map<string, string>();
  const suffix = randomUUID();
  const renewed = (id: string, make: () => string) => {
    const known = fresh.get(id) ?? make();
    fresh.set(id, known);
    return known;
  };
  for (const hook of hooks) {
    const sessionId = renewed(hook.session_id, randomUUID);
    const event = {
      ...hook,
      session_id: sessionId,
      ...(hook.prompt_id === undefined ? {} : { prompt_id: renewed(hook.prompt_id, randomUUID) }),
      ...(hook.tool_use_id === undefined ? {} : { tool_use_id: `${hook.tool_use_id}_${suffix}` }),
      ...(hook.agent_id === undefined ? {} : { agent_id: renewed(hook.agent_id, randomUUID) }),
    };
    yield {
      body: JSON.stringify(event).replaceAll(hook.session_id, sessionId),
      name: hook.hook_event_name,
      sessionId,
      toolUseId: event.tool_use_id ?? null,
    };
  }
}

/** The next so many of them. */
export function mintEvents(count: number): MintedEvent[] {
  const source = mintedEvents();
  return Array.from({ length: count }, () => source.next().value);
}
