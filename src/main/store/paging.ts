import { hash } from 'node:crypto';
import type { Page } from '../../shared/views.ts';

/** Places in one list as it was asked for. */
export interface Cursors {
  /** The place that a cursor of this list stands for, of `length` numbers; null without a cursor. Throws `CursorError`. */
  read(cursor: string | undefined, length: number): number[] | null;
  /** The place as the caller sees it: opaque, but only numbers within. */
  at(place: readonly number[]): string;
}

/**
 * Each begins with a check over the list, the filters and the place: given to another list, or with other filters, a
 * cursor would silently skip rows. Of `filters` what is undefined does not count.
 */
export function cursorsOf(list: string, filters: object): Cursors {
  const asked = JSON.stringify([list, filters]);
  const at = (place: readonly number[]) => {
    const check = Number.parseInt(hash('sha256', asked + JSON.stringify(place)).slice(0, 8), 16);
    return Buffer.from(JSON.stringify([check, ...place])).toString('base64url');
  };
  return {
    at,
    read(cursor, length) {
      if (cursor === undefined) return null;
      const place = numbersIn(cursor).slice(1);
      // Made again: base64url and JSON have many ways to write the same.
      if (place.length !== length || at(place) !== cursor) throw new CursorError();
      return place;
    },
  };
}

function numbersIn(cursor: string): number[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return isNumbers(values) ? values : [];
  } catch {
    return [];
  }
}

function isNumbers(values: unknown): values is number[] {
  return Array.isArray(values) && values.every((value) => Number.isFinite(value));
}

export class CursorError extends Error {
  readonly code = 'INVALID_CURSOR';
  constructor() {
    super(
      'This cursor is of another list or of other filters, or was changed on the way. ' +
        'Send it with all that it was made with, or leave it out to begin at the first page.',
    );
    this.name = 'CursorError';
  }
}

/** A LIKE pattern that finds `text` anywhere; use with ESCAPE '\'. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/**
 * A page of a list that is read one row beyond its limit: that row says that there is a next page and is not shown.
 * `before` is how many rows lie ahead of this page, `cursorAt` the cursor that goes on behind a row.
 */
export function toPage<Row, View>(
  rows: readonly Row[],
  { total, before, limit }: { total: number; before: number; limit: number },
  toView: (row: Row) => View,
  cursorAt: (row: Row) => string,
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
      next_cursor: hasNext && last !== undefined ? cursorAt(last) : null,
    },
  };
}
