import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObservationView } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { visibleText } from '../../lib/readable.ts';
import { ObservationIcon } from './observation-icon.tsx';
import { StepDetail } from './step-detail.tsx';
import { SubagentBadge } from './subagent-badge.tsx';
import { useSubtitle } from './use-subtitle.ts';

export interface StepRowProps {
  observation: ObservationView;
  expanded: boolean;
  active: boolean;
  onToggle(): void;
  /** The time is drawn once a minute; it is always there for screen readers and on hover. */
  showsTime: boolean;
}

/** Quicker calls are the rule; their duration would only be noise in the row. */
const worthShowingMs = 1_000;

/** One tool call: a line, and on demand what went in and what came out. */
export function StepRow({ observation, expanded, active, onToggle, showsTime }: StepRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { failed, title, subtitle } = observation;
  const result = useSubtitle(observation);
  return (
    <div className={classes('px-3', observation.agent_id !== null && 'pl-8')}>
      <button
        type="button"
        aria-expanded={expanded}
        aria-controls={expanded ? id : undefined}
        onClick={onToggle}
        className={classes(
          'flex w-full min-w-0 flex-col rounded-md px-2 py-[5px] text-left hover:bg-hover',
          active && 'bg-hover keyboard-here',
        )}
      >
        <span className="flex w-full min-w-0 items-center gap-2">
          <ChevronRight
            aria-hidden
            size={12}
            className={classes('shrink-0 text-faint transition-transform', expanded && 'rotate-90')}
          />
          <ObservationIcon type={observation.type} failed={failed} />
          <span className="w-[3.75rem] shrink-0 truncate text-xs text-faint">{observation.tool}</span>
          <span
            dir="auto"
            className={classes(
              'min-w-0 truncate text-left font-medium',
              subtitle !== null && !failed && 'max-w-[60%]',
              failed && 'text-danger-ink',
            )}
          >
            {visibleText(title)}
          </span>
          <span className="min-w-0 flex-1 basis-0 truncate font-mono text-xs text-faint">{failed ? '' : result}</span>
          {observation.agent_id !== null && <SubagentBadge type={observation.agent_type} />}
          {failed && <Badge tone="danger">{t('timeline.failed')}</Badge>}
          {observation.duration_ms !== null && observation.duration_ms >= worthShowingMs && (
            <span className="tabular shrink-0 text-xs text-faint">{format.duration(observation.duration_ms)}</span>
          )}
          <time
            dateTime={observation.occurred_at}
            title={format.dateTime(observation.occurred_at)}
            className="tabular h-4 w-9 shrink-0 text-right text-xs text-faint"
          >
            <span className={showsTime ? undefined : 'sr-only'}>{format.time(observation.occurred_at)}</span>
          </time>
        </span>
        {failed && subtitle !== null && (
          <span className="truncate pl-[110px] font-mono text-xs leading-[18px] text-danger-ink">
            {visibleText(subtitle)}
          </span>
        )}
      </button>
      {expanded && (
        <div id={id} className="pt-1 pr-2 pb-3 pl-7">
          <StepDetail id={observation.id} />
        </div>
      )}
    </div>
  );
}
