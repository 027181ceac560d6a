import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { SearchX } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../shared/context-views.ts';
import type { SearchHit } from '../../../shared/search-views.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SearchHitRow, type HitPart } from './search-hit.tsx';

const estimatedHeight = 86;

export interface ResultsHandle {
  show(index: number): void;
  toggle(part: HitPart, id: string): void;
  /** What was measured, so that the way back leads to the same pixel. */
  measurements(): VirtualItem[];
}

export interface SearchResultsProps {
  hits: readonly SearchHit[];
  active: number;
  /** What the hits answer; another one folds what was unfolded. */
  question: string;
  scroller: RefObject<HTMLDivElement | null>;
  kept: { scrollTop: number; measurements: VirtualItem[] } | null;
  /** Null when there is no more. */
  loadMore: (() => void) | null;
  ref: Ref<ResultsHandle>;
  onPoint(id: string): void;
  onOpened(): void;
  onMark(hit: SearchHit, mark: Mark | null): void;
  onSimilar(id: string): void;
}

/** The hits: only those on the screen are drawn, further ones are read as they come near. */
export function SearchResults(props: SearchResultsProps) {
  const { hits, active, question, scroller, kept, loadMore, ref, ...row } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState<{ question: string; parts: ReadonlySet<string> }>({ question, parts: new Set() });
  if (open.question !== question) setOpen({ question, parts: new Set() });

  const list = useRef<HTMLOListElement>(null);
  /** Where the list begins in what scrolls: learnings and memories may stand above it. */
  const [start, setStart] = useState(0);
  // oxlint-disable-next-line react/exhaustive-deps -- after every draw: what stands above tells nobody that it changed
  useLayoutEffect(() => setStart(beginningOf(list.current, scroller.current)));

  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatedHeight,
    getItemKey: useCallback((index: number) => hits[index]?.observation.id ?? index, [hits]),
    overscan: 4,
    gap: 2,
    paddingEnd: 24,
    scrollMargin: start,
    ...(kept && { initialOffset: kept.scrollTop, initialMeasurementsCache: kept.measurements }),
  });
  const toggle = useCallback(
    (part: HitPart, id: string) =>
      setOpen((before) => {
        const parts = new Set(before.parts);
        const name = `${part} ${id}`;
        if (!parts.delete(name)) parts.add(name);
        return { ...before, parts };
      }),
    [],
  );
  const handle = useMemo(
    () => ({
      show: (index: number) => virtualizer.scrollToIndex(index),
      toggle,
      measurements: () => virtualizer.measurementsCache,
    }),
    [virtualizer, toggle],
  );
  useImperativeHandle(ref, () => handle, [handle]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (loadMore && lastShown >= hits.length - 10) loadMore();
  }, [loadMore, lastShown, hits.length]);

  return (
    <ol ref={list} aria-label={t('search.results')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => {
        const hit = hits[item.index];
        if (!hit) return null;
        const { id } = hit.observation;
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start - start}px)` }}
          >
            <SearchHitRow
              {...row}
              hit={hit}
              active={item.index === active}
              explained={open.parts.has(`why ${id}`)}
              unfolded={open.parts.has(`collapsed ${id}`)}
              onToggle={toggle}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** Pixels from the top of what scrolls to the top of the list in it. */
function beginningOf(list: HTMLElement | null, scroller: HTMLElement | null): number {
  if (list === null || scroller === null) return 0;
  return Math.round(list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop);
}

/** An answer without hits: what to change. */
export function NoResults({ filtered, onReset }: { filtered: boolean; onReset(): void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={SearchX}
      title={t('search.none.title')}
      text={t(filtered ? 'search.none.filtered' : 'search.none.text')}
    >
      {filtered && <Button onClick={onReset}>{t('filter.reset')}</Button>}
    </EmptyState>
  );
}

const skeletonKeys = ['a', 'b', 'c', 'd', 'e'];

export function HitSkeletons() {
  return (
    <div>
      {skeletonKeys.map((key) => (
        <div key={key} className="flex flex-col gap-2 px-3 py-3">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-3.5 w-full" />
          <Skeleton className="h-3 w-2/3" />
        </div>
      ))}
    </div>
  );
}
