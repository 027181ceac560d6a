import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ShieldCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PolicyCard } from './policy-card.tsx';
import { ReportCard } from './report-card.tsx';
import { Strengths } from './strengths.tsx';

/** How memory ages, what a run would do about it, and what it may do. */
export function UpkeepPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const report = useQuery({ ...trpc.upkeep.report.queryOptions(), staleTime: 0 });
  if (report.isError && !report.data) return <ErrorState error={report.error} onRetry={() => void report.refetch()} />;
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('jobs.tab.upkeep')}>
      <div className="mx-auto flex max-w-5xl flex-col gap-3.5 px-5 py-4">
        {report.data ? (
          <>
            <Safety policy={report.data.policy} />
            <Strengths strengths={report.data.strengths} />
            <div className="grid items-start gap-3.5 lg:grid-cols-2">
              <ReportCard
                report={report.data}
                busy={report.isFetching}
                onRefresh={() => void report.refetch()}
                onRun={() => void navigate({ to: '/jobs', search: {} })}
              />
              <PolicyCard key={JSON.stringify(report.data.policy)} policy={report.data.policy} />
            </div>
          </>
        ) : (
          <>
            <Skeleton className="h-16 rounded-xl" />
            <Skeleton className="h-36 rounded-xl" />
            <Skeleton className="h-72 rounded-xl" />
          </>
        )}
      </div>
    </div>
  );
}

/** Whether anything is ever deleted, before everything else. */
function Safety({ policy: { delete_observations_below: below } }: { policy: AgingPolicy }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isSafe = below === null;
  const Icon = isSafe ? ShieldCheck : TriangleAlert;
  return (
    <div
      className={classes(
        'flex items-start gap-3 rounded-xl px-4 py-3',
        isSafe ? 'bg-success-soft text-success-ink' : 'bg-warning-soft text-warning-ink',
      )}
    >
      <Icon aria-hidden size={18} className="mt-px shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold">
          {isSafe ? t('upkeep.safe') : t('upkeep.deletes', { number: format.number(below) })}
        </p>
        <p>{t(isSafe ? 'upkeep.safe.text' : 'upkeep.deletes.text')}</p>
      </div>
    </div>
  );
}
