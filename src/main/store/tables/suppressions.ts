import type { ReadableDb, WritableDb } from '../database.ts';

export interface Suppressed {
  /** Erased: nothing of them is taken any more. */
  goneSessions: string[];
  /** Deleted, and may come back: what they report is held. */
  heldSessions: string[];
  /** Keys of events in hexadecimal. */
  events: string[];
}

export interface HeldEvent {
  key: Uint8Array;
  source: string;
  sessionId: string;
  /** JSON. */
  event: string;
}

const sessionKey = (id: string) => `session:${id}`;
const eventKey = (key: string) => `event:${key}`;

export function createSuppressionReader(db: ReadableDb) {
  const all = db.prepare<[string, string], string>('SELECT key FROM suppressions WHERE key >= ? AND key < ?').pluck();
  const held = db.prepare<[], string>(`SELECT id FROM deletions WHERE kind = 'session'`).pluck();
  // ';' follows ':'.
  const under = (prefix: string) => all.all(`${prefix}:`, `${prefix};`).map((key) => key.slice(prefix.length + 1));
  return {
    all: (): Suppressed => ({ goneSessions: under('session'), heldSessions: held.all(), events: under('event') }),
  };
}

export function createSuppressionWriter(db: WritableDb) {
  const put = db.prepare<[string, number]>('INSERT OR IGNORE INTO suppressions (key, at) VALUES (?, ?)');
  const remove = db.prepare<[string]>('DELETE FROM suppressions WHERE key = ?');
  const hold = db.prepare<[Uint8Array, string, string, string]>(
    'INSERT OR IGNORE INTO held_events (event_key, source, session_id, event) VALUES (?, ?, ?, ?)',
  );
  const held = db.prepare<[string], string>('SELECT event FROM held_events WHERE session_id = ? ORDER BY pk').pluck();
  const dropHeld = db.prepare<[string]>('DELETE FROM held_events WHERE session_id = ?');
  return {
    putSession: (id: string, at: number) => void put.run(sessionKey(id), at),
    putEvent: (key: string, at: number) => void put.run(eventKey(key), at),
    removeEvent: (key: string) => void remove.run(eventKey(key)),
    hold: ({ key, source, sessionId, event }: HeldEvent) => void hold.run(key, source, sessionId, event),
    /** In the order in which they came. */
    held: (sessionId: string) => held.all(sessionId),
    dropHeld: (sessionId: string) => void dropHeld.run(sessionId),
  };
}
