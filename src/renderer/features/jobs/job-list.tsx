import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { CircleCheckBig, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-views.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SessionListSkeleton } from '../sessions/session-list-skeleton.tsx';
import { JobItem } from './job-item.tsx';
import { jobListOptions } from './job-queries.ts';
import { jobRows } from './job-rows.ts';
import { shownStates, withJobsParams, type JobsParams, type LooseJobsParams } from './jobs-params.ts';
import { canCancel, canRetry, useJobActions } from './use-job-actions.ts';

const groupHeight = 30;
const jobHeight = 52;

export interface JobListProps {
  params: JobsParams;
  onChange(part: Partial<LooseJobsParams>): void;
}

/** The queue in the order in which it is worked off, then what ended. */
export function JobList({ params, onChange }: JobListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const actions = useJobActions();
  const scroller = useRef<HTMLDivElement>(null);
  const { show, kind, job: opened } = params;
  const filter = useMemo(
    () => ({ ...(show && { states: shownStates[show] }), ...(kind && { kinds: [kind] }) }),
    [show, kind],
  );
  const query = useInfiniteQuery(jobListOptions(filter));
  const jobs = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const ids = useMemo(() => jobs.map(({ id }) => id), [jobs]);
  const rows = useMemo(() => jobRows(jobs), [jobs]);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? groupHeight : jobHeight),
    getItemKey: useCallback(
      (index: number) => {
        const row = rows[index];
        return row?.kind === 'job' ? row.job.id : (row?.key ?? index);
      },
      [rows],
    ),
    overscan: 8,
  });
  const keyboard = useListKeyboard({
    ids,
    question: JSON.stringify(filter),
    settled: query.isSuccess && !query.isPlaceholderData,
    initialId: opened,
    show(index) {
      const row = rows.findIndex((candidate) => candidate.kind === 'job' && candidate.index === index);
      virtualizer.scrollToIndex(index === 0 ? 0 : row);
    },
    open(index) {
      const id = ids[index];
      if (id !== undefined) void navigate({ to: '/jobs', search: withJobsParams(params, { job: id }) });
    },
  });
  const chosen: JobView | undefined = jobs[keyboard.active];
  useShortcuts([
    ...(opened === undefined ? [] : [{ keys: 'Escape', run: () => onChange({ job: undefined }) }]),
    ...(chosen && canRetry(chosen) ? [{ keys: 'r', needs: 'admin' as const, run: () => actions.retry(chosen) }] : []),
    ...(chosen && canCancel(chosen) ? [{ keys: 'c', needs: 'admin' as const, run: () => actions.cancel(chosen) }] : []),
  ]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastShown, rows.length]);

  if (query.isError && jobs.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  const isFiltered = show !== undefined || kind !== undefined;
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pb-2" data-testid="job-list">
      {query.isPending && <SessionListSkeleton />}
      {query.isSuccess && jobs.length === 0 && !isFiltered && (
        <EmptyState icon={CircleCheckBig} title={t('jobs.none.title')} text={t('jobs.none.text')} />
      )}
      {query.isSuccess && jobs.length === 0 && isFiltered && (
        <EmptyState icon={SearchX} title={t('jobs.noMatch.title')} text={t('jobs.noMatch.text')}>
          <Button onClick={() => onChange({ show: undefined, kind: undefined })}>{t('jobs.noMatch.reset')}</Button>
        </EmptyState>
      )}
      <ul aria-label={t('nav.jobs')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={item.key}
              className="absolute inset-x-0 top-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row.kind === 'group' ? (
                <h2 className="flex h-full items-end px-4 pb-1 text-xs font-medium text-faint">
                  {t(row.group === 'ended' ? 'jobs.group.ended' : `jobs.state.${row.group}`)}
                </h2>
              ) : (
                <JobItem
                  job={row.job}
                  href={`#/jobs${router.options.stringifySearch(withJobsParams(params, { job: row.job.id }))}`}
                  open={row.job.id === opened}
                  active={row.index === keyboard.active}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
