import { useTranslation } from 'react-i18next';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { RichText } from '../../ui/rich-text.tsx';
import { TurnSummary } from '../summaries/turn-summary.tsx';
import type { TimelineRow } from './timeline-rows.ts';

/** A prompt longer than this is folded at first. */
const longCharacters = 600;
const longLines = 8;

export interface PromptRowProps {
  row: Extract<TimelineRow, { kind: 'prompt' }>;
  /** What the turn came to, once that is known. */
  summary: SummaryView | undefined;
  active: boolean;
  /** A long prompt is folded until asked for. */
  whole: boolean;
  onToggle(): void;
}

/** What the person asked: the heading of a turn. */
export function PromptRow({ row, summary, active, whole, onToggle }: PromptRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = row.observation.narrative ?? row.observation.title;
  const isLong = text.length > longCharacters || text.split('\n').length > longLines;
  return (
    <div className={classes('px-5 pb-1.5', row.turn === 1 ? 'pt-4' : 'pt-7')}>
      <div className="flex items-baseline gap-2 text-xs text-faint">
        <h2 className="font-semibold text-accent-ink">{t('timeline.turn', { number: format.number(row.turn) })}</h2>
        <time
          dateTime={row.observation.occurred_at}
          title={format.dateTime(row.observation.occurred_at)}
          className="tabular"
        >
          {format.time(row.observation.occurred_at)}
        </time>
        {row.steps > 0 && (
          <span className="tabular">
            {t('sessions.steps', { count: row.steps, number: format.number(row.steps) + (row.isWhole ? '' : '+') })}
          </span>
        )}
        {row.failures > 0 && (
          <Badge tone="danger">
            {t('timeline.failures', { number: format.number(row.failures) + (row.isWhole ? '' : '+') })}
          </Badge>
        )}
      </div>
      <div
        dir="auto"
        data-active={active || undefined}
        className={classes(
          'mt-1.5 rounded-lg border-l-[3px] border-accent bg-accent-soft/60 px-3.5 py-2.5 text-sm leading-[21px] select-text',
          active && 'keyboard-here',
          isLong && !whole && 'max-h-40 overflow-hidden [mask-image:linear-gradient(#000_65%,transparent)]',
        )}
      >
        <RichText text={text} />
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={onToggle}
          className="mt-1 text-xs font-medium text-accent-ink hover:underline"
        >
          {whole ? t('action.showLess') : t('action.showAll')}
        </button>
      )}
      {summary && <TurnSummary summary={summary} />}
    </div>
  );
}
