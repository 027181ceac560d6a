import { useTranslation } from 'react-i18next';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { Badge } from '../../ui/badge.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

/** Who wrote it: the app's rules, a model, or the agent itself. */
export function SourceBadge({ summary }: { summary: SummaryView }) {
  const { t } = useTranslation();
  const { source, model } = summary;
  return (
    <Tooltip text={model ?? t(`summary.source.${source}.text`)}>
      {/* A name that the pointer explains; the model's name is in the list of versions too. */}
      <span>
        <Badge tone={source === 'extractive' ? 'neutral' : 'accent'}>{t(`summary.source.${source}`)}</Badge>
      </span>
    </Tooltip>
  );
}
