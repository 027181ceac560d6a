import { infiniteQueryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { SessionListRequest } from '../../../main/api/services.ts';
import type { Page, SessionView } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { createSerial } from '../../lib/serial.ts';
import { client } from '../../lib/trpc.ts';
import { mergeHead, type SessionPages } from './merge-head.ts';

type ListFilter = Omit<SessionListRequest, 'limit' | 'cursor'>;

const pageSize = 100;

function listKey(filter: ListFilter) {
  return ['sessions', 'list', filter] as const;
}

/** The sessions that match, newest first, page after page. */
export function sessionListOptions(filter: ListFilter) {
  return infiniteQueryOptions<
    Page<SessionView>,
    Error,
    InfiniteData<Page<SessionView>, string | null>,
    ReturnType<typeof listKey>,
    string | null
  >({
    queryKey: listKey(filter),
    queryFn: ({ pageParam, signal }) =>
      client.sessions.list.query(
        { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    // Comparing thousands of loaded sessions in depth for every further page costs more than it saves.
    structuralSharing: false,
    placeholderData: (previous) => previous,
  });
}

/** Keeps the list in step with what happens: one small request for any number of changes. */
export function useLiveSessionList(filter: ListFilter): void {
  const cache = useQueryClient();
  const refresh = useMemo(() => {
    const changed = new Set<string>();
    const { queryKey } = sessionListOptions(filter);
    const serial = createSerial(async () => {
      const taken = new Set(changed);
      changed.clear();
      const head = await client.sessions.list.query({ ...filter, limit: pageSize });
      // A page that is being read comes behind the list as it was when that began: what is merged meanwhile is lost.
      await cache
        .getQueryCache()
        .find({ queryKey })
        ?.promise?.catch(() => {});
      const old = cache.getQueryData<SessionPages>(queryKey);
      const merged = old && mergeHead(old, head, taken);
      if (merged) cache.setQueryData(queryKey, merged);
      else await cache.invalidateQueries({ queryKey });
    });
    return {
      mark(ids: Iterable<string>) {
        for (const id of ids) changed.add(id);
        serial.run();
      },
      stop: () => serial.stop(),
      all: () => void cache.invalidateQueries({ queryKey }),
    };
  }, [cache, filter]);
  useEffect(() => refresh.stop, [refresh]);

  useLive(({ events, gap }) => {
    // One that is back stands where it stood, maybe far below.
    if (gap || events.some(({ type }) => type === 'session.restored')) return refresh.all();
    const ids = events.flatMap((event) => (event.session_id === null ? [] : [event.session_id]));
    if (ids.length > 0) refresh.mark(ids);
  });
}
