import { ClipboardCheck, Play, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agingActions, type AgingAction, type AgingReport } from '../../../shared/upkeep-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { translateSentence } from '../../../shared/messages/translate-sentence.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Card } from '../status/card.tsx';
import { useRunUpkeep } from './upkeep-queries.ts';

export interface ReportCardProps {
  report: AgingReport;
  busy: boolean;
  onRefresh(): void;
  onRun(): void;
}

/** What a run would do now, thing by thing, before it does it. */
export function ReportCard({ report, busy, onRefresh, onRun }: ReportCardProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<AgingAction | null>(null);
  const [asking, setAsking] = useState(false);
  const run = useRunUpkeep(onRun);
  const deletions = report.counts.delete_observation;
  const actions = agingActions.filter((action) => report.counts[action] > 0);
  const action = actions.find((each) => each === shown) ?? actions[0];
  const items = report.items.filter((item) => item.action === action);
  return (
    <Card
      icon={ClipboardCheck}
      title={t('upkeep.report')}
      action={
        <>
          <IconButton icon={RefreshCw} label={t('upkeep.refresh')} onClick={onRefresh} className={busy ? 'spin' : ''} />
          <Button
            needs="admin"
            icon={Play}
            busy={run.isPending}
            onClick={() => (deletions > 0 ? setAsking(true) : run.mutate())}
          >
            {t('upkeep.run')}
          </Button>
        </>
      }
    >
      {action === undefined ? (
        <p className="text-muted">{t('upkeep.report.nothing')}</p>
      ) : (
        <>
          <div className="flex flex-wrap gap-1.5">
            {actions.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === action}
                onClick={() => setShown(each)}
                className={classes(
                  'tabular inline-flex h-7 items-center gap-2 rounded-md border px-2.5',
                  each === action
                    ? 'border-transparent bg-selected font-medium'
                    : 'border-line text-muted hover:bg-hover',
                )}
              >
                {t(`upkeep.action.${each}`)}
                <Badge tone={each === 'delete_observation' ? 'danger' : 'neutral'}>
                  {format.number(report.counts[each])}
                </Badge>
              </button>
            ))}
          </div>
          <ul
            aria-label={t(`upkeep.action.${action}`)}
            // Scrolls, so it must be reachable by keyboard.
            tabIndex={0}
            className="mt-2 max-h-80 overflow-y-auto"
          >
            {items.map((item) => (
              <li key={`${item.action} ${item.target_id}`} className="border-t border-line py-1.5 first:border-0">
                <p className="flex items-baseline gap-3">
                  <span dir="auto" className="min-w-0 flex-1 truncate">
                    {visibleText(item.label)}
                  </span>
                  {item.strength !== null && (
                    <span className="tabular shrink-0 text-xs text-faint">
                      {t('upkeep.strength', { number: format.number(Math.round(item.strength * 100) / 100) })}
                    </span>
                  )}
                </p>
                <p className="truncate text-xs text-muted">
                  {visibleText(translateSentence(item.reason, i18n.language))}
                </p>
              </li>
            ))}
          </ul>
          {items.length < report.counts[action] && (
            <p className="mt-1 text-xs text-faint">
              {t('upkeep.report.more', { number: format.number(items.length) })}
            </p>
          )}
        </>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => run.mutate(undefined, { onSettled: () => setAsking(false) })}
        busy={run.isPending}
        title={t('upkeep.run.title', { number: format.number(deletions) })}
        description={t('upkeep.run.text')}
        action={t('upkeep.run.action')}
      />
    </Card>
  );
}
