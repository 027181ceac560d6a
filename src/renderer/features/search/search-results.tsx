import { LoaderCircle, SearchX } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchAnswer, SearchHit } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SearchHitRow } from './search-hit.tsx';

export interface SearchResultsProps {
  answer: SearchAnswer;
  hits: readonly SearchHit[];
  active: number;
  isFetching: boolean;
  /** Null when there is no more. */
  more: { busy: boolean; load(): void } | null;
  listRef: Ref<HTMLOListElement>;
  onPoint(id: string): void;
}

/** How many there are, and the hits. */
export function SearchResults({ answer, hits, active, isFetching, more, listRef, onPoint }: SearchResultsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <p className="tabular flex h-9 shrink-0 items-center gap-2 pl-3 text-xs text-faint" role="status">
        {[
          t(answer.truncated ? 'search.count.more' : 'search.count', {
            count: answer.total,
            number: format.number(answer.total),
          }),
          format.duration(answer.took_ms),
        ].join(' · ')}
        {isFetching && <LoaderCircle aria-hidden size={12} className="spin" />}
      </p>
      <ol ref={listRef} aria-label={t('search.results')} className="flex flex-col gap-0.5">
        {hits.map((hit, index) => (
          <li key={hit.observation.id}>
            <SearchHitRow hit={hit} active={index === active} onPoint={onPoint} />
          </li>
        ))}
      </ol>
      <div className="flex shrink-0 justify-center py-4">
        {more && (
          <Button busy={more.busy} onClick={more.load}>
            {t('search.more')}
          </Button>
        )}
      </div>
    </>
  );
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
