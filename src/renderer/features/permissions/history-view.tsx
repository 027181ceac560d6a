import { useInfiniteQuery } from '@tanstack/react-query';
import { Ban, CircleCheck, Clock, History, Undo2, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PermissionRequestView, PermissionState } from '../../../shared/permission-views.ts';
import { classes } from '../../lib/classes.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { historyOptions } from './permission-queries.ts';
import { ToolBadge } from './tool-badge.tsx';

const icons: Record<PermissionState, { icon: LucideIcon; tone: string }> = {
  pending: { icon: Clock, tone: 'text-accent-ink' },
  allowed: { icon: CircleCheck, tone: 'text-success-ink' },
  denied: { icon: Ban, tone: 'text-danger-ink' },
  expired: { icon: Clock, tone: 'text-faint' },
  withdrawn: { icon: Undo2, tone: 'text-faint' },
};

/** What was asked and how it ended, newest first. */
export function HistoryView() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(historyOptions);
  const requests = query.data?.pages.flatMap(({ data }) => data) ?? [];
  if (query.isError && requests.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isPending) return <Skeleton className="mx-auto mt-5 h-40 max-w-3xl rounded-xl" />;
  if (requests.length === 0) {
    return (
      <EmptyState icon={History} title={t('permissions.noHistory.title')} text={t('permissions.noHistory.text')} />
    );
  }
  return (
    <div className="mx-auto max-w-3xl px-5 py-4">
      <ul
        aria-label={t('permissions.tab.history')}
        className="divide-y divide-line rounded-xl border border-line bg-panel"
      >
        {requests.map((request) => (
          <HistoryItem key={request.id} request={request} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('permissions.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function HistoryItem({ request }: { request: PermissionRequestView }) {
  const { t } = useTranslation();
  const { icon: Icon, tone } = icons[request.state];
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Icon aria-hidden size={15} className={classes('mt-0.5 shrink-0', tone)} />
      <div className="min-w-0 flex-1">
        <p dir="ltr" className="line-clamp-2 font-mono text-xs leading-5 [overflow-wrap:anywhere] select-text">
          {request.summary}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-muted">
          <ToolBadge tool={request.tool} />
          <span>{t(`permissions.state.${request.state}`)}</span>
          {request.decided_by !== null && <span>{t(`permissions.by.${request.decided_by}`)}</span>}
          <span className="max-w-48 truncate">{request.project.name}</span>
          {request.message !== null && <q className="max-w-64 truncate">{request.message}</q>}
        </p>
      </div>
      <RelativeTime
        iso={request.decided_at ?? request.created_at}
        className="tabular mt-0.5 shrink-0 text-xs text-faint"
      />
    </li>
  );
}
