import { useTranslation } from 'react-i18next';
import type { CostOverview } from '../../../shared/cost-views.ts';
import { useFormat } from '../../lib/format.ts';

/** Until when paid work waits, and how much of it. */
export function useCappedText(): (capped: NonNullable<CostOverview['capped']>) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return ({ until, waiting_jobs: jobs }) =>
    [
      t('costs.capped.text', { time: format.shortDateTime(until) }),
      ...(jobs > 0 ? [t('costs.capped.jobs', { count: jobs, number: format.number(jobs) })] : []),
    ].join(i18n.language === 'zh-CN' ? '' : ' ');
}
