import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useStore } from '../../lib/store.ts';
import { trpc } from '../../lib/trpc.ts';
import { actLine, reviewStore } from './learning-acts.ts';
import { learningListOptions, proposedFilter } from './learning-queries.ts';
import { syncQueue } from './review-queue.ts';

/** Further cards are read when so few are left. */
const readAhead = 20;

/** The inbox: the sitting, the card that is shown, and what is read of it. */
export function useReview() {
  const cache = useQueryClient();
  const list = useInfiniteQuery(learningListOptions(proposedFilter));
  const queue = useStore(reviewStore);
  const proposed = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data]);
  const { data, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage } = list;

  useEffect(() => {
    // While something is on its way, what was read may be from before it.
    if (data === undefined || isFetching || actLine.isBusy()) return;
    const ids = proposed.filter(({ state }) => state === 'proposed').map(({ id }) => id);
    reviewStore.set(syncQueue(reviewStore.get(), ids, !hasNextPage));
  }, [data, isFetching, hasNextPage, proposed]);

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && queue.at >= queue.ids.length - readAhead) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, queue]);

  const id = queue.ids[queue.at];
  const detail = useQuery(trpc.learnings.get.queryOptions({ id: id ?? '' }, { enabled: id !== undefined }));
  const next = queue.ids[queue.at + 1];
  useEffect(() => {
    if (next !== undefined) cache.query(trpc.learnings.get.queryOptions({ id: next })).catch(() => undefined);
  }, [cache, next]);

  const unread = hasNextPage ? Math.max(0, (data?.pages[0]?.pagination.total ?? 0) - proposed.length) : 0;
  return {
    list,
    queue,
    total: queue.ids.length + unread,
    detail: id === undefined ? undefined : detail.data,
    detailError: id !== undefined && detail.isError && !detail.data ? detail.error : null,
    retry: () => void (detail.isError ? detail.refetch() : list.refetch()),
    /** What the list knows of the card, at once. */
    learning: id === undefined ? undefined : (detail.data ?? proposed.find((learning) => learning.id === id)),
  };
}
