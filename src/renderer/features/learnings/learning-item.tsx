import { Pin, Swords } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearningView } from '../../../shared/learning-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { useMay } from '../../lib/rights.ts';
import { InlineText } from '../../ui/rich-text.tsx';
import { CategoryLabel, ConfidenceMeter, ScopeLabel, StateBadge } from './learning-badges.tsx';
import { LearningTags } from './learning-tags.tsx';

export interface LearningItemProps {
  learning: LearningView;
  href: string;
  open: boolean;
  active: boolean;
  selected: boolean;
  onSelect(id: string): void;
  tagAddress(tag: string): string;
}

/** One learning in the list. A plain link and remembered, because scrolling fast draws dozens in a frame. */
export const LearningItem = memo(function LearningItem({
  learning,
  href,
  open,
  active,
  selected,
  onSelect,
  tagAddress,
}: LearningItemProps) {
  const { t } = useTranslation();
  const may = useMay();
  const format = useFormat();
  const { id, use_count: used, conflict_count: conflicts } = learning;
  const statement = visibleText(learning.statement);
  const isGone = learning.state === 'superseded' || learning.state === 'rejected' || learning.state === 'expired';
  return (
    <div
      data-active={active || undefined}
      className={classes(
        'mx-1.5 flex items-center gap-2.5 rounded-lg py-2.5 pl-2.5',
        open || selected ? 'bg-selected' : active ? 'bg-hover' : 'hover:bg-hover',
        active && 'keyboard-here',
      )}
    >
      <input
        type="checkbox"
        checked={selected}
        disabled={!may('write')}
        aria-label={t('learning.select', { statement })}
        onChange={() => onSelect(id)}
        className="size-3.5 shrink-0 accent-accent"
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5 pr-2.5">
        <a href={href} aria-current={open ? 'true' : undefined} className="flex min-w-0 flex-col justify-center gap-1">
          <span className="flex min-w-0 gap-2">
            <span
              dir="auto"
              className={classes(
                'line-clamp-2 min-w-0 flex-1 text-left font-medium [overflow-wrap:anywhere]',
                isGone && 'text-muted',
              )}
            >
              <InlineText text={learning.statement} />
            </span>
            {learning.pinned && (
              <Pin aria-label={t('learning.pinned')} size={12} className="mt-1 shrink-0 text-accent-ink" />
            )}
          </span>
          <span className="flex min-w-0 items-center gap-2.5 text-xs text-muted">
            <StateBadge state={learning.state} />
            <CategoryLabel category={learning.category} />
            <ScopeLabel learning={learning} className="shrink" />
            <span className="ml-auto flex shrink-0 items-center gap-2.5">
              {conflicts > 0 && (
                <span className="flex items-center gap-1 text-danger-ink" title={t('learning.conflict')}>
                  <Swords aria-hidden size={12} />
                  <span className="sr-only">{t('learning.conflict')}</span>
                  {format.number(conflicts)}
                </span>
              )}
              {used > 0 && <span className="tabular">{t('learning.used', { count: used })}</span>}
              <ConfidenceMeter value={learning.confidence} />
            </span>
          </span>
        </a>
        <LearningTags oneLine tags={learning.tags} addressOf={tagAddress} />
      </div>
    </div>
  );
});
