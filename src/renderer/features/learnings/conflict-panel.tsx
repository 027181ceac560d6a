import { useTranslation } from 'react-i18next';
import type { LearningDetail, LearningView } from '../../../shared/learning-views.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InlineText } from '../../ui/rich-text.tsx';
import { keepBoth, keepOne } from './learning-acts.ts';
import { ConfidenceMeter, StateBadge } from './learning-badges.tsx';

/** Two that say the opposite, side by side, and the three ways to settle it. */
export function ConflictPanel({ learning, hasKeys }: { learning: LearningDetail; hasKeys: boolean }) {
  const { t } = useTranslation();
  return learning.conflicts.map(({ learning: other }, index) => {
    const isFirst = hasKeys && index === 0;
    const choices = [
      { keys: '1', label: t('learning.conflict.keepThis'), run: () => void keepOne(learning.id, other.id) },
      { keys: '2', label: t('learning.conflict.keepThat'), run: () => void keepOne(other.id, learning.id) },
      { keys: '3', label: t('learning.conflict.keepBoth'), run: () => void keepBoth(learning.id, other.id) },
    ];
    return (
      <section
        key={other.id}
        aria-label={t('learning.conflict')}
        className="rounded-lg border border-danger/35 bg-danger-soft/50 p-3"
      >
        <h3 className="mb-2 text-xs font-semibold text-danger-ink">{t('learning.conflict')}</h3>
        <div className="grid gap-2 sm:grid-cols-2">
          <Side title={t('learning.conflict.this')} learning={learning} />
          <Side title={t('learning.conflict.that')} learning={other} />
        </div>
        <div className="mt-2.5 flex flex-wrap gap-1.5">
          {choices.map(({ keys, label, run }) => (
            <Button key={keys} needs="write" onClick={run}>
              {label}
              {isFirst && <Kbd keys={keys} className="max-sm:hidden" />}
            </Button>
          ))}
        </div>
      </section>
    );
  });
}

function Side({ title, learning }: { title: string; learning: LearningView }) {
  return (
    <div className="flex flex-col rounded-md border border-line bg-panel px-3 py-2">
      <p className="mb-1 flex items-center gap-2 text-xs text-faint">
        <span className="flex-1">{title}</span>
        <StateBadge state={learning.state} />
      </p>
      <p dir="auto" className="mb-2 text-left font-medium [overflow-wrap:anywhere]">
        <InlineText text={learning.statement} />
      </p>
      <p className="mt-auto flex items-center gap-2 text-xs text-muted">
        <ConfidenceMeter value={learning.confidence} />
        <RelativeTime iso={learning.created_at} className="tabular ml-auto" />
      </p>
    </div>
  );
}
