import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { ObservationIcon } from './observation-icon.tsx';
import { SubagentBadge } from './subagent-badge.tsx';
import type { TimelineRow } from './timeline-rows.ts';

/** What the agent said; the final message of a turn stands out. */
export function MessageRow({ row, active }: { row: Extract<TimelineRow, { kind: 'message' }>; active: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { observation, final } = row;
  const text = observation.narrative ?? observation.title;
  const time = (
    <time
      dateTime={observation.occurred_at}
      title={format.dateTime(observation.occurred_at)}
      className="tabular shrink-0 text-xs text-faint"
    >
      {format.time(observation.occurred_at)}
    </time>
  );
  if (final) {
    return (
      <section className="px-5 py-2">
        <div
          data-active={active || undefined}
          className={classes(
            'rounded-lg border border-line bg-panel px-3.5 pt-1.5 pb-3',
            active ? 'keyboard-here' : 'shadow-[0_1px_2px_oklch(0_0_0/0.04)]',
          )}
        >
          <header className="flex h-7 items-center gap-2">
            <ObservationIcon type="conclusion" />
            <h3 className="flex-1 text-xs font-semibold text-muted">{t('timeline.final')}</h3>
            {time}
            <CopyButton text={text} />
          </header>
          <div className="mt-0.5 text-sm leading-[22px] select-text">
            <Markdown text={text} headingLevel={4} />
          </div>
        </div>
      </section>
    );
  }
  return (
    <div
      data-active={active || undefined}
      className={classes(
        'mx-3 flex gap-2.5 rounded-md px-2 py-1.5',
        observation.agent_id !== null && 'pl-7',
        active && 'bg-hover keyboard-here',
      )}
    >
      <span className="flex h-5 items-center">
        <ObservationIcon type={observation.type} />
      </span>
      <div className="min-w-0 flex-1 text-muted select-text">
        {observation.agent_id !== null && <SubagentBadge type={observation.agent_type} />}
        <Markdown text={text} headingLevel={3} />
      </div>
      {time}
    </div>
  );
}
