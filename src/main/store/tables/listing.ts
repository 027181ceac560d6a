import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { createCountCache } from '../count-cache.ts';
import { cursorsOf, toPage } from '../paging.ts';

/** A row that lists are ordered by. */
interface PlacedRow {
  pk: number;
  occurred_at: number;
}

interface ListingParts<Row, View> {
  columns: string;
  /** `FROM` and its joins; the listed table is `t`. */
  from: string;
  /** The table alone, for counting; cursors are known by it. */
  table: string;
  /** On `t` alone, so that counting needs no join; each is bound by its name. */
  conditions: Readonly<Record<string, string>>;
  toView(row: Row): View;
}

export interface ListingRequest {
  /** Those that are undefined are left out. */
  values: Readonly<Record<string, string | number | undefined>>;
  isOldestFirst: boolean;
  cursor: string | undefined;
  limit: number;
}

/** Pages of a table by time; each combination of conditions is prepared once. Throws `CursorError`. */
export function createListing<Row extends PlacedRow, View>(
  db: ReadableDb,
  { columns, from, table, conditions, toView }: ListingParts<Row, View>,
) {
  const counted = createCountCache(db);
  const prepared = new Map<string, ReturnType<typeof prepare>>();

  function prepare(where: string, isOldestFirst: boolean) {
    const [after, order] = isOldestFirst ? ['>', 'ASC'] : ['<', 'DESC'];
    return {
      page: db.prepare<[object], Row>(`
        SELECT ${columns} ${from} WHERE ${where} AND (t.occurred_at, t.pk) ${after} (@at, @pk)
        ORDER BY t.occurred_at ${order}, t.pk ${order} LIMIT @limit`),
      total: db.prepare<[object], number>(`SELECT COUNT(*) FROM ${table} t WHERE ${where}`).pluck(),
    };
  }

  return function list({ values, isOldestFirst, cursor, limit }: ListingRequest): Page<View> {
    const used = Object.entries(conditions).filter(([field]) => values[field] !== undefined);
    const where = ['1', ...used.map(([, condition]) => condition)].join(' AND ');
    const key = `${isOldestFirst ? 'up' : 'down'} ${where}`;
    const statements = prepared.get(key) ?? prepare(where, isOldestFirst);
    prepared.set(key, statements);
    const end = isOldestFirst ? -1 : Number.MAX_SAFE_INTEGER;
    // What lies before a page is carried along: counting it would read all of it.
    const filters = Object.fromEntries(used.map(([field]) => [field, values[field]]));
    const cursors = cursorsOf(table, { ...filters, isOldestFirst });
    const [at, pk, before] = cursors.read(cursor, 3) ?? [end, end, 0];
    const rows = statements.page.all({ ...filters, at, pk, limit: limit + 1 });
    const total = counted(`${where} ${JSON.stringify(filters)}`, () => statements.total.get(filters) ?? 0);
    return toPage(rows, { total, before: before ?? 0, limit }, toView, (row) =>
      cursors.at([row.occurred_at, row.pk, (before ?? 0) + limit]),
    );
  };
}
