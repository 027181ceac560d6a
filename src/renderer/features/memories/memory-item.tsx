import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemoryView } from '../../../shared/note-views.ts';
import { classes } from '../../lib/classes.ts';
import { Badge } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InlineText } from '../../ui/rich-text.tsx';

export interface MemoryItemProps {
  memory: MemoryView;
  href: string;
  open: boolean;
  active: boolean;
}

/** One memory in the list. */
export const MemoryItem = memo(function MemoryItem({ memory, href, open, active }: MemoryItemProps) {
  const { t } = useTranslation();
  return (
    <a
      href={href}
      aria-current={open ? 'true' : undefined}
      data-active={active || undefined}
      className={classes(
        'mx-1.5 flex h-[72px] flex-col justify-center gap-1 rounded-lg px-3',
        open ? 'bg-selected' : active ? 'bg-hover' : 'hover:bg-hover',
        active && 'keyboard-here',
      )}
    >
      <span
        dir="auto"
        className={classes(
          'line-clamp-2 text-left font-medium [overflow-wrap:anywhere]',
          memory.forgotten_at !== null && 'text-muted line-through',
        )}
      >
        <InlineText text={memory.text} />
      </span>
      <span className="flex min-w-0 items-center gap-2 text-xs text-muted">
        <Badge tone={memory.type === 'working' ? 'warning' : 'neutral'}>{t(`memory.type.${memory.type}`)}</Badge>
        <span className="min-w-0 truncate">{memory.project?.name ?? t('learning.scope.global')}</span>
        {memory.tags.slice(0, 3).map((tag) => (
          <span key={tag} className="max-w-24 shrink-0 truncate text-faint">
            #{tag}
          </span>
        ))}
        {memory.version > 1 && (
          <span className="tabular shrink-0 text-faint">{t('memory.version', { version: memory.version })}</span>
        )}
        <RelativeTime iso={memory.updated_at} className="tabular ml-auto shrink-0 text-faint" />
      </span>
    </a>
  );
});
