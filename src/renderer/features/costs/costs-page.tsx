import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChartColumn, CircleDollarSign, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostOverview } from '../../../shared/cost-views.ts';
import { useMay } from '../../lib/rights.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Card } from '../status/card.tsx';
import { CallsPage } from './calls-page.tsx';
import { CapsCard } from './caps-card.tsx';
import { CapsDialog } from './caps-dialog.tsx';
import { useCappedText } from './capped-text.ts';
import { CostTable } from './cost-table.tsx';
import { shownDays, useCosts, useLiveCosts } from './cost-queries.ts';
import { costsTabs } from './costs-params.ts';
import { DayChart } from './day-chart.tsx';
import { EstimateCard } from './estimate-card.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { PricesPage, Unpriced } from './prices-page.tsx';
import { SpendCards } from './spend-cards.tsx';

/** What models cost, what they may cost, and what they would. */
export function CostsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = 'overview' } = useSearch({ from: '/costs' });
  const costs = useCosts();
  useLiveCosts();
  if (costs.isError && !costs.data) return <ErrorState error={costs.error} onRetry={() => void costs.refetch()} />;
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="flex-1 text-[15px] font-semibold">{t('nav.costs')}</h1>
        <Segmented
          label={t('costs.tab')}
          value={tab}
          options={costsTabs.map((value) => ({ value, label: t(`costs.tab.${value}`) }))}
          onChange={(value) =>
            void navigate({ to: '/costs', search: value === 'overview' ? {} : { tab: value }, replace: true })
          }
        />
      </header>
      <div className="min-h-0 flex-1">
        {tab === 'calls' && <CallsPage />}
        {tab === 'prices' && <PricesPage unpriced={costs.data?.unpriced_models ?? []} />}
        {tab === 'overview' && (costs.data ? <Overview overview={costs.data} /> : <OverviewSkeleton />)}
      </div>
    </div>
  );
}

function Overview({ overview }: { overview: CostOverview }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<{ caps: true } | { model: string } | null>(null);
  const close = (): void => setDialog(null);
  const may = useMay();
  const model = useQuery({ ...trpc.models.status.queryOptions(), enabled: may('admin') });
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('costs.tab.overview')}>
      <div className="mx-auto flex max-w-5xl flex-col gap-3.5 px-5 py-4">
        {overview.capped && model.data?.state !== 'off' && (
          <CappedNotice capped={overview.capped} onRaise={() => setDialog({ caps: true })} />
        )}
        {model.data?.state === 'off' && <FreeNotice />}
        <div className="empty:hidden [&>*]:mb-0">
          <Unpriced models={overview.unpriced_models} onSet={(name) => setDialog({ model: name })} />
        </div>
        <SpendCards overview={overview} />
        <Card icon={ChartColumn} title={t('costs.days')}>
          <DayChart rows={overview.groups.day} cap={overview.caps.day_usd} count={shownDays} />
        </Card>
        <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_320px]">
          <CostTable overview={overview} />
          <div className="flex min-w-0 flex-col gap-3.5">
            <CapsCard overview={overview} onChange={() => setDialog({ caps: true })} />
            <EstimateCard />
          </div>
        </div>
      </div>
      {dialog && 'caps' in dialog && <CapsDialog overview={overview} onClose={close} />}
      {dialog && 'model' in dialog && <PriceDialog model={dialog.model} price={null} onClose={close} />}
    </div>
  );
}

function CappedNotice({ capped, onRaise }: { capped: NonNullable<CostOverview['capped']>; onRaise(): void }) {
  const { t } = useTranslation();
  const text = useCappedText();
  return (
    <section
      aria-label={t(`costs.capped.${capped.cap}`)}
      className="flex items-center gap-3 rounded-xl bg-warning-soft px-4 py-3 text-warning-ink"
    >
      <CircleDollarSign aria-hidden size={18} className="shrink-0" />
      <div className="tabular min-w-0 flex-1">
        <p className="font-semibold">{t(`costs.capped.${capped.cap}`)}</p>
        <p>{text(capped)}</p>
      </div>
      <Button needs="admin" onClick={onRaise}>
        {t('costs.caps.raise')}
      </Button>
    </section>
  );
}

/** Without a provider this page has nothing to say but this. */
function FreeNotice() {
  const { t } = useTranslation();
  return (
    <section
      aria-label={t('costs.free.title')}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl bg-success-soft px-4 py-3 text-success-ink"
    >
      <ShieldCheck aria-hidden size={18} className="shrink-0" />
      <div className="min-w-0 flex-[1_1_260px]">
        <p className="font-semibold">{t('costs.free.title')}</p>
        <p>{t('costs.free.text')}</p>
      </div>
      <Link
        to="/status"
        className="inline-flex h-7 items-center rounded-md border border-current/30 px-2.5 font-medium hover:bg-panel/50"
      >
        {t('costs.free.choose')}
      </Link>
    </section>
  );
}

function OverviewSkeleton() {
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-3.5 px-5 py-4">
      <div className="grid gap-3.5 md:grid-cols-3">
        <Skeleton className="h-24 rounded-xl" />
        <Skeleton className="h-24 rounded-xl" />
        <Skeleton className="h-24 rounded-xl" />
      </div>
      <Skeleton className="h-52 rounded-xl" />
      <Skeleton className="h-52 rounded-xl" />
    </div>
  );
}
