import { CornerDownRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { InlineText } from '../../ui/rich-text.tsx';

/** What a turn came to, in two lines below its prompt. */
export function TurnSummary({ summary }: { summary: SummaryView }) {
  const { t } = useTranslation();
  const { done, learned, key_points: points, open_ends: open, title } = summary;
  const outcome = done[0] ?? learned[0] ?? points[0] ?? title;
  return (
    <div role="note" aria-label={t('summary.turn')} className="mt-1.5 flex min-w-0 gap-2 px-1 text-xs text-muted">
      <CornerDownRight aria-hidden size={13} className="mt-0.5 shrink-0 text-faint" />
      <p dir="auto" className="line-clamp-2 min-w-0 text-left [overflow-wrap:anywhere] select-text">
        <InlineText text={outcome} />
        {open[0] !== undefined && (
          <span className="text-warning-ink">
            {' '}
            {t('summary.stillOpen')} <InlineText text={open[0]} />
          </span>
        )}
      </p>
    </div>
  );
}
