import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditOutcomes, type AuditEntry } from '../../../shared/access-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { auditOptions } from './access-queries.ts';
import { useActorName } from './actor-name.ts';
import { useAuditLabel, useAuditReason, useAuditTarget } from './audit-label.ts';

const choices = ['any', ...auditOutcomes] as const;
const tones: Record<AuditEntry['outcome'], Tone> = { done: 'success', refused: 'danger', failed: 'warning' };

/** Who did what, and what was refused. */
export function AuditView() {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<(typeof choices)[number]>('any');
  const query = useInfiniteQuery(auditOptions(outcome === 'any' ? undefined : outcome));
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  if (query.isError && entries.length === 0) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.isSuccess && entries.length === 0 && outcome === 'any') {
    return <EmptyState icon={ScrollText} title={t('audit.none.title')} text={t('audit.none.text')} />;
  }
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('access.tab.audit')}>
      <div className="mx-auto max-w-4xl px-5 py-4">
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <p className="min-w-0 flex-[1_1_260px] text-xs text-muted">{t('audit.text')}</p>
          <Select
            label={t('audit.any')}
            value={outcome}
            options={choices.map((value) => ({
              value,
              label: value === 'any' ? t('audit.any') : t(`audit.outcome.${value}`),
            }))}
            onChange={(next) => setOutcome(next)}
          />
        </div>
        {query.isSuccess && entries.length === 0 && <p className="text-muted">{t('audit.noneSuch')}</p>}
        {query.isPending && <Skeleton className="h-64" />}
        <ul
          aria-label={t('access.tab.audit')}
          className="divide-y divide-line rounded-xl border border-line empty:hidden"
        >
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ul>
        {query.hasNextPage && (
          <div className="flex justify-center py-3">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('audit.more')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useAuditLabel();
  const reason = useAuditReason();
  const targetOf = useAuditTarget();
  const who = useActorName()(entry.actor);
  const meaning = label(entry.action);
  return (
    <li className="flex items-center gap-3 px-4 py-1.5">
      <span className="flex w-16 shrink-0">
        <Badge tone={tones[entry.outcome]}>{t(`audit.outcome.${entry.outcome}`)}</Badge>
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 items-baseline gap-2">
          <span className="max-w-full shrink-0 truncate">{meaning}</span>
          <code
            className={classes(
              'min-w-0 truncate font-mono text-[11px] text-faint',
              meaning !== null && 'hidden sm:inline',
            )}
          >
            {entry.action}
          </code>
          {entry.code !== null && (
            <span
              title={entry.code}
              className={`shrink-0 text-xs ${entry.outcome === 'done' ? 'text-muted' : 'text-danger-ink'}`}
            >
              {reason(entry.code)}
            </span>
          )}
          {entry.count > 1 && (
            <span className="shrink-0 text-xs text-muted">
              {t('audit.times', { number: format.number(entry.count) })}
            </span>
          )}
        </p>
        <p className="truncate text-xs text-muted sm:hidden">
          {who} <span className="font-mono text-[11px] text-faint">{entry.address}</span>
        </p>
        {entry.target !== null && (
          <p className="truncate font-mono text-[11px] text-faint">{targetOf(entry.action, entry.target)}</p>
        )}
      </div>
      <div className="hidden w-28 shrink-0 text-xs text-muted sm:block lg:w-40">
        <p title={who} className="truncate">
          {who}
        </p>
        <p className="truncate font-mono text-[11px] text-faint">{entry.address}</p>
      </div>
      <RelativeTime iso={entry.at} className="tabular w-20 shrink-0 text-right text-xs text-faint" />
    </li>
  );
}
