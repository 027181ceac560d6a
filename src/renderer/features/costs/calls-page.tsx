import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SessionListSkeleton } from '../sessions/session-list-skeleton.tsx';
import { CallItem } from './call-item.tsx';
import { callListOptions } from './cost-queries.ts';

const callHeight = 58;

/** Every question that went to a model, newest first. */
export function CallsPage() {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const query = useInfiniteQuery(callListOptions);
  const calls = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const virtualizer = useVirtualizer({
    count: calls.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => callHeight,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= calls.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, calls.length]);
  if (query.isError && calls.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isSuccess && calls.length === 0) {
    return (
      <EmptyState icon={MessagesSquare} title={t('costs.callList.none.title')} text={t('costs.callList.none.text')} />
    );
  }
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('costs.callList')}>
      <div className="mx-auto max-w-4xl px-5 py-2">
        {query.isPending && <SessionListSkeleton />}
        <ul aria-label={t('costs.callList')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const call = calls[item.index];
            return call ? (
              <li
                key={call.id}
                className="absolute inset-x-0 top-0 border-b border-line"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <CallItem call={call} showsJob />
              </li>
            ) : null;
          })}
        </ul>
      </div>
    </div>
  );
}
