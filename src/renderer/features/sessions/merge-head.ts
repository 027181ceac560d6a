import type { InfiniteData } from '@tanstack/react-query';
import type { Page, SessionView } from '../../../shared/views.ts';

export type SessionPages = InfiniteData<Page<SessionView>, string | null>;

/**
 * Puts a fresh first page over a list that is loaded in part, without reading the other pages again.
 * The list is sorted by the last event, so every session that changed is on the fresh page, or no longer matches the
 * filters and leaves. When everything on the fresh page is new, sessions may be missing below it: then null, read it all.
 */
export function mergeHead(
  old: SessionPages,
  head: Page<SessionView>,
  changed: ReadonlySet<string>,
): SessionPages | null {
  const [first, ...later] = old.pages;
  if (!first || head.pagination.next_cursor === null) return { pages: [head], pageParams: [null] };
  const fresh = new Set(head.data.map((session) => session.id));
  const known = old.pages.some((page) =>
    page.data.some((session) => fresh.has(session.id) && !changed.has(session.id)),
  );
  if (!known) return null;
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
