import { Archive, Check, Merge, Pin, RotateCcw, Trash2, X, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

export interface BulkBarProps {
  count: number;
  onAll: (() => void) | null;
  onApprove(): void;
  onReject(): void;
  onPropose(): void;
  onExpire(): void;
  onPin(): void;
  onMerge: (() => void) | null;
  onDelete(): void;
  onClear(): void;
}

/** What can be done with everything that is selected. */
export function BulkBar({ count, onAll, onMerge, onClear, ...on }: BulkBarProps) {
  const { t } = useTranslation();
  const tools: { icon: LucideIcon; label: string; keys?: string; run: (() => void) | null }[] = [
    { icon: Pin, label: t('learning.do.pin'), keys: 'p', run: on.onPin },
    { icon: Merge, label: t('learning.do.merge'), keys: 'm', run: onMerge },
    { icon: RotateCcw, label: t('learning.do.propose'), run: on.onPropose },
    { icon: Archive, label: t('learning.do.expire'), run: on.onExpire },
    { icon: Trash2, label: t('learning.do.delete'), run: on.onDelete },
  ];
  return (
    <div
      role="toolbar"
      aria-label={t('learning.selected', { count })}
      className="flex shrink-0 flex-col gap-1.5 border-t border-line bg-accent-soft px-3 py-2"
    >
      <div className="flex items-center gap-1.5">
        <span className="tabular mr-auto font-medium text-accent-ink">{t('learning.selected', { count })}</span>
        {onAll && (
          <Button look="ghost" onClick={onAll}>
            {t('learning.selectAll')}
          </Button>
        )}
        <IconButton icon={X} label={t('learning.clearSelection')} keys="Escape" onClick={onClear} />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Button needs="write" look="primary" icon={Check} onClick={on.onApprove}>
          {t('learning.do.approve')}
        </Button>
        <Button needs="write" look="danger" icon={X} onClick={on.onReject}>
          {t('learning.do.reject')}
        </Button>
        {tools.map(({ icon, label, keys, run }) => (
          <IconButton
            key={label}
            needs="write"
            icon={icon}
            label={label}
            {...(keys && { keys })}
            disabled={run === null}
            onClick={run ?? undefined}
            className="disabled:opacity-40"
          />
        ))}
      </div>
    </div>
  );
}
