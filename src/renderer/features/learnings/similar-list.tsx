import { Merge } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LearningDetail } from '../../../shared/learning-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { InlineText } from '../../ui/rich-text.tsx';
import { mergeLearnings } from './learning-acts.ts';
import { StateBadge } from './learning-badges.tsx';

/** What says nearly the same; one click makes this one part of it. */
export function SimilarList({ learning }: { learning: LearningDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (learning.similar.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-faint">{t('learning.similar')}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {learning.similar.map(({ learning: other, similarity }) => (
          <li key={other.id} className="flex min-w-0 items-center gap-2.5 py-1.5 pr-1.5 pl-3">
            <span className="tabular w-9 shrink-0 text-xs text-faint" title={t('learning.similar.share')}>
              {format.percent(similarity)}
            </span>
            <span dir="auto" className="line-clamp-2 min-w-0 flex-1 text-left [overflow-wrap:anywhere]">
              <InlineText text={other.statement} />
            </span>
            <StateBadge state={other.state} />
            <Button
              needs="write"
              look="ghost"
              icon={Merge}
              onClick={() => void mergeLearnings(other.id, [learning.id])}
            >
              {t('learning.mergeInto')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
