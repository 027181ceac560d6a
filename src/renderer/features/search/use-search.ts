import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SearchAnswer, SearchFilters } from '../../../shared/views.ts';
import { useNow } from '../../lib/now.ts';
import { client } from '../../lib/trpc.ts';
import { toSearchFilters, type SearchParams } from './search-params.ts';

const pageSize = 20;
/** While one question is under way the next waits for its end, though never longer than this. */
const longestWaitMs = 30;

function searchKey(text: string, filters: SearchFilters) {
  return ['search', text, filters] as const;
}

/**
 * The answer to what is being typed: the previous one stays until the next is there, and stale questions are aborted.
 * `isCurrent` says that the answer is to this text and these filters; `question` names both.
 */
export function useSearchAnswer(params: SearchParams) {
  const wanted = params.q?.trim() ?? '';
  const [text, setText] = useState(wanted);
  const filters = toSearchFilters(params, useNow());
  const query = useInfiniteQuery<
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

  const isBehind = text !== wanted;
  const mustWait = query.isFetching && wanted !== '';
  // Asked before this render is drawn: the first letter after a pause waits for nothing.
  if (isBehind && !mustWait) setText(wanted);
  useEffect(() => {
    if (!isBehind || !mustWait) return undefined;
    const timer = setTimeout(() => setText(wanted), longestWaitMs);
    return () => clearTimeout(timer);
  }, [isBehind, mustWait, wanted]);

  return {
    query,
    question: JSON.stringify(searchKey(wanted, filters)),
    isCurrent: !isBehind && query.isSuccess && !query.isPlaceholderData,
  };
}
