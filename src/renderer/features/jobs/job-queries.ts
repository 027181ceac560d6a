import { infiniteQueryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { JobKind, JobState, JobView } from '../../../shared/job-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { createSerial } from '../../lib/serial.ts';
import { client, trpc } from '../../lib/trpc.ts';

export interface JobFilter {
  states?: JobState[];
  kinds?: JobKind[];
}

const pageSize = 60;
const listsKey = ['jobs', 'list'] as const;

function listKey(filter: JobFilter) {
  return [...listsKey, filter] as const;
}

/** Jobs by their turn, page after page. */
export function jobListOptions(filter: JobFilter) {
  return infiniteQueryOptions<
    Page<JobView>,
    Error,
    InfiniteData<Page<JobView>, string | null>,
    ReturnType<typeof listKey>,
    string | null
  >({
    queryKey: listKey(filter),
    queryFn: ({ pageParam, signal }) =>
      client.jobs.list.query(
        { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    staleTime: 0,
    placeholderData: (previous) => previous,
  });
}

/** Reads everything about jobs again; one reading at a time, however fast they change. */
export function useJobsRefresh(): () => void {
  const cache = useQueryClient();
  const serial = useMemo(
    () =>
      createSerial(async () => {
        await Promise.all([
          cache.invalidateQueries({ queryKey: listsKey }),
          cache.invalidateQueries({ queryKey: trpc.jobs.pathKey() }),
        ]);
      }),
    [cache],
  );
  useEffect(() => () => serial.stop(), [serial]);
  return serial.run;
}

/** Follows the queue for as long as the page is on the screen. */
export function useLiveJobs(): void {
  const refresh = useJobsRefresh();
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'job.changed')) refresh();
  });
}
