import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LearningChange } from '../../../shared/learning-views.ts';
import { classes } from '../../lib/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { undoBatchOf } from './learning-acts.ts';

/** Everything that was done with a learning, newest first; each entry can be taken back. */
export function LearningHistory({ id, history }: { id: string; history: readonly LearningChange[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-faint">{t('learning.history')}</h3>
      <ol aria-label={t('learning.history')}>
        {history.map((change) => (
          <li
            key={`${change.batch_id}${change.action}`}
            className="flex min-h-7 min-w-0 items-center gap-2 border-t border-line py-0.5 first:border-0"
          >
            <span className={classes('font-medium', change.undone && 'text-faint line-through')}>
              {t(`learning.action.${change.action}`)}
            </span>
            <span className="text-xs text-faint">{t(`learning.actor.${change.actor}`)}</span>
            {change.note !== null && (
              <span dir="auto" className="min-w-0 truncate text-left text-xs text-muted" title={change.note}>
                {change.note}
              </span>
            )}
            <RelativeTime iso={change.at} className="tabular ml-auto shrink-0 text-xs text-faint" />
            {change.undone || change.action === 'undo' ? (
              <span className="w-6 shrink-0" />
            ) : (
              <IconButton
                small
                needs="write"
                icon={Undo2}
                label={t('learning.history.undo', { action: t(`learning.action.${change.action}`) })}
                onClick={() => undoBatchOf(id, change.batch_id)}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
