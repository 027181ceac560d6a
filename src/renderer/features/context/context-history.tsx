import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, History, Inbox, MousePointerClick, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SessionListSkeleton } from '../sessions/session-list-skeleton.tsx';
import { withContextParams, type ContextParams, type LooseContextParams } from './context-params.ts';
import { InjectionItem } from './injection-item.tsx';
import { InjectionDetail } from './injection-detail.tsx';
import { injectionOptions, useLiveInjections } from './injection-queries.ts';

const itemHeight = 52;

export interface ContextHistoryProps {
  params: ContextParams;
  onChange(part: Partial<LooseContextParams>): void;
}

/** Every text that an agent received, newest first; beside the list the one that is open. */
export function ContextHistory({ params, onChange }: ContextHistoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const { project, session, given } = params;
  const filter = useMemo(
    () => ({ ...(project && { project_id: project }), ...(session && { session_id: session }) }),
    [project, session],
  );
  const query = useInfiniteQuery(injectionOptions(filter));
  useLiveInjections();
  const injections = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const ids = useMemo(() => injections.map(({ id }) => id), [injections]);
  const opened = injections.find(({ id }) => id === given);
  const total = query.data?.pages[0]?.pagination.total;

  const virtualizer = useVirtualizer({
    count: injections.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    overscan: 8,
  });
  const open = (index: number): void => {
    const id = ids[index];
    if (id !== undefined) void navigate({ to: '/context', search: withContextParams(params, { given: id }) });
  };
  const { active } = useListKeyboard({
    ids,
    question: JSON.stringify(filter),
    settled: query.isSuccess,
    initialId: given,
    show: (index) => virtualizer.scrollToIndex(index),
    open,
  });
  const close = (): void => onChange({ given: undefined });
  useShortcuts(given === undefined ? [] : [{ keys: 'Escape', run: close }]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= injections.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, injections.length]);

  if (query.isError && injections.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <div className="flex h-full min-w-0">
      <section
        className={classes(
          'h-full w-full flex-col border-line lg:flex lg:w-[340px] lg:shrink-0 lg:border-r',
          given === undefined ? 'flex' : 'hidden',
        )}
      >
        <div className="flex min-h-9 shrink-0 items-center gap-2 px-4 text-xs text-faint">
          {total !== undefined && total > 0 && <span className="tabular">{format.number(total)}</span>}
          {session !== undefined && (
            <button
              type="button"
              onClick={() => onChange({ session: undefined, given: undefined })}
              aria-label={t('search.chip.remove', { name: t('context.history.session') })}
              className="inline-flex h-6 items-center gap-1 rounded-full bg-accent-soft px-2 font-medium text-accent-ink"
            >
              <History aria-hidden size={12} />
              {t('context.history.session')}
              <X aria-hidden size={12} />
            </button>
          )}
        </div>
        <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" data-testid="injections">
          {query.isPending && <SessionListSkeleton />}
          {query.isSuccess && injections.length === 0 && (
            <EmptyState icon={Inbox} title={t('context.history.none.title')} text={t('context.history.none.text')} />
          )}
          <ul
            aria-label={t('context.history.label')}
            className="relative"
            style={{ height: virtualizer.getTotalSize() }}
          >
            {items.map((item) => {
              const injection = injections[item.index];
              if (!injection) return null;
              const address = router.options.stringifySearch(withContextParams(params, { given: injection.id }));
              return (
                <li
                  key={item.key}
                  className="absolute inset-x-0 top-0"
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                >
                  <InjectionItem
                    injection={injection}
                    href={`#/context${address}`}
                    open={injection.id === given}
                    active={item.index === active}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      </section>
      <div
        // Scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        role="group"
        aria-label={t('context.given')}
        className={classes('h-full min-w-0 flex-1 overflow-y-auto lg:block', given === undefined ? 'hidden' : 'block')}
      >
        <Link
          to="/context"
          search={withContextParams(params, { given: undefined })}
          aria-label={t('action.back')}
          className="mt-2 ml-3 flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover lg:hidden"
        >
          <ChevronLeft aria-hidden size={17} />
        </Link>
        {opened ? (
          <InjectionDetail injection={opened} />
        ) : (
          injections.length > 0 && (
            <EmptyState
              icon={MousePointerClick}
              title={t('context.history.choose.title')}
              text={t('context.history.choose.text')}
            />
          )
        )}
      </div>
    </div>
  );
}
