import { infiniteQueryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { InjectionView } from '../../../shared/context-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { client } from '../../lib/trpc.ts';

export interface InjectionFilter {
  project_id?: string;
  session_id?: string;
}

const pageSize = 50;

function injectionsKey(filter: InjectionFilter, limit: number) {
  return ['context', 'injections', filter, limit] as const;
}

/** What was given, newest first, page after page. */
export function injectionOptions(filter: InjectionFilter, limit = pageSize) {
  return infiniteQueryOptions<
    Page<InjectionView>,
    Error,
    InfiniteData<Page<InjectionView>, string | null>,
    ReturnType<typeof injectionsKey>,
    string | null
  >({
    queryKey: injectionsKey(filter, limit),
    queryFn: ({ pageParam, signal }) =>
      client.context.injections.query(
        { ...filter, limit, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    structuralSharing: false,
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    staleTime: 0,
  });
}

/** Reads the history again when something was given. */
export function useLiveInjections(): void {
  const cache = useQueryClient();
  useLive(({ events, gap }) => {
    if (!gap && !events.some(({ type }) => type === 'context.given')) return;
    void cache.invalidateQueries({ queryKey: ['context', 'injections'] });
  });
}
