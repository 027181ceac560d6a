import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { History, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { useNow } from '../../lib/now.ts';
import { periodStart } from '../../lib/period.ts';
import { useStore } from '../../lib/store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { paneStore } from './pane.ts';
import { PinnedSession } from './pinned-session.tsx';
import { SessionFilters } from './session-filters.tsx';
import { SessionItem } from './session-item.tsx';
import { SessionListSkeleton } from './session-list-skeleton.tsx';
import { sessionListOptions, useLiveSessionList } from './session-queries.ts';
import { sessionRows } from './session-rows.ts';
import { isFiltered, toListRequest, type SessionSearch } from './session-search.ts';

const dayHeight = 30;
const sessionHeight = 52;

/** All sessions, newest first: filtered, live, and as smooth with ten thousand as with ten. */
export function SessionList({ search }: { search: SessionSearch }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const navigate = useNavigate();
  const router = useRouter();
  const { sessionId } = useParams({ strict: false });
  const scroller = useRef<HTMLDivElement>(null);
  const textField = useRef<HTMLInputElement>(null);
  const inList = useStore(paneStore) === 'list';

  const since = periodStart(search.period ?? 'any', now);
  const filter = useMemo(() => toListRequest(search, since), [search, since]);
  const query = useInfiniteQuery(sessionListOptions(filter));
  useLiveSessionList(filter);
  const isSettled = query.isSuccess && !query.isPlaceholderData;
  const sessions = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const ids = useMemo(() => sessions.map(({ id }) => id), [sessions]);
  const rows = useMemo(() => sessionRows(sessions, (iso) => format.day(iso, now)), [sessions, format, now]);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? dayHeight : sessionHeight),
    // A new key function makes the virtualizer measure everything again, so it only changes with the rows.
    getItemKey: useCallback(
      (index: number) => {
        const row = rows[index];
        return row?.kind === 'session' ? row.session.id : `day ${row?.label}`;
      },
      [rows],
    ),
    overscan: 8,
  });
  const open = (index: number): void => {
    const session = sessions[index];
    if (!session) return;
    paneStore.set('timeline');
    void navigate({ to: '/sessions/$sessionId', params: { sessionId: session.id }, search });
  };
  const show = (index: number): void => {
    const row = rows.findIndex((candidate) => candidate.kind === 'session' && candidate.index === index);
    virtualizer.scrollToIndex(index === 0 ? 0 : row);
  };
  const keyboard = useListKeyboard({
    ids,
    question: JSON.stringify(filter),
    settled: isSettled,
    enabled: inList,
    open,
    show,
  });
  const { setActive } = keyboard;
  const choose = useCallback(
    (id: string) => {
      setActive(id);
      paneStore.set('timeline');
    },
    [setActive],
  );
  const openIndex = sessionId === undefined ? -1 : ids.indexOf(sessionId);
  const shownId = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (sessionId === undefined || openIndex < 0 || shownId.current === sessionId) return;
    shownId.current = sessionId;
    setActive(sessionId);
    show(openIndex);
  });
  function enterList(): void {
    const first = ids[Math.max(0, keyboard.active)];
    if (first === undefined) return;
    textField.current?.blur();
    paneStore.set('list');
    setActive(first);
    show(Math.max(0, keyboard.active));
  }
  const address = router.options.stringifySearch(search);
  const hrefOf = (id: string): string => `#/sessions/${encodeURIComponent(id)}${address}`;
  useShortcuts([{ keys: 'f', run: () => textField.current?.focus() }]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    // Never while all is read again: that would be given up for the page.
    if (hasNextPage && !isFetching && lastShown >= rows.length - 30) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, lastShown, rows.length]);

  const total = query.data?.pages[0]?.pagination.total;
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-2 px-3.5">
        <h1 className="text-[15px] font-semibold">{t('nav.sessions')}</h1>
        {total !== undefined && <span className="tabular text-faint">{format.number(total)}</span>}
      </header>
      <SessionFilters
        textRef={textField}
        search={search}
        onChange={(next) => void navigate({ to: '.', search: next, replace: true })}
        onEnterList={enterList}
      />
      {sessionId !== undefined && isSettled && openIndex < 0 && (
        <PinnedSession id={sessionId} href={hrefOf(sessionId)} onChoose={choose} />
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" data-testid="session-list">
        {query.isPending && <SessionListSkeleton />}
        {query.isError && sessions.length === 0 && (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && sessions.length === 0 && (
          <NoSessions
            isFiltered={isFiltered(search)}
            onReset={() => void navigate({ to: '.', search: {}, replace: true })}
          />
        )}
        <ul aria-label={t('nav.sessions')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <li
                key={item.key}
                className="absolute inset-x-0 top-0"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'day' ? (
                  <h2 className="flex h-full items-end px-4 pb-1 text-xs font-medium text-faint">{row.label}</h2>
                ) : (
                  <SessionItem
                    session={row.session}
                    href={hrefOf(row.session.id)}
                    open={row.session.id === sessionId}
                    active={inList && row.index === keyboard.active}
                    onChoose={choose}
                  />
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

function NoSessions({ isFiltered: narrowed, onReset }: { isFiltered: boolean; onReset(): void }) {
  const { t } = useTranslation();
  if (!narrowed) {
    return <EmptyState icon={History} title={t('sessions.none.title')} text={t('sessions.none.text')} />;
  }
  return (
    <EmptyState icon={SearchX} title={t('sessions.noMatch.title')} text={t('sessions.noMatch.text')}>
      <Button onClick={onReset}>{t('filter.reset')}</Button>
    </EmptyState>
  );
}
