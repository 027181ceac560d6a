import type { ReadableDb } from '../database.ts';

export interface ColumnShape {
  name: string;
  isBlob: boolean;
  isNullable: boolean;
  /** The table whose `pk` it holds. */
  parent: string | null;
}

const known = new WeakMap<ReadableDb, Map<string, ColumnShape[]>>();

/** The columns of a table as the file has them; whatever a later migration adds is there, too. */
export function readTableShape(db: ReadableDb, table: string): ColumnShape[] {
  const tables = known.get(db) ?? new Map<string, ColumnShape[]>();
  known.set(db, tables);
  const shape = tables.get(table) ?? readShape(db, table);
  tables.set(table, shape);
  return shape;
}

function readShape(db: ReadableDb, table: string): ColumnShape[] {
  const columns = db
    .prepare<[string], { name: string; type: string; notnull: number; pk: number }>(
      'SELECT name, type, "notnull", pk FROM pragma_table_info(?)',
    )
    .all(table);
  const parents = new Map(
    db
      .prepare<[string], [string, string]>('SELECT "from", "table" FROM pragma_foreign_key_list(?)')
      .raw(true)
      .all(table),
  );
  return columns.map(({ name, type, notnull, pk }) => ({
    name,
    isBlob: type === 'BLOB',
    isNullable: notnull === 0 && pk === 0,
    parent: parents.get(name) ?? null,
  }));
}
