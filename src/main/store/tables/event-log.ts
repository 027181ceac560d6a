import { type MemoryEvent, memoryEventTypes, type MemoryEventType } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { isoTime } from '../times.ts';

/** Entries kept for clients that come back; a client that is further behind gets a gap. */
const entriesKept = 50_000;

export interface NewLogEntry {
  type: MemoryEventType;
  at: number;
  projectPk: number | null;
  sessionPk: number | null;
  data: MemoryEvent['data'];
}

/** The log that streams are fed from and clients come back to; ids only grow, and old entries are pruned by number. */
export function createEventLogWriter(db: WritableDb) {
  const append = db.prepare<[string, number, number | null, number | null, string]>(
    'INSERT INTO event_log (type, at, project_pk, session_pk, data) VALUES (?, ?, ?, ?, ?)',
  );
  const prune = db.prepare<[number]>('DELETE FROM event_log WHERE id <= (SELECT MAX(id) FROM event_log) - ?');
  // A question for leave is shown by its command.
  const removeObservation = db.prepare<[{ sessionPk: number; id: string }]>(`
    DELETE FROM event_log WHERE session_pk = @sessionPk AND (
      json_extract(data, '$.observation_id') = @id
      OR type IN ('permission.requested', 'permission.decided')
        AND json_extract(data, '$.request_id') NOT IN (SELECT id FROM permission_requests))`);
  const dropTitles = db.prepare(`
    UPDATE event_log SET data = json_remove(data, '$.title')
    WHERE type IN ('learning.changed', 'summary.created') AND json_type(data, '$.title') IS NOT NULL`);
  return {
    /** Returns the entry's id. */
    append: (entry: NewLogEntry): number =>
      Number(
        append.run(entry.type, entry.at, entry.projectPk, entry.sessionPk, JSON.stringify(entry.data)).lastInsertRowid,
      ),
    prune: () => void prune.run(entriesKept),
    /** What tells of an observation that went, and of questions for leave that went with it. */
    removeObservation: (sessionPk: number, id: string) => void removeObservation.run({ sessionPk, id }),
    /** Titles of learnings and summaries, which older entries carry: nothing says whose words they are. */
    dropTitles: () => void dropTitles.run(),
  };
}

interface LogRow {
  id: number;
  type: string;
  at: number;
  project_id: string | null;
  session_id: string | null;
  data: string;
}

const knownTypes: ReadonlySet<string> = new Set(memoryEventTypes);

export interface LogPage {
  /** The ends of the log. */
  first: number | null;
  last: number | null;
  events: MemoryEvent[];
  /** Everything up to this id was looked at. */
  through: number;
}

/** Reads the log for streams; entries of a type that this version does not know are left out. */
export function createEventLogReader(db: ReadableDb) {
  const after = db.prepare<[number, number], LogRow>(`
    SELECT e.id, e.type, e.at, p.id AS project_id, s.id AS session_id, e.data
    FROM event_log e LEFT JOIN projects p ON p.pk = e.project_pk LEFT JOIN sessions s ON s.pk = e.session_pk
    WHERE e.id > ? ORDER BY e.id LIMIT ?`);
  const ends = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT MIN(id) AS first, MAX(id) AS last FROM event_log',
  );
  return {
    /** Entries after an id, oldest first, and how far the log reaches. */
    page({ after: id, limit }: { after: number; limit: number }): LogPage {
      const { first, last } = ends.get() ?? { first: null, last: null };
      const rows = after.all(id, limit);
      const lastRead = rows.at(-1)?.id ?? 0;
      // Entries may have come between the two statements.
      const through = rows.length < limit ? Math.max(lastRead, last ?? 0) : lastRead;
      return { first, last, events: rows.filter(isKnown).map(toEvent), through };
    },
  };
}

function isKnown(row: LogRow): row is LogRow & { type: MemoryEventType } {
  return knownTypes.has(row.type);
}

function toEvent(row: LogRow & { type: MemoryEventType }): MemoryEvent {
  const data = JSON.parse(row.data) as MemoryEvent['data'];
  // A session that was deleted is in no row any more.
  const named = data['session_id'];
  return {
    id: row.id,
    type: row.type,
    at: isoTime(row.at),
    project_id: row.project_id,
    session_id: row.session_id ?? (typeof named === 'string' ? named : null),
    data,
  };
}
