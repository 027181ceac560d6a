import { useMutation } from '@tanstack/react-query';
import { Calculator, History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CostEstimate } from '../../../shared/cost-views.ts';
import { useFormat } from '../../lib/format.ts';
import { client } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { Card } from '../status/card.tsx';

/** What reading all of the history with a model would cost; only then the button that does it. */
export function EstimateCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const failed = (error: Error): void => showError(t('action.failed'), error);
  const estimate = useMutation({ mutationFn: () => client.costs.estimate.query({}), onError: failed });
  const run = useMutation({
    mutationFn: () => client.history.read.mutate({}),
    onSuccess({ count }) {
      showNotice(t('costs.estimate.queued', { count, number: format.number(count) }));
      estimate.reset();
    },
    onError: failed,
  });
  const found = estimate.data;
  return (
    <Card
      icon={History}
      title={t('costs.estimate')}
      action={
        <Button icon={Calculator} busy={estimate.isPending} onClick={() => estimate.mutate()}>
          {t('costs.estimate.ask')}
        </Button>
      }
    >
      <div aria-live="polite">
        {found ? <Estimate estimate={found} /> : <p className="text-xs text-muted">{t('costs.estimate.text')}</p>}
      </div>
      {found && found.sessions > 0 && found.cost_usd !== null && found.model !== null && (
        <Button needs="spend" look="primary" busy={run.isPending} onClick={() => run.mutate()} className="mt-3">
          {t('costs.estimate.run')}
        </Button>
      )}
    </Card>
  );
}

function Estimate({ estimate }: { estimate: CostEstimate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sessions, model, cost_usd: cost } = estimate;
  if (model === null) return <p className="text-muted">{t('costs.estimate.free')}</p>;
  if (sessions === 0) return <p className="text-muted">{t('costs.estimate.nothing')}</p>;
  const isFitting = estimate.fits_day && estimate.fits_month;
  return (
    <>
      <p className="tabular text-[15px] font-semibold">
        {cost === null
          ? t('costs.estimate.unknown', { model })
          : t('costs.estimate.about', { cost: format.money(cost) })}
      </p>
      <p className="tabular text-muted">
        {t('costs.estimate.of', {
          count: sessions,
          number: format.number(sessions),
          model,
          calls: format.number(estimate.calls),
          input: format.compact(estimate.input_tokens),
          output: format.compact(estimate.output_tokens),
        })}
      </p>
      {cost !== null && (
        <p className={isFitting ? 'text-xs text-success-ink' : 'text-xs text-warning-ink'}>
          {t(
            estimate.fits_month
              ? estimate.fits_day
                ? 'costs.estimate.fits'
                : 'costs.estimate.overDay'
              : 'costs.estimate.overMonth',
          )}
        </p>
      )}
    </>
  );
}
