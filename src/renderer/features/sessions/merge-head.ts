import type { InfiniteData } from '@tanstack/react-query';
import type { Page, SessionView } from '../../../shared/views.ts';

export type SessionPages = InfiniteData<Page<SessionView>, string | null>;

/**
 * Puts a fresh first page over a list that is loaded in part, without reading the other pages again.
 * The list is sorted by the last event, so a session that had one is on the fresh page, or no longer matches the filters
 * and leaves. Null when the fresh page does not tell, and all has to be read again: when nothing on it stands where it
 * stood, for then sessions may be missing below it; and when a session further down changed without an event of its own,
 * as by its summary or by being deleted.
 */
export function mergeHead(
  old: SessionPages,
  head: Page<SessionView>,
  changed: ReadonlySet<string>,
): SessionPages | null {
  const [first, ...later] = old.pages;
  const last = head.data.at(-1);
  if (!first || !last || head.pagination.next_cursor === null) return { pages: [head], pageParams: [null] };
  const fresh = new Map(head.data.map((session) => [session.id, session]));
  const before = old.pages.flatMap((page) => page.data);
  // Compared by time as well: one that moved may be on the fresh page before the news of it is here.
  const meets = before.some(({ id, last_event_at: at }) => !changed.has(id) && fresh.get(id)?.last_event_at === at);
  const isUnsure = before.some(
    ({ id, last_event_at: at }) => changed.has(id) && !fresh.has(id) && at <= last.last_event_at,
  );
  if (!meets || isUnsure) return null;
  const stays = (session: SessionView): boolean => !fresh.has(session.id) && !changed.has(session.id);
  const merged: Page<SessionView> = {
    data: [...head.data, ...first.data.filter(stays)],
    pagination: {
      ...head.pagination,
      has_next: first.pagination.has_next,
      next_cursor: first.pagination.next_cursor,
    },
  };
  return {
    pages: [merged, ...later.map((page) => ({ ...page, data: page.data.filter(stays) }))],
    pageParams: old.pageParams,
  };
}
