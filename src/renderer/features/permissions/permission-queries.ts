import { infiniteQueryOptions, queryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { PermissionRequestView } from '../../../shared/permission-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { createSerial } from '../../lib/serial.ts';
import { client, trpc } from '../../lib/trpc.ts';

const historyKey = ['permissions', 'history'] as const;
const pageSize = 50;
/** More agents do not wait at once for one person. */
const mostWaiting = 100;

/** What waits for a person, the longest waiting first. */
export const waitingOptions = queryOptions({
  ...trpc.permissions.list.queryOptions({ states: ['pending'], limit: mostWaiting }),
  staleTime: 0,
  select: ({ data }) => data.toReversed(),
});

/** What was asked and decided, newest first, page after page. */
export const historyOptions = infiniteQueryOptions<
  Page<PermissionRequestView>,
  Error,
  InfiniteData<Page<PermissionRequestView>, string | null>,
  typeof historyKey,
  string | null
>({
  queryKey: historyKey,
  queryFn: ({ pageParam, signal }) =>
    client.permissions.list.query(
      {
        states: ['allowed', 'denied', 'expired', 'withdrawn'],
        limit: pageSize,
        ...(pageParam !== null && { cursor: pageParam }),
      },
      { signal },
    ),
  initialPageParam: null,
  getNextPageParam: (page) => page.pagination.next_cursor,
  staleTime: 0,
});

/** Reads everything about permissions again; one reading at a time, however fast they come. */
export function usePermissionsRefresh(): () => void {
  const cache = useQueryClient();
  const serial = useMemo(
    () =>
      createSerial(async () => {
        await Promise.all([
          cache.invalidateQueries({ queryKey: historyKey }),
          cache.invalidateQueries({ queryKey: trpc.permissions.pathKey() }),
        ]);
      }),
    [cache],
  );
  useEffect(() => () => serial.stop(), [serial]);
  return serial.run;
}

/** Follows requests and rules on every page: the sidebar counts them. */
export function useLivePermissions(): void {
  const refresh = usePermissionsRefresh();
  useLive(({ events, gap }) => {
    const concerns = events.some(
      ({ type, data }) =>
        type.startsWith('permission.') ||
        (type === 'setting.changed' && String(data['key']).startsWith('permissions.')),
    );
    if (gap || concerns) refresh();
  });
}
