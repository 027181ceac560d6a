import { useNavigate, useSearch } from '@tanstack/react-router';
import { LoaderCircle, Search, SearchX } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SearchIntroduction } from './search-empty.tsx';
import { SearchFilterBar } from './search-filters.tsx';
import { SearchHitRow } from './search-hit.tsx';
import { filterCount, withoutEmpty, type SearchParams } from './search-params.ts';
import { useSearchAnswer } from './use-search.ts';

/** Search over everything that was kept, as it is typed. */
export function SearchPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const params = useSearch({ from: '/search' });
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLOListElement>(null);
  const query = useSearchAnswer(params);
  const answers = query.data?.pages ?? [];
  const hits = answers.flatMap((answer) => answer.hits);
  const answer = answers[0];
  const isAsked = (params.q?.trim() ?? '') !== '';

  const change = (next: SearchParams): void => {
    keyboard.setActive(0);
    void navigate({ to: '/search', search: next, replace: true });
  };
  const keyboard = useListKeyboard({
    count: isAsked ? hits.length : 0,
    whileTyping: true,
    show: (index) => results.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
    open(index) {
      const observation = hits[index]?.observation;
      if (!observation) return;
      void navigate({
        to: '/sessions/$sessionId',
        params: { sessionId: observation.session_id },
        search: { observation: observation.id },
      });
    },
  });
  const focusField = (): void => field.current?.select();
  useShortcuts([
    { keys: '/', run: focusField },
    { keys: 'Mod+k', run: focusField, whileTyping: true },
  ]);

  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">{t('nav.search')}</h1>
      <search className="mx-auto flex w-full max-w-3xl shrink-0 flex-col gap-2.5 px-5 pt-5 pb-3">
        <TextField
          ref={field}
          large
          autoFocus
          icon={Search}
          label={t('search.field')}
          value={params.q ?? ''}
          onChange={(q) => change(withoutEmpty({ ...emptyParams, ...params, q }))}
        />
        <SearchFilterBar
          params={params}
          seenTools={hits.flatMap(({ observation }) => observation.tool ?? [])}
          onChange={change}
        />
      </search>
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line" data-testid="search-results">
        <div className="mx-auto flex h-full w-full max-w-3xl flex-col px-5">
          {!isAsked && <SearchIntroduction onExample={(q) => change({ q })} />}
          {isAsked && query.isPending && <HitSkeletons />}
          {isAsked && query.isError && hits.length === 0 && (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          {isAsked && answer && hits.length === 0 && (
            <EmptyState
              icon={SearchX}
              title={t('search.none.title')}
              text={t(filterCount(params) > 0 ? 'search.none.filtered' : 'search.none.text')}
            >
              {filterCount(params) > 0 && (
                <Button onClick={() => change(withoutEmpty({ ...emptyParams, q: params.q }))}>
                  {t('filter.reset')}
                </Button>
              )}
            </EmptyState>
          )}
          {isAsked && answer && hits.length > 0 && (
            <>
              <p className="tabular flex h-9 shrink-0 items-center gap-2 pl-3 text-xs text-faint" role="status">
                {[
                  t(answer.truncated ? 'search.count.more' : 'search.count', {
                    count: answer.total,
                    number: format.number(answer.total),
                  }),
                  format.duration(answer.took_ms),
                ].join(' · ')}
                {query.isFetching && <LoaderCircle aria-hidden size={12} className="spin" />}
              </p>
              <ol ref={results} aria-label={t('search.results')} className="flex flex-col gap-0.5">
                {hits.map((hit, index) => (
                  <li key={hit.observation.id}>
                    <SearchHitRow
                      hit={hit}
                      active={index === keyboard.active}
                      onPointer={() => keyboard.setActive(index)}
                    />
                  </li>
                ))}
              </ol>
              <div className="flex shrink-0 justify-center py-4">
                {query.hasNextPage && (
                  <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                    {t('search.more')}
                  </Button>
                )}
              </div>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

const emptyParams = {
  q: undefined,
  project: undefined,
  type: undefined,
  tool: undefined,
  file: undefined,
  period: undefined,
  failures: undefined,
};

const skeletonKeys = ['a', 'b', 'c', 'd', 'e'];

function HitSkeletons() {
  return (
    <div className="pt-9">
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
