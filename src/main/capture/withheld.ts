import { z } from 'zod';
import type { WritableDb } from '../store/database.ts';
import { createSuppressionReader, createSuppressionWriter } from '../store/tables/suppressions.ts';
import type { CapturedEvent } from './captured-event.ts';

/** An event as it is held for a session that may come back; its key in hexadecimal. */
const heldEvent = z.object({
  key: z.string(),
  source: z.enum(['batch', 'transcript', 'hook', 'api']),
  name: z.string(),
  sessionId: z.string().nullable(),
  promptId: z.string().nullable(),
  toolUseId: z.string().nullable(),
  agentId: z.string().nullable(),
  agentType: z.string().nullable(),
  cwd: z.string().nullable(),
  transcriptPath: z.string().nullable(),
  branch: z.string().nullable(),
  model: z.string().nullable(),
  agent: z.string().exactOptional(),
  occurredAt: z.number(),
  receivedAt: z.number(),
  originalBytes: z.number(),
  payload: z.record(z.string(), z.unknown()),
});

/** What was deleted, kept in memory because every event is asked about it. */
export interface Withheld {
  /** True for an event that must not become a row: of a deleted session, which is held, or of what was erased, which is not. */
  takes(event: CapturedEvent): boolean;
  isErased(sessionId: string): boolean;
  hold(sessionId: string): void;
  /** Gives what came since `hold`, and takes the session's events again. */
  release(sessionId: string): CapturedEvent[];
  /** For good. */
  erase(sessionId: string, at: number): void;
  suppress(eventKeys: readonly string[], at: number): void;
  allow(eventKeys: readonly string[]): void;
  /** Reads again what is in the file, after something was rolled back. */
  reload(): void;
}

/** Call inside the writer's transaction. */
export function createWithheld(db: WritableDb): Withheld {
  const reader = createSuppressionReader(db);
  const writer = createSuppressionWriter(db);
  const gone = new Set<string>();
  const held = new Set<string>();
  const events = new Set<string>();

  function reload(): void {
    const all = reader.all();
    for (const [set, values] of [
      [gone, all.goneSessions],
      [held, all.heldSessions],
      [events, all.events],
    ] as const) {
      set.clear();
      for (const value of values) set.add(value);
    }
  }

  reload();
  return {
    takes(event) {
      const { sessionId } = event;
      if (sessionId !== null && gone.has(sessionId)) return true;
      if (sessionId !== null && held.has(sessionId)) {
        const key = hex(event.key);
        const kept: z.infer<typeof heldEvent> = { ...event, key };
        writer.hold({ key: event.key, source: event.source, sessionId, event: JSON.stringify(kept) });
        return true;
      }
      return events.size > 0 && events.has(hex(event.key));
    },
    isErased: (sessionId) => gone.has(sessionId),
    hold: (sessionId) => void held.add(sessionId),
    release(sessionId) {
      held.delete(sessionId);
      const came = writer.held(sessionId).map((text) => {
        const event = heldEvent.parse(JSON.parse(text));
        return { ...event, key: Buffer.from(event.key, 'hex') };
      });
      writer.dropHeld(sessionId);
      return came;
    },
    erase(sessionId, at) {
      writer.putSession(sessionId, at);
      writer.dropHeld(sessionId);
      held.delete(sessionId);
      gone.add(sessionId);
    },
    suppress(eventKeys, at) {
      for (const key of eventKeys) {
        writer.putEvent(key, at);
        events.add(key);
      }
    },
    allow(eventKeys) {
      for (const key of eventKeys) {
        writer.removeEvent(key);
        events.delete(key);
      }
    },
    reload,
  };
}

/** As SQLite writes it. */
function hex(key: Uint8Array): string {
  return Buffer.from(key).toString('hex').toUpperCase();
}
