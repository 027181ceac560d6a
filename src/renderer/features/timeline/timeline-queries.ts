import { infiniteQueryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { MemoryEvent, ObservationView, Page } from '../../../shared/views.ts';
import { mentionedIds, useLive } from '../../lib/live.ts';
import { createSerial } from '../../lib/serial.ts';
import { client, trpc } from '../../lib/trpc.ts';

type TimelinePages = InfiniteData<Page<ObservationView>, string | null>;

const pageSize = 200;

function timelineKey(sessionId: string) {
  return ['sessions', 'timeline', sessionId] as const;
}

function readPage(sessionId: string, cursor: string | null, signal?: AbortSignal) {
  return client.sessions.timeline.query(
    { session_id: sessionId, limit: pageSize, ...(cursor !== null && { cursor }) },
    signal ? { signal } : {},
  );
}

/** A session's observations, oldest first, page after page. */
export function timelineOptions(sessionId: string) {
  return infiniteQueryOptions<
    Page<ObservationView>,
    Error,
    TimelinePages,
    ReturnType<typeof timelineKey>,
    string | null
  >({
    queryKey: timelineKey(sessionId),
    queryFn: ({ pageParam, signal }) => readPage(sessionId, pageParam, signal),
    structuralSharing: false,
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
  });
}

/** The loaded pages that a change touches: those that hold a changed observation, and the last one when it is the end. */
export function pagesToRefresh(pages: readonly Page<ObservationView>[], changed: ReadonlySet<string>): number[] {
  return pages.flatMap((page, index) => {
    const isEnd = index === pages.length - 1 && page.pagination.next_cursor === null;
    return isEnd || page.data.some((observation) => changed.has(observation.id)) ? [index] : [];
  });
}

/** What may belong anywhere in the session, also on pages that do not know of it. */
function isAnywhere({ type, data }: MemoryEvent): boolean {
  return type === 'session.ended' || type === 'session.restored' || data['restored'] === true;
}

/** Keeps header and timeline in step with what happens in this session. */
export function useLiveTimeline(sessionId: string): void {
  const cache = useQueryClient();
  const live = useMemo(() => {
    const queryKey = timelineKey(sessionId);
    const changed = new Set<string>();
    const serial = createSerial(async () => {
      const taken = new Set(changed);
      changed.clear();
      const old = cache.getQueryData<TimelinePages>(queryKey);
      if (!old) return;
      const indexes = pagesToRefresh(old.pages, taken);
      const fresh = await Promise.all(indexes.map((index) => readPage(sessionId, old.pageParams[index] ?? null)));
      cache.setQueryData<TimelinePages>(
        queryKey,
        (current) =>
          current && { ...current, pages: current.pages.map((page, index) => fresh[indexes.indexOf(index)] ?? page) },
      );
    });
    return {
      queryKey,
      mark(ids: ReadonlySet<string>) {
        for (const id of ids) changed.add(id);
        serial.run();
      },
      stop: () => serial.stop(),
    };
  }, [cache, sessionId]);
  useEffect(() => live.stop, [live]);

  useLive(({ events, gap }) => {
    const own = events.filter((event) => event.session_id === sessionId);
    if (own.length === 0 && !gap) return;
    const session = { queryKey: trpc.sessions.get.queryKey({ id: sessionId }) };
    // What was read of a session that is deleted must not stay on the screen.
    if (own.some((event) => event.type === 'session.deleted')) return void cache.resetQueries(session);
    void cache.invalidateQueries(session);
    // What the transcript adds at the end of a session may belong anywhere in it.
    if (gap || own.some(isAnywhere)) {
      void cache.invalidateQueries({ queryKey: live.queryKey });
    } else {
      live.mark(mentionedIds(own));
    }
  });
}
