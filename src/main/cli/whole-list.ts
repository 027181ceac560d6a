import { fill } from '../../shared/messages/fill.ts';
import type { Page } from '../../shared/views.ts';
import type { CliContext } from './cli-context.ts';

/** What commands that print a list take besides. */
export interface ListOptions {
  all?: boolean;
}

/** What the contract gives at once. */
const mostOfPage = 200;

/** Gives the page at a cursor; the first one without. */
type ReadPage<T> = (place: { cursor: string | undefined; limit: number }) => Promise<Page<T>>;

/** The first page of a list, or all of its pages as one. */
export async function pageOrAll<T>(read: ReadPage<T>, { all = false }: ListOptions): Promise<Page<T>> {
  const first = await read({ cursor: undefined, limit: mostOfPage });
  const data = [...first.data];
  let last = first.pagination;
  while (all && last.next_cursor !== null) {
    const next = await read({ cursor: last.next_cursor, limit: mostOfPage });
    data.push(...next.data);
    last = next.pagination;
  }
  if (!all) return first;
  return {
    data,
    pagination: { ...last, page: 1, total_pages: 1, limit: Math.max(last.limit, data.length), has_prev: false },
  };
}

/** Every row of a list. */
export async function everyRow<T>(read: ReadPage<T>): Promise<T[]> {
  return (await pageOrAll(read, { all: true })).data;
}

/** A list made readable, with a line on what is missing of it. */
export function withRest(readable: string, { data, pagination }: Page<unknown>, { text }: CliContext): string {
  if (!pagination.has_next) return readable;
  return `${readable}\n\n${fill(text.lists.more, { shown: data.length, total: pagination.total })}`;
}
