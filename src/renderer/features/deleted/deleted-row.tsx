import { FolderGit2, RotateCcw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../shared/access-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { visibleText } from '../../lib/readable.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useActorName } from '../access/actor-name.ts';
import type { DeletedItem } from './deleted-queries.ts';

export interface DeletedRowProps {
  item: DeletedItem;
  name: string;
  /** Who deleted it, where that is known. */
  by: AuditEntry['actor'] | undefined;
  active: boolean;
  onPoint(): void;
  onRestore(): void;
  /** Null where there is no such way. */
  onErase: (() => void) | null;
}

/** One thing that was deleted: what it was, when, by whom, and until when it is kept. */
export function DeletedRow({ item, name, by, active, onPoint, onRestore, onErase }: DeletedRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const actorName = useActorName();
  return (
    <div
      data-active={active || undefined}
      onFocus={onPoint}
      onPointerMove={active ? undefined : onPoint}
      className={classes(
        'flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg px-3 py-2',
        active && 'keyboard-here bg-hover',
      )}
    >
      <div className="min-w-0 flex-1 basis-60">
        <p dir="auto" className="line-clamp-2 text-left font-medium [overflow-wrap:anywhere]">
          {visibleText(name)}
        </p>
        <p className="tabular mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-muted">
          {item.project !== null && (
            <span className="flex min-w-0 items-center gap-1">
              <FolderGit2 aria-hidden size={12} className="shrink-0 text-faint" />
              <span className="max-w-48 truncate">{item.project.name}</span>
            </span>
          )}
          <span>
            {t('deleted.at')} <RelativeTime iso={item.deletedAt} />
          </span>
          {by !== undefined && <span className="max-w-48 truncate">{t('deleted.by', { name: actorName(by) })}</span>}
          {item.keptUntil !== null && (
            <span className="text-faint">{t('deleted.until', { date: format.day(item.keptUntil, now) })}</span>
          )}
        </p>
      </div>
      <div className="flex items-center gap-1">
        <Button
          needs="write"
          icon={RotateCcw}
          aria-label={t('deleted.restore.of', { name })}
          aria-keyshortcuts="r"
          onClick={onRestore}
        >
          {t('deleted.restore')}
        </Button>
        {onErase && (
          <IconButton
            needs="admin"
            icon={Trash2}
            label={t('deleted.erase.of', { name })}
            aria-keyshortcuts="Delete"
            onClick={onErase}
          />
        )}
      </div>
    </div>
  );
}
