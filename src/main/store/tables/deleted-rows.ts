import type { WritableDb } from '../database.ts';
import type { Deletion } from './deletions.ts';
import { changedTables, keptTables } from './kept-tables.ts';
import { readTableShape, type ColumnShape } from './table-shape.ts';

/** Tables whose rows have an id that outlives their `pk`. */
const namedTables: ReadonlySet<string> = new Set(['sessions', 'observations']);

/**
 * Runs `remove` and writes down what it takes away, be it by a cascade or a trigger. Triggers that are there only meanwhile see
 * it; a list of what hangs on what would have to be kept in step by hand.
 */
export function captureDeleted<T>(db: WritableDb, deletion: Deletion, remove: () => T): T {
  const triggers = [
    ...keptTables.map((table) => trigger(db, deletion, table, 'deleted')),
    ...changedTables.map((table) => trigger(db, deletion, table, 'changed')),
  ];
  for (const { name, sql } of triggers) {
    db.exec(`DROP TRIGGER IF EXISTS temp.${name}`);
    db.exec(sql);
  }
  try {
    return remove();
  } finally {
    for (const { name } of triggers) db.exec(`DROP TRIGGER temp.${name}`);
  }
}

type Action = 'deleted' | 'changed';

function trigger(db: WritableDb, { pk, sessionPk }: Deletion, table: string, action: Action) {
  const name = `keep_${action}_${table}`;
  const content = readTableShape(db, table)
    .flatMap((column) => fieldsOf(column, sessionPk, action))
    .join(', ');
  const sql = `
    CREATE TEMP TRIGGER ${name} AFTER ${action === 'deleted' ? 'DELETE' : 'UPDATE'} ON main.${table} BEGIN
      INSERT INTO deleted_rows (deletion_pk, origin, action, content)
      VALUES (${pk}, '${table}', '${action}', json_object(${content}));
    END`;
  return { name, sql };
}

/** Pairs of name and value for json_object. */
function fieldsOf({ name, isBlob, isNullable, parent }: ColumnShape, ownSessionPk: number, action: Action): string[] {
  // Of a row that stays, only what was taken: the rest is the person's to change until it comes back.
  const isTaken =
    action === 'changed' && isNullable ? `old."${name}" IS NOT new."${name}"` : `old."${name}" IS NOT NULL`;
  const value = `CASE WHEN ${isTaken} THEN ${isBlob ? `hex(old."${name}")` : `old."${name}"`} END`;
  const field = `'${name}', ${value}`;
  if (parent === null || !namedTables.has(parent)) return [field];
  // Of the session itself the deletion knows the id.
  const own = parent === 'sessions' ? `WHEN old."${name}" = ${ownSessionPk} THEN NULL` : 'WHEN FALSE THEN NULL';
  return [field, `'$${name}', CASE ${own} ELSE (SELECT id FROM ${parent} WHERE pk = old."${name}") END`];
}
