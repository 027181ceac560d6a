import type { WritableDb } from '../database.ts';

export interface NewEvent {
  key: Uint8Array;
  source: string;
  sourceRank: number;
  name: string;
  sessionPk: number | null;
  promptId: string | null;
  toolUseId: string | null;
  agentId: string | null;
  occurredAt: number;
  receivedAt: number;
  originalBytes: number;
  payload: string;
}

interface EventRow {
  pk: number;
  source_rank: number;
  name: string;
  occurred_at: number;
}

export interface RecordedEvent {
  pk: number;
  /** new: first report; better: a better source replaced the payload; moved: only its time was corrected; known: nothing changed. */
  outcome: 'new' | 'better' | 'moved' | 'known';
  occurredAt: number;
}

/** A transcript's time replaces a hook's arrival only when they differ by more: a replay or a late catch-up. */
const timeToleranceMs = 60_000;

/** The ledger. Recording is commutative and idempotent: any order and repetition of reports leaves the same rows. */
export function createEventWriter(db: WritableDb) {
  const find = db.prepare<[Uint8Array], EventRow>(
    'SELECT pk, source_rank, name, occurred_at FROM events WHERE event_key = ?',
  );
  // By position: binding by name costs half as much again, and this runs for every event.
  const insert = db.prepare(`
    INSERT INTO events (event_key, source, source_rank, name, session_pk, prompt_id, tool_use_id, agent_id,
      occurred_at, received_at, original_bytes, payload)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (event_key) DO NOTHING`);
  const replace = db.prepare(`
    UPDATE events SET source = @source, source_rank = @sourceRank, name = @name,
      prompt_id = COALESCE(@promptId, prompt_id), agent_id = COALESCE(@agentId, agent_id),
      occurred_at = @occurredAt, original_bytes = @originalBytes, payload = @payload
    WHERE pk = @pk`);
  const move = db.prepare<[number, number]>('UPDATE events SET occurred_at = ? WHERE pk = ?');

  return function record(event: NewEvent): RecordedEvent {
    const inserted = insert.run(
      event.key,
      event.source,
      event.sourceRank,
      event.name,
      event.sessionPk,
      event.promptId,
      event.toolUseId,
      event.agentId,
      event.occurredAt,
      event.receivedAt,
      event.originalBytes,
      event.payload,
    );
    if (inserted.changes === 1) {
      return { pk: Number(inserted.lastInsertRowid), outcome: 'new', occurredAt: event.occurredAt };
    }
    const known = find.get(event.key);
    if (known === undefined) throw new Error('An event was neither inserted nor found.');
    const occurredAt = settleTime(event, known);
    if (event.sourceRank > known.source_rank) {
      replace.run({ ...event, occurredAt, pk: known.pk });
      return { pk: known.pk, outcome: 'better', occurredAt };
    }
    if (occurredAt === known.occurred_at) return { pk: known.pk, outcome: 'known', occurredAt };
    move.run(occurredAt, known.pk);
    return { pk: known.pk, outcome: 'moved', occurredAt };
  };
}

/** Only a transcript knows when a thing happened; a hook and a batch know when they were received. */
function settleTime(event: NewEvent, known: EventRow): number {
  const far = Math.abs(event.occurredAt - known.occurred_at) > timeToleranceMs;
  return far && event.source === 'transcript' ? event.occurredAt : known.occurred_at;
}
