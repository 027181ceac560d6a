import type { WritableDb } from '../database.ts';
import type { Deletion } from './deletions.ts';
import { changedTables, keptTables } from './kept-tables.ts';
import { readTableShape, type ColumnShape } from './table-shape.ts';

type Value = string | number | null;
/** A row by its columns. */
type Content = Readonly<Record<string, Value>>;

export interface Restored {
  /** Of the observations that are back. */
  observationPks: number[];
  sessionPk: number;
  /** Keys of the events that are back, in hexadecimal. */
  eventKeys: string[];
}

/** Tables whose numbers stand in the JSON of `learning_changes`. */
const numberedInChanges = ['sessions', 'observations', 'learning_evidence'] as const;

/** Numbers may have been given to others since; null: it did not come back. */
type Renumbered = Map<string, Map<number, number | null>>;

/** Nearly all that a long session consists of. They go with its row, so what is put back of them can be taken away again. */
const bulkTables = keptTables.slice(0, keptTables.indexOf('observations') + 1);

/** How far a restore has come. */
export interface RestorePlace {
  /** Among `bulkTables`. */
  table: number;
  /** Of the last row of it that is back, in `deleted_rows`. */
  pk: number;
}

export const restoreStart: RestorePlace = { table: 0, pk: 0 };

export interface RowRestore {
  /**
   * Puts back at most so many rows of the session itself, of one table, from `place` on; `next` is where it goes on. Null when all of
   * them are there. What was rolled back can be put back again from the same place.
   */
  putSome(place: RestorePlace, limit: number): { rows: number; observationPks: number[]; next: RestorePlace } | null;
  /** Puts back all else. */
  finish(): Restored;
}

/**
 * Puts back what a deletion took, under new numbers where the old ones were given away. What has no place any more (evidence for
 * a learning that was deleted since) stays away. What was kept stays until the deletion is removed. `sessionPk`: of its session,
 * where that is still there.
 */
export function createRowRestore(db: WritableDb, deletion: Deletion, sessionPk: number | null): RowRestore {
  const numbers: Renumbered = new Map();
  if (sessionPk !== null) numbers.set('sessions', new Map([[deletion.sessionPk, sessionPk]]));
  const some = db.prepare<[number, string, number, number], { pk: number; content: string }>(
    `SELECT pk, content FROM deleted_rows
     WHERE deletion_pk = ? AND origin = ? AND action = 'deleted' AND pk > ? ORDER BY pk LIMIT ?`,
  );
  // Read once for all tables: there are fifteen of them, and the rows of a long session lie between theirs.
  const others = db.prepare<[number, string], { origin: string; action: string; content: string }>(
    `SELECT origin, action, content FROM deleted_rows
     WHERE deletion_pk = ? AND (action = 'changed' OR origin NOT IN (SELECT value FROM json_each(?))) ORDER BY pk`,
  );
  const keysOf = db
    .prepare<[number], string>(
      `SELECT content ->> '$.event_key' FROM deleted_rows WHERE deletion_pk = ? AND origin = 'events' AND action = 'deleted'`,
    )
    .pluck();

  return {
    putSome(place, limit) {
      let after = place.pk;
      for (const [table, name] of bulkTables.entries()) {
        if (table < place.table) continue;
        const rows = some.all(deletion.pk, name, after, limit);
        const last = rows.at(-1);
        after = 0;
        if (last === undefined) continue;
        const pks = putBack(
          db,
          name,
          rows.map(({ content }) => readContent(content)),
          numbers,
        );
        return { rows: rows.length, observationPks: name === 'observations' ? pks : [], next: { table, pk: last.pk } };
      }
      return null;
    },
    finish() {
      const rows = Object.groupBy(
        others.all(deletion.pk, JSON.stringify(bulkTables)),
        (row) => `${row.action} ${row.origin}`,
      );
      const contents = (table: string, action: 'deleted' | 'changed') =>
        (rows[`${action} ${table}`] ?? []).map(({ content }) => readContent(content));
      for (const table of keptTables.slice(bulkTables.length)) {
        const deleted = contents(table, 'deleted');
        if (deleted.length > 0) putBack(db, table, deleted, numbers);
      }
      const isRenumbered = numberedInChanges.some((table) =>
        [...(numbers.get(table) ?? [])].some(([before, now]) => now !== null && before !== now),
      );
      for (const table of changedTables) {
        // What can be undone names rows by the numbers they had.
        if (table === 'learning_changes' && isRenumbered) continue;
        // A learning may name one that came back after it.
        const changed = [...contents(table, 'changed'), ...(table === 'learnings' ? contents(table, 'deleted') : [])];
        fillIn(db, table, changed, numbers);
      }
      return {
        observationPks: [...(numbers.get('observations')?.values() ?? [])].filter((pk) => pk !== null),
        sessionPk: sessionPk ?? numbers.get('sessions')?.get(deletion.sessionPk) ?? 0,
        eventKeys: keysOf.all(deletion.pk),
      };
    },
  };
}

/** The same in one piece. */
export function restoreRows(db: WritableDb, deletion: Deletion, sessionPk: number | null): Restored {
  const restore = createRowRestore(db, deletion, sessionPk);
  let next: RestorePlace | undefined = restoreStart;
  while (next !== undefined) next = restore.putSome(next, Number.MAX_SAFE_INTEGER)?.next;
  return restore.finish();
}

/** Summaries of the other turns of its session say nothing of a deleted observation: they come back at once. */
export function restoreOtherTurns(db: WritableDb, deletion: Deletion, promptId: string | null): void {
  const rows = db
    .prepare<[number, string | null], string>(
      `DELETE FROM deleted_rows
       WHERE deletion_pk = ? AND origin = 'summaries' AND json_extract(content, '$.scope') = 'turn'
         AND json_extract(content, '$.prompt_id') IS NOT ?
       RETURNING content`,
    )
    .pluck()
    .all(deletion.pk, promptId);
  const numbers: Renumbered = new Map([['sessions', new Map([[deletion.sessionPk, deletion.sessionPk]])]]);
  putBack(db, 'summaries', rows.map(readContent), numbers);
}

/** A check by a schema took as long as all the rest of reading it. */
function readContent(text: string): Content {
  const content: unknown = JSON.parse(text);
  if (!isContent(content)) throw new TypeError('What was kept of a deleted row is no row.');
  return content;
}

function isContent(content: unknown): content is Content {
  if (typeof content !== 'object' || content === null) return false;
  return Object.values(content).every((value) => value === null || typeof value !== 'object');
}

/** Gives the numbers of those that are there now. */
function putBack(db: WritableDb, table: string, rows: readonly Content[], numbers: Renumbered): number[] {
  const shape = readTableShape(db, table);
  const hasPk = shape.some(({ name }) => name === 'pk');
  const isTaken = db.prepare<[number], number>(`SELECT 1 FROM ${table} WHERE ${hasPk ? 'pk' : '0'} = ?`).pluck();
  const names = shape.map(({ name }) => `"${name}"`).join(', ');
  // What is counted once more by a trigger is replaced by what was counted.
  const verb = table === 'observation_uses' ? 'REPLACE' : 'IGNORE';
  const insert = db.prepare(`INSERT OR ${verb} INTO ${table} (${names}) VALUES (${shape.map(() => '?').join(', ')})`);
  const uncount = db.prepare<[Value]>('UPDATE observation_uses SET count = count - 1 WHERE observation_pk = ?');
  const resolve = resolver(db, numbers);
  const own = numbers.get(table) ?? new Map<number, number | null>();
  numbers.set(table, own);
  const put: number[] = [];

  for (const row of rows) {
    const before = hasPk ? Number(row['pk']) : null;
    const values = valuesOf(table, shape, row, resolve);
    if (before !== null) own.set(before, null);
    if (values === null) continue;
    const place = shape.findIndex(({ name }) => name === 'pk');
    if (before !== null && isTaken.get(before) === 1) values[place] = null;
    const { changes, lastInsertRowid } = insert.run(...values);
    if (changes === 0) continue;
    put.push(Number(lastInsertRowid));
    if (before !== null) own.set(before, Number(lastInsertRowid));
    // It was counted when it was told.
    if (table === 'injection_lines') uncount.run(resolve(row, 'observations', 'observation_pk'));
  }
  return put;
}

/** Null for a row that hangs on something that is not there. */
function valuesOf(
  table: string,
  shape: readonly ColumnShape[],
  row: Content,
  resolve: ReturnType<typeof resolver>,
): (Value | Buffer)[] | null {
  const values: (Value | Buffer)[] = [];
  for (const { name, isBlob, isNullable, parent } of shape) {
    const value = row[name] ?? null;
    const given = parent === null || value === null ? value : resolve(row, parent, name);
    // A row without the one that it is about would say something else.
    if (given === null && value !== null && (!isNullable || table === 'learning_evidence')) return null;
    if (isBlob && given !== null) values.push(Buffer.from(String(given), 'hex'));
    else if (table === 'summaries' && name === 'subject') values.push(subjectOf(row, resolve));
    else values.push(given);
  }
  return values;
}

/** The subject names the session by its number. */
function subjectOf(row: Content, resolve: ReturnType<typeof resolver>): Value {
  const subject = String(row['subject']);
  return subject.replace(/^(turn|session):\d+/, `$1:${resolve(row, 'sessions', 'session_pk')}`);
}

/** Puts values back where there is nothing now. */
function fillIn(db: WritableDb, table: string, rows: readonly Content[], numbers: Renumbered): void {
  if (rows.length === 0) return;
  const shape = readTableShape(db, table);
  const key = shape.some(({ name }) => name === 'pk') ? 'pk' : 'origin';
  const columns = shape.filter(({ isNullable }) => isNullable);
  const update = db.prepare(`
    UPDATE ${table} SET ${columns.map(({ name }) => `"${name}" = COALESCE("${name}", ?)`).join(', ')} WHERE ${key} = ?`);
  const resolve = resolver(db, numbers);
  for (const row of rows) {
    const values = columns.map(({ name, parent }) => {
      const value = row[name] ?? null;
      return parent === null || value === null ? value : resolve(row, parent, name);
    });
    update.run(...values, row[key] ?? null);
  }
}

/** The number under which the row that a column names is found today; null when it is not there. */
function resolver(db: WritableDb, numbers: Renumbered) {
  const byId = {
    sessions: db.prepare<[string], number>('SELECT pk FROM sessions WHERE id = ?').pluck(),
    observations: db.prepare<[string], number>('SELECT pk FROM observations WHERE id = ?').pluck(),
  };
  const isThere = new Map<string, (pk: number) => boolean>();

  function lookUp(parent: string, pk: number): number | null {
    let check = isThere.get(parent);
    if (check === undefined) {
      const statement = db.prepare<[number], number>(`SELECT 1 FROM ${parent} WHERE pk = ?`).pluck();
      check = (wanted) => statement.get(wanted) === 1;
      isThere.set(parent, check);
    }
    return check(pk) ? pk : null;
  }

  return (row: Content, parent: string, column: string): number | null => {
    const value = row[column];
    if (typeof value !== 'number') return null;
    const known = numbers.get(parent)?.get(value);
    if (known !== undefined) return known;
    if (parent !== 'sessions' && parent !== 'observations') return lookUp(parent, value);
    const id = row[`$${column}`];
    return typeof id === 'string' ? (byId[parent].get(id) ?? null) : null;
  };
}
