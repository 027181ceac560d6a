import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostOverview, SpendView } from '../../../shared/cost-views.ts';
import { useFormat } from '../../lib/format.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** From this share of a cap on, its bar warns. */
const nearShare = 0.8;

/** Today and this month against their caps, and everything since the memory was made. */
export function SpendCards({ overview }: { overview: CostOverview }) {
  const { t } = useTranslation();
  const { today, month, total, caps } = overview;
  return (
    <div className="grid gap-3.5 md:grid-cols-3">
      <SpendCard title={t('costs.today')} spend={today} cap={caps.day_usd} />
      <SpendCard title={t('costs.month')} spend={month} cap={caps.month_usd} />
      <SpendCard title={t('costs.total')} spend={total} />
    </div>
  );
}

/** Without `cap` there is none to be had; null says that none is set. */
function SpendCard({ title, spend, cap }: { title: string; spend: SpendView; cap?: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const hasCap = cap !== undefined && cap !== null;
  const share = hasCap ? (cap === 0 ? 1 : spend.cost_usd / cap) : 0;
  return (
    <section aria-labelledby={id} className="tabular flex min-w-0 flex-col rounded-xl border border-line px-4 py-3">
      <h2 id={id} className="text-xs font-medium text-faint">
        {title}
      </h2>
      <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
        <span className="text-[22px] leading-8 font-semibold">{format.money(spend.cost_usd)}</span>
        {cap !== undefined && (
          <span className="text-muted">
            {cap === null ? t('costs.noCap') : t('costs.ofCap', { cap: format.money(cap) })}
          </span>
        )}
      </p>
      {hasCap && (
        <div className="mt-1 mb-1.5">
          <ProgressBar
            kind="meter"
            label={t('costs.left', { amount: format.money(Math.max(0, cap - spend.cost_usd)) })}
            // Where nothing is allowed, all of it is used.
            value={cap === 0 ? 1 : spend.cost_usd}
            max={cap === 0 ? 1 : cap}
            tone={share >= 1 ? 'danger' : share >= nearShare ? 'warning' : 'accent'}
          />
        </div>
      )}
      <p className="mt-auto text-xs text-muted">
        {[
          t('costs.calls', { count: spend.calls, number: format.number(spend.calls) }),
          t('costs.tokens', {
            input: format.compact(spend.input_tokens + spend.cache_read_tokens + spend.cache_write_tokens),
            output: format.compact(spend.output_tokens),
          }),
        ].join(' · ')}
      </p>
      {spend.saved_usd > 0 && (
        <p className="text-xs text-success-ink">{t('costs.saved', { amount: format.money(spend.saved_usd) })}</p>
      )}
    </section>
  );
}
