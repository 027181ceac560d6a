import { useTranslation } from 'react-i18next';
import type { LearningView } from '../../../shared/learning-views.ts';
import { ConfidenceMeter } from './learning-badges.tsx';

/** How sure the memory is, and on what that rests. */
export function ConfidenceReasons({ learning }: { learning: LearningView }) {
  const { t } = useTranslation();
  const {
    source,
    evidence_count: evidence,
    confirm_count: confirmed,
    reject_count: refuted,
    use_count: used,
  } = learning;
  const reasons = [
    t(`learning.source.${source}`),
    evidence > 0 && t('learning.reason.evidence', { count: evidence }),
    confirmed > 0 && t('learning.reason.confirmed', { count: confirmed }),
    refuted > 0 && t('learning.reason.refuted', { count: refuted }),
    used > 0 && t('learning.reason.used', { count: used }),
  ].filter((reason) => reason !== false);
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-muted">
      <ConfidenceMeter value={learning.confidence} className="font-medium text-ink" />
      <span>{reasons.join(' · ')}</span>
    </p>
  );
}
