import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { SearchAnswer, SearchFilters, SearchHit, SearchMode } from '../../../shared/search-views.ts';
import { useNow } from '../../lib/now.ts';
import { client } from '../../lib/trpc.ts';
import { toSearchFilters, type SearchParams } from './search-params.ts';

const pageSize = 25;
const similarCount = 50;
/** While one question is under way the next waits for its end, though never longer than this. */
const longestWaitMs = 30;

type Pages = InfiniteData<SearchAnswer, string | null>;

/** What every answer in the cache is kept under; marks are put into all of them. */
export const answersKey = ['search', 'answer'] as const;

function answerKey(mode: SearchMode, text: string, filters: SearchFilters, similar: string | undefined) {
  return [...answersKey, mode, text, filters, similar ?? null] as const;
}

export interface SearchState {
  /** The first page: counts, facets, how the query was understood. Undefined before the first answer. */
  answer: SearchAnswer | undefined;
  hits: readonly SearchHit[];
  /** Names text and filters. */
  question: string;
  /** Whether what is shown answers this very question, be it with words alone for now. */
  isCurrent: boolean;
  /** Whether the answer that was asked for is there, so that the hits keep their order. */
  isFinal: boolean;
  isFetching: boolean;
  error: Error | null;
  refetch(): void;
  /** Null when there is no more, or while more is on its way. */
  loadMore: (() => void) | null;
}

/**
 * The answer to what is being typed. Words are asked for first, because they are there at once; the mixed answer follows
 * and takes their place. What was shown stays until something newer can be shown, and stale questions are aborted.
 */
export function useSearchAnswer(params: SearchParams): SearchState {
  const cache = useQueryClient();
  const { similar, mode = 'mixed' } = params;
  const wanted = similar === undefined ? (params.q?.trim() ?? '') : '';
  const [text, setText] = useState(wanted);
  const filters = toSearchFilters(params, useNow());
  const isAsked = wanted !== '' || similar !== undefined;
  const isAskable = text !== '' || similar !== undefined;
  const fullKey = answerKey(mode, text, filters, similar);
  const isKnown = cache.getQueryData(fullKey) !== undefined;
  const wordsFirst = mode === 'mixed' && similar === undefined && !isKnown;

  const quick = useQuery({
    queryKey: [...answersKey, 'first', text, filters],
    queryFn: ({ signal }) => ask({ text, filters, mode: 'lexical' }, null, signal),
    enabled: isAskable && wordsFirst,
    structuralSharing: false,
  });
  const full = useInfiniteQuery<SearchAnswer, Error, Pages, ReturnType<typeof answerKey>, string | null>({
    queryKey: fullKey,
    queryFn: ({ pageParam, signal }) =>
      similar === undefined
        ? ask({ text, filters, mode }, pageParam, signal)
        : client.search.similar.query({ id: similar, filters, limit: similarCount }, { signal }),
    enabled: isAskable && (!wordsFirst || quick.isSuccess || quick.isError),
    structuralSharing: false,
    initialPageParam: null,
    getNextPageParam: (last) => last.next_cursor,
  });

  const fresh = useMemo(() => full.data?.pages ?? (quick.data && [quick.data]), [full.data, quick.data]);
  const [shown, setShown] = useState(fresh);
  if (fresh !== undefined && fresh !== shown) setShown(fresh);
  const pages = isAsked ? (fresh ?? shown) : undefined;
  const hits = useMemo(() => pages?.flatMap((page) => page.hits) ?? [], [pages]);

  const isBehind = text !== wanted;
  const mustWait = (wordsFirst ? quick : full).isFetching && isAsked;
  // Asked before this render is drawn: the first letter after a pause waits for nothing.
  if (isBehind && !mustWait) setText(wanted);
  useEffect(() => {
    if (!isBehind || !mustWait) return undefined;
    const timer = setTimeout(() => setText(wanted), longestWaitMs);
    return () => clearTimeout(timer);
  }, [isBehind, mustWait, wanted]);

  return {
    answer: pages?.[0],
    hits,
    question: JSON.stringify(answerKey(mode, wanted, filters, similar)),
    isCurrent: !isBehind && fresh !== undefined,
    isFinal: !isBehind && (full.isSuccess || (full.isError && fresh !== undefined)),
    isFetching: quick.isFetching || full.isFetching,
    error: full.error,
    refetch: () => void full.refetch(),
    loadMore: full.hasNextPage && !full.isFetchingNextPage ? () => void full.fetchNextPage() : null,
  };
}

interface Question {
  text: string;
  filters: SearchFilters;
  mode: SearchMode;
}

function ask(question: Question, cursor: string | null, signal: AbortSignal): Promise<SearchAnswer> {
  return client.search.query.query(
    { ...question, limit: pageSize, ...(cursor !== null && { cursor }) },
    { signal, context: { alone: true } },
  );
}
