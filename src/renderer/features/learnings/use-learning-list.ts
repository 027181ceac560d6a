import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import type { LearningParams } from './learning-params.ts';
import { learningListOptions, toLearningFilter } from './learning-queries.ts';

/** Until a row is drawn and measured: its statement may take two lines, and its tags one more. */
const estimatedHeight = 58;
const tagsHeight = 24;
const readAhead = 30;
const noneSelected: ReadonlySet<string> = new Set();

/** The list of learnings: what is read, what is seen of it, where the keyboard is, and what is selected. */
export function useLearningList(params: LearningParams, onOpen: (id: string) => void) {
  const scroller = useRef<HTMLDivElement>(null);
  const filter = useMemo(() => toLearningFilter(params), [params]);
  const question = JSON.stringify(filter);
  const query = useInfiniteQuery(learningListOptions(filter));
  const learnings = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const ids = useMemo(() => learnings.map(({ id }) => id), [learnings]);
  const [selection, setSelection] = useState({ question, ids: noneSelected });
  // Another question begins with nothing selected; what left the list is not acted upon unseen.
  const selected = useMemo(
    () => (selection.question === question ? new Set(ids.filter((id) => selection.ids.has(id))) : noneSelected),
    [selection, question, ids],
  );
  const select = useCallback((next: ReadonlySet<string>) => setSelection({ question, ids: next }), [question]);
  const toggle = useCallback(
    (id: string) =>
      setSelection((before) => {
        const next = new Set(before.question === question ? before.ids : noneSelected);
        if (!next.delete(id)) next.add(id);
        return { question, ids: next };
      }),
    [question],
  );

  const virtualizer = useVirtualizer({
    count: learnings.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimatedHeight + (learnings[index]?.tags.length ? tagsHeight : 0),
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    overscan: 8,
    gap: 2,
  });
  const keyboard = useListKeyboard({
    ids,
    question,
    settled: query.isSuccess && !query.isPlaceholderData,
    initialId: params.open,
    show: (index) => virtualizer.scrollToIndex(index),
    open(index) {
      const id = ids[index];
      if (id !== undefined) onOpen(id);
    },
  });

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= ids.length - readAhead) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, ids.length]);

  return {
    scroller,
    query,
    learnings,
    ids,
    selected,
    select,
    toggle,
    clear: () => select(noneSelected),
    items,
    measure: virtualizer.measureElement,
    height: virtualizer.getTotalSize(),
    keyboard,
    activeId: ids[keyboard.active],
    total: query.data?.pages[0]?.pagination.total,
  };
}
