import type { Page } from '../../shared/views.ts';

/** A place in an ordered list, as the caller sees it: opaque, but only numbers within. */
export function encodeCursor(values: readonly number[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Null without a cursor. Throws `CursorError` for one that this app has not made. */
export function decodeCursor(cursor: string | undefined, length: number): number[] | null {
  if (cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isNumbers(values) && values.length === length) {
      return values;
    }
  } catch {
    // Falls through to the one answer for every bad cursor.
  }
  throw new CursorError();
}

function isNumbers(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((value) => Number.isFinite(value));
}

export class CursorError extends Error {
  readonly code = 'INVALID_CURSOR';
  constructor() {
    super('This cursor is not one of ours. Leave it out to begin at the first page.');
    this.name = 'CursorError';
  }
}

/** A LIKE pattern that finds `text` anywhere; use with ESCAPE '\'. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/**
 * A page of a list that is read one row beyond its limit: that row says that there is a next page and is not shown.
 * `before` is how many rows lie ahead of this page, `place` what the next cursor holds of the last row.
 */
export function toPage<Row, View>(
  rows: readonly Row[],
  { total, before, limit }: { total: number; before: number; limit: number },
  toView: (row: Row) => View,
  place: (row: Row) => number[],
): Page<View> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasNext = rows.length > limit;
  return {
    data: shown.map(toView),
    pagination: {
      page: Math.floor(before / limit) + 1,
      limit,
      total,
      total_pages: Math.ceil(total / limit),
      has_next: hasNext,
      has_prev: before > 0,
      next_cursor: hasNext && last !== undefined ? encodeCursor(place(last)) : null,
    },
  };
}
