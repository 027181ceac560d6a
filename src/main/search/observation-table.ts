import type { ReadableDb } from '../store/database.ts';
import { createTombstoneReader } from '../store/tables/tombstones.ts';
import { createLocalDays } from './local-days.ts';
import { observationTypes } from '../../shared/views.ts';

/**
 * What ranking, filters and facets need of every observation, in typed arrays whose index is the row's pk: 45 bytes a row,
 * so that neighbours, sessions, filters and counts cost no statement.
 */
export interface ObservationColumns {
  /** 0 where there is no row. */
  session: Int32Array;
  /** Neighbours within the session, ordered by time; 0 at its ends. */
  previous: Int32Array;
  next: Int32Array;
  length: Int32Array;
  project: Int32Array;
  /** Index into `observationTypes`; 255 for a type that this version does not know. */
  type: Uint8Array;
  /** See `toolNumbers`; 0 for none. */
  tool: Uint16Array;
  failed: Uint8Array;
  occurredAt: Float64Array;
  /** Days since 1970 of the local date. */
  day: Int32Array;
  /** In steps of 1/255. */
  importance: Uint8Array;
  /** What rows that say the same share, once somebody asked for it (`Signatures`); 0 before. */
  signature: Int32Array;
}

export interface SessionColumns {
  /** The session's newest row. */
  tail: Int32Array;
  /** Terms in all its rows. */
  length: Int32Array;
}

export interface ObservationTable {
  rows: ObservationColumns;
  sessions: SessionColumns;
  /** Greatest pk that is in the table. */
  lastPk(): number;
  rowCount(): number;
  sessionCount(): number;
  termCount(): number;
  /** When the newest row happened; 0 without rows. */
  newestAt(): number;
  /** Numbers of the tools that rows have had, by name. */
  toolNumbers(): ReadonlyMap<string, number>;
  /** Takes in what was written since the last call; the first call reads everything. Answers the least pk written. */
  catchUp(): number;
  /** Forgets everything, so that rows that were deleted are gone too; the next `catchUp` reads all again. */
  reset(): void;
}

type Row = [
  pk: number,
  session: number,
  project: number,
  type: string,
  tool: string | null,
  failed: number,
  occurredAt: number,
  length: number,
  revision: number,
  importance: number,
];

const columnsSql = 'pk, session_pk, project_pk, type, tool, failed, occurred_at, term_count, revision, importance';
const unknownType = 255;

function emptyRows(capacity: number): ObservationColumns {
  return {
    session: new Int32Array(capacity),
    previous: new Int32Array(capacity),
    next: new Int32Array(capacity),
    length: new Int32Array(capacity),
    project: new Int32Array(capacity),
    type: new Uint8Array(capacity),
    tool: new Uint16Array(capacity),
    failed: new Uint8Array(capacity),
    occurredAt: new Float64Array(capacity),
    day: new Int32Array(capacity),
    importance: new Uint8Array(capacity),
    signature: new Int32Array(capacity),
  };
}

function growRows(old: ObservationColumns, capacity: number): ObservationColumns {
  const rows = emptyRows(capacity);
  rows.session.set(old.session);
  rows.previous.set(old.previous);
  rows.next.set(old.next);
  rows.length.set(old.length);
  rows.project.set(old.project);
  rows.type.set(old.type);
  rows.tool.set(old.tool);
  rows.failed.set(old.failed);
  rows.occurredAt.set(old.occurredAt);
  rows.day.set(old.day);
  rows.importance.set(old.importance);
  rows.signature.set(old.signature);
  return rows;
}

function emptySessions(capacity: number): SessionColumns {
  return { tail: new Int32Array(capacity), length: new Int32Array(capacity) };
}

function growSessions(old: SessionColumns, capacity: number): SessionColumns {
  const sessions = emptySessions(capacity);
  sessions.tail.set(old.tail);
  sessions.length.set(old.length);
  return sessions;
}

/** A quarter of room to grow, so that appending does not copy every time. */
function roomFor(index: number): number {
  return Math.max(1024, Math.ceil((index + 1) * 1.25));
}

/** The in-memory columns of `observations`, read lazily and caught up by `revision`. */
export function createObservationTable(db: ReadableDb): ObservationTable {
  const all = db.prepare<[], Row>(`SELECT ${columnsSql} FROM observations ORDER BY pk`).raw(true);
  const changed = db
    .prepare<[number], Row>(`SELECT ${columnsSql} FROM observations WHERE revision > ? ORDER BY revision, pk`)
    .raw(true);
  const greatest = db.prepare<[], number | null>('SELECT max(pk) FROM observations').pluck();
  const tombstones = createTombstoneReader(db);
  const typeNumbers = new Map<string, number>(observationTypes.map((type, index) => [type, index]));
  const tools = new Map<string, number>();
  let rows = emptyRows(0);
  let sessions = emptySessions(0);
  let lastPk = 0;
  let lastRevision = -1;
  let rowCount = 0;
  let sessionCount = 0;
  let termCount = 0;
  let newestAt = 0;
  const dayOf = createLocalDays();

  function numberOfTool(name: string): number {
    const known = tools.get(name);
    if (known !== undefined) return known;
    const made = tools.size + 1;
    tools.set(name, made);
    return made;
  }

  /** Puts the row at its place in time among its session's; nearly always that is the end. */
  function link(pk: number, session: number, occurredAt: number): void {
    let before = sessions.tail[session] ?? 0;
    if (before === 0) sessionCount++;
    let after = 0;
    while (before !== 0 && isLater(before, occurredAt, pk)) {
      after = before;
      before = rows.previous[before] ?? 0;
    }
    rows.previous[pk] = before;
    rows.next[pk] = after;
    if (before !== 0) rows.next[before] = pk;
    if (after === 0) sessions.tail[session] = pk;
    else rows.previous[after] = pk;
  }

  function isLater(pk: number, occurredAt: number, otherPk: number): boolean {
    const at = rows.occurredAt[pk] ?? 0;
    return at > occurredAt || (at === occurredAt && pk > otherPk);
  }

  function unlink(pk: number): void {
    const session = rows.session[pk] ?? 0;
    const before = rows.previous[pk] ?? 0;
    const after = rows.next[pk] ?? 0;
    if (before !== 0) rows.next[before] = after;
    if (after === 0) sessions.tail[session] = before;
    else rows.previous[after] = before;
    if (before === 0 && after === 0) sessionCount--;
    sessions.length[session] = (sessions.length[session] ?? 0) - (rows.length[pk] ?? 0);
    termCount -= rows.length[pk] ?? 0;
    rowCount--;
    rows.session[pk] = 0;
  }

  function take([pk, session, project, type, tool, failed, occurredAt, length, revision, importance]: Row): void {
    if (pk >= rows.session.length) rows = growRows(rows, roomFor(pk));
    if (session >= sessions.tail.length) sessions = growSessions(sessions, roomFor(session));
    if (rows.session[pk] !== 0) unlink(pk);
    link(pk, session, occurredAt);
    rows.session[pk] = session;
    rows.length[pk] = length;
    rows.project[pk] = project;
    rows.type[pk] = typeNumbers.get(type) ?? unknownType;
    rows.tool[pk] = tool === null ? 0 : numberOfTool(tool);
    rows.failed[pk] = failed;
    rows.occurredAt[pk] = occurredAt;
    rows.day[pk] = dayOf(occurredAt);
    rows.importance[pk] = Math.round(importance * 255);
    rows.signature[pk] = 0;
    newestAt = Math.max(newestAt, occurredAt);
    sessions.length[session] = (sessions.length[session] ?? 0) + length;
    termCount += length;
    rowCount++;
    lastPk = Math.max(lastPk, pk);
    lastRevision = Math.max(lastRevision, revision);
  }

  /** A row may have been deleted and its pk given to a new one: that one is taken in afterwards. */
  function takeAway(): void {
    const deleted = lastRevision < 0 ? null : tombstones.next();
    if (deleted === null) {
      reset();
      tombstones.skip();
      return;
    }
    for (const pk of deleted) if (rows.session[pk]) unlink(pk);
  }

  function reset(): void {
    rows = emptyRows(0);
    sessions = emptySessions(0);
    lastPk = rowCount = sessionCount = termCount = newestAt = 0;
    lastRevision = -1;
  }

  return {
    get rows() {
      return rows;
    },
    get sessions() {
      return sessions;
    },
    lastPk: () => lastPk,
    rowCount: () => rowCount,
    sessionCount: () => sessionCount,
    termCount: () => termCount,
    newestAt: () => newestAt,
    toolNumbers: () => tools,
    catchUp() {
      let least = Number.POSITIVE_INFINITY;
      takeAway();
      if (lastRevision < 0) rows = growRows(rows, roomFor(greatest.get() ?? 0));
      for (const row of lastRevision < 0 ? all.iterate() : changed.iterate(lastRevision)) {
        take(row);
        least = Math.min(least, row[0]);
      }
      return least;
    },
    reset,
  };
}
