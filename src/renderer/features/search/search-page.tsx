import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SearchIntroduction } from './search-empty.tsx';
import { SearchFilterBar } from './search-filters.tsx';
import { filterCount, withoutEmpty } from './search-params.ts';
import { keepSearchPlace, keptSearchPlace } from './search-place.ts';
import { HitSkeletons, NoResults, SearchResults } from './search-results.tsx';
import { useSearchAnswer } from './use-search.ts';
import { noParams, useSearchText } from './use-search-text.ts';

/** Search over everything that was kept, as it is typed. */
export function SearchPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { history } = useRouter();
  const address = useSearch({ from: '/search' });
  const { params, type, change, filter, write } = useSearchText(address);
  const field = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const results = useRef<HTMLOListElement>(null);
  const { query, question, isCurrent } = useSearchAnswer(params);
  const isAsked = (params.q?.trim() ?? '') !== '';
  const hits = useMemo(
    () => (isAsked ? (query.data?.pages.flatMap((answer) => answer.hits) ?? []) : []),
    [isAsked, query.data],
  );
  const ids = useMemo(() => hits.map(({ observation }) => observation.id), [hits]);
  const seenTools = useMemo(() => [...new Set(hits.flatMap(({ observation }) => observation.tool ?? []))], [hits]);
  const answer = query.data?.pages[0];
  const [kept] = useState(() => keptSearchPlace(question));
  /** The question that Enter was pressed on before its answer came. */
  const impatient = useRef<string | null>(null);

  function open(index: number): void {
    const observation = hits[index]?.observation;
    if (!observation) return;
    write();
    // Two steps in one task would be kept as one, without the address of this search.
    history.flush();
    void navigate({
      to: '/sessions/$sessionId',
      params: { sessionId: observation.session_id },
      search: { observation: observation.id },
    });
  }
  const wait = (): void => {
    impatient.current = question;
  };
  const keyboard = useListKeyboard({
    ids,
    question,
    settled: isCurrent,
    whileTyping: true,
    initialId: kept?.activeId,
    show: (index) => results.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
    open(index) {
      if (isCurrent) open(index);
      else wait();
    },
  });
  const { active } = keyboard;
  useEffect(() => {
    const isAnswered = impatient.current === question && isCurrent;
    if (isAnswered || impatient.current !== question) impatient.current = null;
    if (isAnswered) open(0);
  });

  const focusField = (): void => field.current?.select();
  useShortcuts([
    { keys: '/', run: focusField },
    { keys: 'Mod+k', run: focusField, whileTyping: true },
    // The list leaves Enter alone while it has no row; the first answer may be on its way.
    ...(ids.length === 0 && isAsked && !isCurrent ? [{ keys: 'Enter', run: wait, whileTyping: true }] : []),
  ]);

  const place = useRef({ question, activeId: ids[active], scrollTop: 0 });
  useLayoutEffect(() => {
    if (place.current.question !== question) scroller.current?.scrollTo({ top: 0 });
    place.current = { ...place.current, question, activeId: ids[active] };
  }, [question, ids, active]);
  useLayoutEffect(() => {
    if (kept) scroller.current?.scrollTo({ top: kept.scrollTop });
    return () => keepSearchPlace(place.current);
  }, [kept]);

  const reset = (): void => change(withoutEmpty({ ...noParams, q: params.q }));
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{t('nav.search')}</h1>
      <search className="mx-auto flex w-full max-w-3xl shrink-0 flex-col gap-2.5 px-5 pt-5 pb-3" onBlur={write}>
        <TextField
          ref={field}
          large
          autoFocus
          icon={Search}
          label={t('search.field')}
          value={params.q ?? ''}
          onChange={type}
        />
        <SearchFilterBar params={address} seenTools={seenTools} onChange={filter} />
      </search>
      <div
        ref={scroller}
        onScroll={(event) => {
          place.current.scrollTop = event.currentTarget.scrollTop;
        }}
        className="min-h-0 flex-1 overflow-y-auto border-t border-line"
        data-testid="search-results"
      >
        <div className="mx-auto flex h-full w-full max-w-3xl flex-col px-5">
          {!isAsked && <SearchIntroduction onExample={(q) => change({ q })} />}
          {isAsked && query.isPending && <HitSkeletons />}
          {isAsked && query.isError && hits.length === 0 && (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          {isAsked && answer && hits.length === 0 && <NoResults filtered={filterCount(params) > 0} onReset={reset} />}
          {isAsked && answer && hits.length > 0 && (
            <SearchResults
              answer={answer}
              hits={hits}
              active={active}
              isFetching={query.isFetching}
              more={
                query.hasNextPage ? { busy: query.isFetchingNextPage, load: () => void query.fetchNextPage() } : null
              }
              listRef={results}
              onPoint={keyboard.setActive}
            />
          )}
        </div>
      </div>
    </div>
  );
}
