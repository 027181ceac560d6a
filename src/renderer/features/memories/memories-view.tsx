import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, EyeOff, MousePointerClick, NotebookPen, Plus, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { withLearningParams, type LearningParams, type LooseLearningParams } from '../learnings/learning-params.ts';
import { SessionListSkeleton } from '../sessions/session-list-skeleton.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import { MemoryFilters } from './memory-filters.tsx';
import { MemoryForm } from './memory-form.tsx';
import { MemoryItem } from './memory-item.tsx';
import { MemoryPane } from './memory-pane.tsx';
import { memoryListOptions, toMemoryFilter, useLiveMemories } from './memory-queries.ts';

const itemHeight = 74;

export interface MemoriesViewProps {
  params: LearningParams;
  onChange(part: Partial<LooseLearningParams>): void;
}

/** What somebody asked to remember, newest first; beside the list the one that is open. */
export function MemoriesView({ params, onChange }: MemoriesViewProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const textField = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<'new' | 'forget' | null>(null);
  const filter = useMemo(() => toMemoryFilter(params), [params]);
  const query = useInfiniteQuery(memoryListOptions(filter));
  useLiveMemories();
  const memories = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const ids = useMemo(() => memories.map(({ id }) => id), [memories]);
  const { open } = params;

  const virtualizer = useVirtualizer({
    count: memories.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => itemHeight,
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    overscan: 8,
  });
  const { active } = useListKeyboard({
    ids,
    question: JSON.stringify(filter),
    settled: query.isSuccess && !query.isPlaceholderData,
    initialId: open,
    show: (index) => virtualizer.scrollToIndex(index),
    open: (index) => onChange({ open: ids[index] }),
  });
  useShortcuts([
    { keys: 'f', run: () => textField.current?.focus() },
    { keys: 'c', needs: 'write', run: () => setDialog('new') },
  ]);
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= ids.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, ids.length]);

  const isFiltered = Object.keys(filter).length > 0;
  const close = (): void => setDialog(null);
  return (
    <div className="flex h-full min-w-0">
      <section
        aria-label={t('learning.tab.memories')}
        className={classes(
          'h-full w-full flex-col border-line lg:flex lg:w-[400px] lg:shrink-0 lg:border-r',
          open === undefined ? 'flex' : 'hidden',
        )}
      >
        <MemoryFilters textRef={textField} params={params} onChange={onChange} />
        <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pt-1.5" data-testid="memories">
          {query.isPending && <SessionListSkeleton />}
          {query.isError && memories.length === 0 && (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          {query.isSuccess &&
            memories.length === 0 &&
            (isFiltered ? (
              <EmptyState icon={SearchX} title={t('memory.noMatch.title')} text={t('memory.noMatch.text')} />
            ) : (
              <EmptyState icon={NotebookPen} title={t('memory.none.title')} text={t('memory.none.text')} />
            ))}
          <ul
            aria-label={t('learning.tab.memories')}
            className="relative"
            style={{ height: virtualizer.getTotalSize() }}
          >
            {items.map((item) => {
              const memory = memories[item.index];
              if (!memory) return null;
              const address = router.options.stringifySearch(withLearningParams(params, { open: memory.id }));
              return (
                <li
                  key={item.key}
                  className="absolute inset-x-0 top-0"
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                >
                  <MemoryItem
                    memory={memory}
                    href={`#/learnings${address}`}
                    open={memory.id === open}
                    active={item.index === active}
                  />
                </li>
              );
            })}
          </ul>
        </div>
        <div className="flex shrink-0 gap-1.5 border-t border-line px-3 py-2">
          <Button needs="write" look="primary" icon={Plus} onClick={() => setDialog('new')}>
            {t('memory.new')}
          </Button>
          <Button needs="write" icon={EyeOff} onClick={() => setDialog('forget')}>
            {t('memory.do.forgetWords')}
          </Button>
        </div>
      </section>
      <div
        // Scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        role="group"
        aria-label={t('memory.card')}
        data-testid="memory-pane"
        className={classes('h-full min-w-0 flex-1 overflow-y-auto lg:block', open === undefined ? 'hidden' : 'block')}
      >
        {open === undefined ? (
          <EmptyState icon={MousePointerClick} title={t('memory.choose.title')} text={t('memory.choose.text')} />
        ) : (
          <>
            <Link
              to="/learnings"
              search={withLearningParams(params, { open: undefined })}
              aria-label={t('action.back')}
              className="mt-2 ml-3 flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover lg:hidden"
            >
              <ChevronLeft aria-hidden size={17} />
            </Link>
            <MemoryPane
              key={open}
              id={open}
              onOpen={(id) => onChange({ open: id })}
              onClose={() => onChange({ open: undefined })}
            />
          </>
        )}
      </div>
      {dialog === 'new' && (
        <MemoryForm
          project={params.project}
          onClose={close}
          onDone={(id) => {
            close();
            onChange({ open: id });
          }}
        />
      )}
      {dialog === 'forget' && <ForgetDialog project={params.project} onClose={close} />}
    </div>
  );
}
