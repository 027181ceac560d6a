import { Link } from '@tanstack/react-router';
import { LoaderCircle } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { searchModes, type SearchAnswer, type SearchMode } from '../../../shared/search-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Segmented } from '../../ui/segmented.tsx';

export interface SearchSummaryProps {
  answer: SearchAnswer | undefined;
  mode: SearchMode;
  isFetching: boolean;
  /** Without it, how to search is no question: what is like a row is found by meaning. */
  showsMode: boolean;
  onMode(mode: SearchMode): void;
  onMeant(text: string): void;
}

/** How many hits there are and how they were found; what was perhaps meant instead. */
export function SearchSummary({ answer, mode, isFetching, showsMode, onMode, onMeant }: SearchSummaryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const meant = answer?.did_you_mean ?? null;
  return (
    <>
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 py-1 pl-3 text-xs text-faint">
        <p className="tabular flex items-center gap-2" role="status">
          {answer &&
            [
              t(answer.truncated ? 'search.count.more' : 'search.count', {
                count: answer.total,
                number: format.number(answer.total),
              }),
              format.duration(answer.took_ms),
            ].join(' · ')}
          {isFetching && <LoaderCircle aria-hidden size={12} className="spin" />}
        </p>
        {answer && answer.vector_problem !== null && (
          <p className="min-w-0">
            {t(`search.vectors.${answer.vector_problem}`)}{' '}
            <Link to="/status" className="font-medium text-accent-ink hover:underline">
              {t('nav.status')}
            </Link>
          </p>
        )}
        {showsMode && (
          <Segmented
            label={t('search.mode')}
            value={mode}
            options={searchModes.map((value) => ({ value, label: t(`search.mode.${value}`) }))}
            onChange={onMode}
            className="ml-auto"
          />
        )}
      </div>
      {meant !== null && (
        <p className="pb-2 pl-3 text-muted">
          {t('search.meant')}{' '}
          <button
            type="button"
            dir="auto"
            onClick={() => onMeant(meant)}
            className="font-medium text-accent-ink hover:underline"
          >
            {meant}
          </button>
        </p>
      )}
    </>
  );
}
