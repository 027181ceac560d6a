import {
  infiniteQueryOptions,
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelCallView } from '../../../shared/cost-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { useNow } from '../../lib/now.ts';
import { periodStart } from '../../lib/period.ts';
import { createSerial } from '../../lib/serial.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { showError, showNotice } from '../../ui/toast.tsx';

const pageSize = 60;
const callsKey = ['costs', 'calls'] as const;

/** How many days the chart and the tables look back. */
export const shownDays = 30;

/** What was spent; the tables speak of the last thirty days. */
export function useCosts() {
  const since = periodStart('month', useNow());
  return useQuery({
    ...trpc.costs.overview.queryOptions({ ...(since !== undefined && { since }) }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** All calls to models, newest first, page after page. */
export const callListOptions = infiniteQueryOptions<
  Page<ModelCallView>,
  Error,
  InfiniteData<Page<ModelCallView>, string | null>,
  typeof callsKey,
  string | null
>({
  queryKey: callsKey,
  queryFn: ({ pageParam, signal }) =>
    client.costs.calls.query({ limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
  initialPageParam: null,
  getNextPageParam: (page) => page.pagination.next_cursor,
  staleTime: 0,
});

async function refreshCosts(cache: QueryClient): Promise<void> {
  await Promise.all([
    cache.invalidateQueries({ queryKey: callsKey }),
    cache.invalidateQueries({ queryKey: trpc.costs.pathKey() }),
    cache.invalidateQueries({ queryKey: trpc.models.pathKey() }),
  ]);
}

/** Follows what is spent; one reading at a time, however many calls end together. */
export function useLiveCosts(): void {
  const cache = useQueryClient();
  const serial = useMemo(() => createSerial(() => refreshCosts(cache)), [cache]);
  useEffect(() => () => serial.stop(), [serial]);
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'costs.changed')) serial.run();
  });
}

/** Changes something about money, says so, and reads everything again. */
export function useCostChange(onDone: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onSuccess() {
      showNotice(t('action.saved'));
      onDone();
    },
    onError: (error) => showError(t('action.failed'), error),
    onSettled: () => refreshCosts(cache),
  });
}
