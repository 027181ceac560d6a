import { Gauge } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CostOverview } from '../../../shared/cost-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts } from '../status/card.tsx';

/** What may be spent, and what happens when it is. */
export function CapsCard({ overview: { caps }, onChange }: { overview: CostOverview; onChange(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (cap: number | null): string => (cap === null ? t('costs.noCap') : format.money(cap));
  return (
    <Card
      icon={Gauge}
      title={t('costs.caps')}
      action={
        <Button needs="admin" onClick={onChange}>
          {t('action.change')}
        </Button>
      }
    >
      <Facts
        facts={[
          [t('costs.caps.dayOnly'), amount(caps.day_usd)],
          [t('costs.caps.monthOnly'), amount(caps.month_usd)],
        ]}
      />
      <p className="mt-2.5 text-xs text-muted">{t('costs.caps.text')}</p>
    </Card>
  );
}
