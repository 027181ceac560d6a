import { z } from 'zod';
import type { AgentState, AgentView } from '../../../shared/agent-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

/** A program without a word for longer is idle. */
const activeForMs = 15 * 60 * 1000;
const metadata = z.record(z.string(), z.unknown()).catch({});

export interface AgentQuery {
  text?: string | undefined;
  state?: AgentState | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface ProgramRow {
  pk: number;
  id: string;
  name: string;
  description: string | null;
  metadata: string;
  disabled_at: number | null;
  dropped_count: number;
  created_at: number;
  updated_at: number;
  session_count: number;
  observation_count: number;
  first_seen_at: number | null;
  last_active_at: number | null;
}

/** Programs with what their sessions come to; there are few of them, so a list is made whole and cut then. */
export function createAgentProgramReader(db: ReadableDb) {
  const all = db.prepare<[], ProgramRow>(`
    SELECT a.pk, a.id, a.name, a.description, a.metadata, a.disabled_at, a.dropped_count, a.created_at, a.updated_at,
      coalesce(s.session_count, 0) AS session_count, coalesce(s.observation_count, 0) AS observation_count,
      s.first_seen_at, s.last_active_at
    FROM agent_programs a LEFT JOIN (
      SELECT agent, count(*) AS session_count, sum(observation_count) AS observation_count,
        min(started_at) AS first_seen_at, max(last_event_at) AS last_active_at
      FROM sessions GROUP BY agent
    ) s ON s.agent = a.name`);

  return {
    get(id: string, now: number): AgentView | null {
      const row = all.all().find((known) => known.id === id);
      return row === undefined ? null : toView(row, now);
    },
    /** The last active first. Throws `CursorError`. */
    list(query: AgentQuery, now: number): Page<AgentView> {
      const wanted = query.text?.trim().toLowerCase() ?? '';
      const rows = all
        .all()
        .filter((row) => query.state === undefined || stateOf(row, now) === query.state)
        .filter(({ name, description }) => `${name}\n${description ?? ''}`.toLowerCase().includes(wanted))
        .toSorted((one, other) => placeOf(other) - placeOf(one) || other.pk - one.pk);
      const cursors = cursorsOf('agents', { wanted, state: query.state });
      const [at, pk] = cursors.read(query.cursor, 2) ?? [Infinity, Infinity];
      const rest = rows.filter((row) => isBehind(row, at ?? Infinity, pk ?? Infinity));
      const place = { total: rows.length, before: rows.length - rest.length, limit: query.limit };
      return toPage(
        rest.slice(0, query.limit + 1),
        place,
        (row) => toView(row, now),
        (row) => cursors.at([placeOf(row), row.pk]),
      );
    },
  };
}

/** Those who never did anything come last. */
const placeOf = (row: ProgramRow): number => row.last_active_at ?? 0;

function isBehind(row: ProgramRow, at: number, pk: number): boolean {
  return placeOf(row) < at || (placeOf(row) === at && row.pk < pk);
}

function stateOf({ disabled_at, last_active_at }: ProgramRow, now: number): AgentState {
  if (disabled_at !== null) return 'disabled';
  return last_active_at !== null && last_active_at > now - activeForMs ? 'active' : 'idle';
}

function toView(row: ProgramRow, now: number): AgentView {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    metadata: metadata.parse(JSON.parse(row.metadata)),
    state: stateOf(row, now),
    session_count: row.session_count,
    observation_count: row.observation_count,
    dropped_count: row.dropped_count,
    first_seen_at: isoTimeOrNull(row.first_seen_at),
    last_active_at: isoTimeOrNull(row.last_active_at),
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
  };
}

export interface AgentRecord {
  id: string;
  name: string;
  description: string | null;
  /** JSON. */
  metadata: string;
}

/** Registers programs and lets them in or not. */
export function createAgentProgramWriter(db: WritableDb) {
  const find = db.prepare<[string], { name: string; disabled_at: number | null }>(
    'SELECT name, disabled_at FROM agent_programs WHERE id = ?',
  );
  const insert = db.prepare(`
    INSERT INTO agent_programs (id, name, description, metadata, created_at, updated_at)
    VALUES (@id, @name, @description, @metadata, @at, @at) ON CONFLICT (name) DO NOTHING`);
  const change = db.prepare<
    [{ id: string; description: string | null; metadata: string | null; at: number; keeps: number }]
  >(`
    UPDATE agent_programs SET description = CASE @keeps WHEN 1 THEN description ELSE @description END,
      metadata = coalesce(@metadata, metadata), updated_at = @at WHERE id = @id`);
  const disable = db.prepare<[number | null, number, string]>(
    'UPDATE agent_programs SET disabled_at = ?, updated_at = ? WHERE id = ?',
  );
  const remove = db.prepare<[string]>('DELETE FROM agent_programs WHERE id = ?');
  const hasSessions = db.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM sessions WHERE agent = ?)').pluck();
  const disabled = db.prepare<[], string>('SELECT name FROM agent_programs WHERE disabled_at IS NOT NULL').pluck();
  const isDisabled = db
    .prepare<[string], number>(
      'SELECT EXISTS (SELECT 1 FROM agent_programs WHERE name = ? AND disabled_at IS NOT NULL)',
    )
    .pluck();
  const nameOf = db.prepare<[string], string>('SELECT agent FROM sessions WHERE id = ?').pluck();
  const dropped = db.prepare<[number, string]>(
    'UPDATE agent_programs SET dropped_count = dropped_count + ? WHERE name = ?',
  );
  return {
    find: (id: string) => find.get(id) ?? null,
    /** False when there is one of that name. */
    insert: (record: AgentRecord, at: number): boolean => insert.run({ ...record, at }).changes > 0,
    /** `undefined` leaves as it was. */
    change: (id: string, to: { description: string | null | undefined; metadata: string | undefined }, at: number) =>
      void change.run({
        id,
        at,
        description: to.description ?? null,
        keeps: to.description === undefined ? 1 : 0,
        metadata: to.metadata ?? null,
      }),
    disable: (id: string, isDisabled: boolean, at: number) => void disable.run(isDisabled ? at : null, at, id),
    remove: (id: string) => void remove.run(id),
    hasSessions: (name: string): boolean => hasSessions.get(name) === 1,
    isDisabled: (name: string): boolean => isDisabled.get(name) === 1,
    /** Of a session's program; null for a session that is not there. */
    nameOf: (sessionId: string): string | null => nameOf.get(sessionId) ?? null,
    /** Names of those whose sessions are not taken. */
    disabled: (): string[] => disabled.all(),
    dropped: (name: string, count: number) => void dropped.run(count, name),
  };
}
