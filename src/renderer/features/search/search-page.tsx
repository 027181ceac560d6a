import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../shared/context-views.ts';
import type { SearchAnswer, SearchHit } from '../../../shared/search-views.ts';
import { marks } from '../../../shared/context-views.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { client } from '../../lib/trpc.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { useDeleteObservation } from '../timeline/use-deletion.ts';
import { markKeys } from './hit-actions.tsx';
import { KnownHits } from './known-hits.tsx';
import { QueryChips } from './query-chips.tsx';
import { standingClauses, withoutRange } from './query-text.ts';
import { SearchIntroduction } from './search-empty.tsx';
import { FacetColumn, FacetRow } from './search-facets.tsx';
import { SearchField } from './search-field.tsx';
import { SearchFilterBar } from './search-filters.tsx';
import { filterCount, noParams, withoutEmpty, withoutFilters, type LooseParams } from './search-params.ts';
import { keepSearchPlace, keptSearchPlace } from './search-place.ts';
import { HitSkeletons, NoResults, SearchResults, type ResultsHandle } from './search-results.tsx';
import { SearchSummary } from './search-summary.tsx';
import { useMark } from './use-mark.ts';
import { useSearchAnswer } from './use-search.ts';
import { useSearchText } from './use-search-text.ts';

/** Header and hits keep to the same columns: the hits, and on a wide window their facets. */
const columns = 'mx-auto w-full max-w-3xl px-5 xl:grid xl:max-w-[1064px] xl:grid-cols-[minmax(0,1fr)_200px] xl:gap-x-6';

/** Search over everything that was kept, as it is typed. */
export function SearchPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { history } = useRouter();
  const address = useSearch({ from: '/search' });
  const { params, type, change, filter, write } = useSearchText(address);
  const field = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const results = useRef<ResultsHandle>(null);
  const search = useSearchAnswer(params);
  const { answer, hits, question, isCurrent } = search;
  const seenTools = useSeenTools(answer);
  const mark = useMark();
  const deleteObservation = useDeleteObservation();
  const text = params.q ?? '';
  const isAsked = text.trim() !== '' || params.similar !== undefined;
  const ids = useMemo(() => hits.map(({ observation }) => observation.id), [hits]);
  const clauses = useMemo(() => standingClauses(text, answer?.query.clauses ?? []), [text, answer]);
  const [kept] = useState(() => keptSearchPlace(question));
  /** The question that Enter was pressed on before its answer came. */
  const impatient = useRef<string | null>(null);
  const chooseNow = (part: Partial<LooseParams>): void => change(withoutEmpty({ ...noParams, ...params, ...part }));

  const onOpened = useRemember(text);
  function open(index: number): void {
    const observation = hits[index]?.observation;
    if (!observation) return;
    write();
    onOpened();
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
    settled: search.isFinal,
    whileTyping: true,
    initialId: kept?.activeId,
    initialIndex: 0,
    show: (index) => results.current?.show(index),
    open(index) {
      if (isCurrent) open(index);
      else wait();
    },
  });
  const { active } = keyboard;
  const activeHit = hits[active];
  useEffect(() => {
    const isAnswered = impatient.current === question && isCurrent;
    if (isAnswered || impatient.current !== question) impatient.current = null;
    if (isAnswered) open(0);
  });

  const onMark = (hit: SearchHit, next: Mark | null): void => mark({ observation: hit.observation, mark: next });
  const showSimilar = (id: string): void =>
    void navigate({ to: '/search', search: withoutEmpty({ ...noParams, ...params, similar: id }) });
  const latest = useRef({ onMark, showSimilar });
  useEffect(() => {
    latest.current = { onMark, showSimilar };
  });
  // The rows are remembered, so what they call must stay the same.
  const markRow = useCallback((hit: SearchHit, next: Mark | null) => latest.current.onMark(hit, next), []);
  const similarRow = useCallback((id: string) => latest.current.showSimilar(id), []);

  const focusField = (): void => field.current?.select();
  useShortcuts([
    { keys: '/', run: focusField },
    { keys: 'Mod+k', run: focusField, whileTyping: true },
    // The list leaves Enter alone while it has no row; the first answer may be on its way.
    ...(ids.length === 0 && isAsked && !isCurrent ? [{ keys: 'Enter', run: wait, whileTyping: true }] : []),
    ...(activeHit
      ? [
          { keys: 'y', run: () => results.current?.toggle('why', activeHit.observation.id) },
          { keys: 's', run: () => showSimilar(activeHit.observation.id) },
          { keys: 'Delete', needs: 'write' as const, run: () => deleteObservation(activeHit.observation.id) },
          ...marks.map((name) => ({
            keys: markKeys[name],
            needs: 'write' as const,
            run: () => onMark(activeHit, activeHit.observation.mark === name ? null : name),
          })),
        ]
      : []),
  ]);

  const place = useRef({ question, activeId: ids[active], scrollTop: kept?.scrollTop ?? 0 });
  useLayoutEffect(() => {
    if (place.current.question !== question) scroller.current?.scrollTo({ top: 0 });
    place.current = { ...place.current, question, activeId: ids[active] };
  }, [question, ids, active]);
  useLayoutEffect(() => {
    const list = results;
    return () => keepSearchPlace({ ...place.current, measurements: list.current?.measurements() ?? [] });
  }, []);

  const facets = answer && hits.length > 0 ? answer.facets : null;
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{t('nav.search')}</h1>
      <div className={`${columns} shrink-0 pt-5`}>
        <search className="flex min-w-0 flex-col gap-2.5 pb-3" onBlur={write}>
          <SearchField
            ref={field}
            label={t(params.session === undefined ? 'search.field' : 'search.field.session')}
            value={text}
            onChange={(value) =>
              params.similar === undefined ? type(value) : chooseNow({ q: value, similar: undefined })
            }
          />
          <SearchFilterBar params={address} seenTools={seenTools} onChange={filter} />
          <QueryChips
            clauses={clauses}
            session={params.session}
            similar={params.similar}
            onRemove={({ range }) => chooseNow({ q: withoutRange(text, range) })}
            onLeaveSession={() => chooseNow({ session: undefined })}
            onLeaveSimilar={() => chooseNow({ similar: undefined })}
          />
        </search>
      </div>
      <div
        className="flex min-h-0 flex-1 flex-col border-t border-line"
        data-testid="search-answer"
        aria-busy={!search.isFinal}
      >
        {isAsked && (
          <div className={`${columns} shrink-0`}>
            <div className="min-w-0">
              <SearchSummary
                answer={answer}
                mode={params.mode ?? 'mixed'}
                isFetching={search.isFetching}
                showsMode={params.similar === undefined}
                onMode={(mode) => chooseNow({ mode: mode === 'mixed' ? undefined : mode })}
                onMeant={(meant) => chooseNow({ q: meant })}
              />
              {facets && (
                <div className="xl:hidden">
                  <FacetRow facets={facets} params={params} onChange={change} />
                </div>
              )}
            </div>
          </div>
        )}
        <div
          ref={scroller}
          onScroll={(event) => {
            place.current.scrollTop = event.currentTarget.scrollTop;
          }}
          className="min-h-0 flex-1 overflow-y-auto"
          data-testid="search-results"
        >
          <div className={facets ? columns : 'mx-auto flex h-full w-full max-w-3xl flex-col px-5'}>
            {/* One column, whatever it holds: what follows is the other. */}
            <div className={facets ? 'min-w-0' : 'contents'}>
              {!isAsked && <SearchIntroduction onExample={(q) => chooseNow({ q })} />}
              {isAsked && !answer && !search.error && <HitSkeletons />}
              {isAsked && search.error && hits.length === 0 && (
                <ErrorState error={search.error} onRetry={search.refetch} />
              )}
              {isAsked && answer && answer.known.length > 0 && <KnownHits known={answer.known} />}
              {isAsked && answer && !search.error && hits.length === 0 && (
                <NoResults
                  filtered={filterCount(params) > 0 || clauses.length > 0}
                  onReset={() => change(withoutFilters({ ...params, q: answer.query.words }))}
                />
              )}
              {isAsked && hits.length > 0 && (
                <SearchResults
                  ref={results}
                  hits={hits}
                  active={active}
                  question={question}
                  scroller={scroller}
                  kept={kept}
                  loadMore={search.loadMore}
                  onPoint={keyboard.setActive}
                  onOpened={onOpened}
                  onMark={markRow}
                  onSimilar={similarRow}
                />
              )}
            </div>
            {facets && (
              <aside aria-label={t('search.facets')} className="sticky top-0 hidden self-start pb-6 xl:block">
                <FacetColumn facets={facets} params={params} onChange={change} />
              </aside>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The tools in the results, the same array while they are the same: the filters need not be drawn for every answer. */
function useSeenTools(answer: SearchAnswer | undefined): readonly string[] {
  const names = (answer?.facets.tools ?? []).map(({ value }) => value).toSorted();
  const [kept, setKept] = useState(names);
  const isSame = kept.length === names.length && kept.every((name, index) => name === names[index]);
  if (!isSame) setKept(names);
  return isSame ? kept : names;
}

/** Keeps a query that led somewhere, for completion; always the same function. */
function useRemember(text: string): () => void {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  return useCallback(() => {
    const query = latest.current.trim().slice(0, 500);
    // A suggestion less is no reason to disturb anybody.
    if (query !== '') client.search.remember.mutate({ query }).catch(() => {});
  }, []);
}
