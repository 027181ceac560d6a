import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ModelCallView } from '../../../shared/cost-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

const looks = {
  sent: { icon: LoaderCircle, tone: 'text-accent-ink spin' },
  answered: { icon: CircleCheck, tone: 'text-success' },
  failed: { icon: CircleAlert, tone: 'text-danger-ink' },
};

/** One question to a model: what for, how many tokens, what it cost; why it failed. */
export function CallItem({ call, showsJob = false }: { call: ModelCallView; showsJob?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { icon: Icon, tone } = looks[call.state];
  const { spend } = call;
  const tokens = t('costs.tokens', {
    input: format.compact(spend.input_tokens + spend.cache_read_tokens + spend.cache_write_tokens),
    output: format.compact(spend.output_tokens),
  });
  return (
    <div className="tabular flex min-h-[50px] min-w-0 flex-col justify-center gap-0.5 py-1">
      <div className="flex min-w-0 items-center gap-2">
        <Icon role="img" aria-label={t(`costs.call.${call.state}`)} size={14} className={classes('shrink-0', tone)} />
        <span className="shrink-0 font-medium">{t(`costs.purpose.${call.purpose}`)}</span>
        <span className="min-w-0 flex-1 truncate text-muted">
          {[call.project?.name, call.model].filter(Boolean).join(' · ')}
        </span>
        <span className="shrink-0 font-medium">{format.money(spend.cost_usd)}</span>
      </div>
      <div className="flex min-w-0 items-center gap-2 pl-[22px] text-xs text-faint">
        <span className={classes('min-w-0 truncate', call.failure && 'text-danger-ink')}>
          {call.failure ? t(`jobs.failure.${call.failure.class}`) : tokens}
        </span>
        {spend.saved_usd > 0 && (
          <span className="hidden shrink-0 text-success-ink sm:inline">
            {t('costs.saved', { amount: format.money(spend.saved_usd) })}
          </span>
        )}
        {showsJob && call.job_id !== null && (
          <Link
            to="/jobs"
            search={{ job: call.job_id }}
            className="shrink-0 font-medium text-accent-ink hover:underline"
          >
            {t('costs.call.job')}
          </Link>
        )}
        <span className="ml-auto shrink-0">{call.took_ms === null ? '' : format.duration(call.took_ms)}</span>
        <RelativeTime iso={call.started_at} className="shrink-0" />
      </div>
    </div>
  );
}
