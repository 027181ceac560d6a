import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { SearchAnswer, SearchFilters } from '../../../shared/views.ts';
import { useNow } from '../../lib/now.ts';
import { client } from '../../lib/trpc.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { toSearchFilters, type SearchParams } from './search-params.ts';

const pageSize = 20;
/** Long enough to skip the letters of a fast typist, short enough for an answer within 100 ms of the last key. */
const debounceMs = 30;

function searchKey(text: string, filters: SearchFilters) {
  return ['search', text, filters] as const;
}

/** The answer to what is being typed: the previous one stays until the next is there, and stale questions are aborted. */
export function useSearchAnswer(params: SearchParams) {
  const text = useDebounced(params.q?.trim() ?? '', debounceMs);
  const filters = toSearchFilters(params, useNow());
  return useInfiniteQuery<
    SearchAnswer,
    Error,
    InfiniteData<SearchAnswer, number>,
    ReturnType<typeof searchKey>,
    number
  >({
    queryKey: searchKey(text, filters),
    queryFn: ({ pageParam, signal }) =>
      client.search.query.query({ text, filters, limit: pageSize, offset: pageParam }, { signal }),
    enabled: text !== '',
    structuralSharing: false,
    initialPageParam: 0,
    getNextPageParam(last, pages) {
      const loaded = pages.reduce((sum, page) => sum + page.hits.length, 0);
      return last.hits.length === pageSize && loaded < last.total ? loaded : undefined;
    },
    placeholderData: (previous) => (text === '' ? undefined : previous),
  });
}
