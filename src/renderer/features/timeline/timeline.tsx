import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, Hourglass } from 'lucide-react';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { useStore } from '../../lib/store.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { paneStore } from '../sessions/pane.ts';
import type { SessionSearch } from '../sessions/session-search.ts';
import { sessionSummariesOptions } from '../summaries/summary-queries.ts';
import { MessageRow } from './message-row.tsx';
import { PromptRow } from './prompt-row.tsx';
import { StepRow } from './step-row.tsx';
import { timelineOptions } from './timeline-queries.ts';
import { timelineRows } from './timeline-rows.ts';
import { TimelineSkeleton } from './timeline-skeleton.tsx';
import { useFollowEnd } from './use-follow-end.ts';
import { useDeleteObservation } from './use-deletion.ts';
import { useFocusedRow } from './use-focused-row.ts';

export interface TimelineHandle {
  /** Scrolls to the newest event, loading what lies between. */
  showLatest(): void;
}

export interface TimelineProps {
  sessionId: string;
  /** The observation to scroll to, from a search. */
  focusId: string | undefined;
  search: SessionSearch;
  ref: Ref<TimelineHandle>;
}

const estimates = { prompt: 96, message: 90, step: 30 };

/** Everything that happened in a session, in order: prompts, steps, messages. */
export function Timeline({ sessionId, focusId, search, ref }: TimelineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const inTimeline = useStore(paneStore) === 'timeline';
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const query = useInfiniteQuery(timelineOptions(sessionId));
  const turns = useQuery(sessionSummariesOptions(sessionId)).data?.turns;
  const rows = useMemo(
    () => timelineRows(query.data?.pages.flatMap((page) => page.data) ?? [], !query.hasNextPage),
    [query.data, query.hasNextPage],
  );

  const ids = useMemo(() => rows.map(({ observation }) => observation.id), [rows]);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimates[rows[index]?.kind ?? 'step'],
    getItemKey: useCallback((index: number) => rows[index]?.observation.id ?? index, [rows]),
    overscan: 12,
    paddingEnd: 24,
  });

  const follow = useFollowEnd({
    scroller,
    count: rows.length,
    height: virtualizer.getTotalSize(),
    isComplete: query.isSuccess && !query.hasNextPage,
  });

  function toggle(id: string): void {
    follow.release();
    const next = new Set(expanded);
    if (!next.delete(id)) next.add(id);
    setExpanded(next);
  }

  const keyboard = useListKeyboard({
    ids,
    enabled: inTimeline,
    show: (index) => virtualizer.scrollToIndex(index),
    open(index) {
      const row = rows[index];
      if (row) toggle(row.observation.id);
    },
  });

  const activeId = inTimeline ? ids[keyboard.active] : undefined;
  const deleteObservation = useDeleteObservation();

  async function showLatest(): Promise<void> {
    let { hasNextPage: isLeft, data } = query;
    while (isLeft) ({ hasNextPage: isLeft, data } = await query.fetchNextPage());
    const count = data?.pages.reduce((sum, page) => sum + page.data.length, 0) ?? 0;
    // The new rows are measured in the next frame.
    requestAnimationFrame(() => virtualizer.scrollToIndex(count - 1, { align: 'end' }));
  }
  useImperativeHandle(ref, () => ({ showLatest: () => void showLatest() }));

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const flashing = useFocusedRow({
    focusId,
    rows,
    loadMore: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
    show(index) {
      keyboard.setActive(ids[index] ?? '');
      paneStore.set('timeline');
      virtualizer.scrollToIndex(index, { align: 'center' });
    },
  });

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 40) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  useShortcuts([
    {
      keys: 'Escape',
      run() {
        if (inTimeline && matchMedia('(min-width: 64rem)').matches) paneStore.set('list');
        else void navigate({ to: '/sessions', search });
      },
    },
    ...(activeId === undefined
      ? []
      : [{ keys: 'Delete', needs: 'write' as const, run: () => deleteObservation(activeId) }]),
    { keys: 'G', run: () => void showLatest() },
    { keys: 'g g', run: () => virtualizer.scrollToIndex(0) },
  ]);

  if (query.isPending) return <TimelineSkeleton />;
  if (query.isError && rows.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (rows.length === 0) {
    return <EmptyState icon={Hourglass} title={t('timeline.empty.title')} text={t('timeline.empty.text')} />;
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={scroller} onScroll={follow.onScroll} className="min-h-0 flex-1 overflow-y-auto" data-testid="timeline">
        <ol aria-label={t('timeline.label')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const { id } = row.observation;
            const active = inTimeline && item.index === keyboard.active;
            const onToggle = (): void => {
              keyboard.setActive(id);
              toggle(id);
            };
            return (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                data-observation={id}
                className={classes('absolute inset-x-0 top-0', flashing === id && 'flash')}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'prompt' && (
                  <PromptRow
                    row={row}
                    summary={turns?.get(row.observation.prompt_id ?? '')}
                    active={active}
                    whole={expanded.has(id)}
                    onToggle={onToggle}
                  />
                )}
                {row.kind === 'message' && <MessageRow row={row} active={active} />}
                {row.kind === 'step' && (
                  <StepRow
                    observation={row.observation}
                    expanded={expanded.has(id)}
                    active={active}
                    onToggle={onToggle}
                    showsTime={row.showsTime}
                  />
                )}
              </li>
            );
          })}
        </ol>
      </div>
      {follow.unseen > 0 && (
        <button
          type="button"
          onClick={() => void showLatest()}
          className="absolute bottom-4 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1 rounded-full bg-accent px-3 text-xs font-medium text-on-accent shadow-pop hover:bg-accent-hover"
        >
          {t('timeline.new', { count: follow.unseen, number: format.number(follow.unseen) })}
          <ArrowDown aria-hidden size={13} />
        </button>
      )}
    </div>
  );
}
