import { GitBranch } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { readableTitle } from '../../lib/readable.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StateDot } from './state-dot.tsx';

export interface SessionItemProps {
  session: SessionView;
  href: string;
  /** Shown beside the list. */
  open: boolean;
  /** Where the keyboard is. */
  active: boolean;
  onChoose(id: string): void;
}

/** One session in the list. A plain link and remembered, because scrolling fast draws dozens in a frame. */
export const SessionItem = memo(function SessionItem({ session, href, open, active, onChoose }: SessionItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = readableTitle(session.title);
  return (
    <a
      href={href}
      onClick={() => onChoose(session.id)}
      aria-current={open ? 'true' : undefined}
      data-active={active || undefined}
      className={classes(
        'mx-1.5 flex h-[50px] flex-col justify-center gap-0.5 rounded-lg px-2.5',
        open ? 'bg-selected' : active ? 'bg-hover' : 'hover:bg-hover',
        active && 'keyboard-here',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StateDot status={session.status} />
        <span dir="auto" className={classes('min-w-0 flex-1 truncate font-medium', title === null && 'text-faint')}>
          {title ?? t('sessions.untitled')}
        </span>
        <RelativeTime iso={session.last_event_at} className="tabular shrink-0 text-xs text-faint" />
      </span>
      <span className="flex min-w-0 items-center gap-1.5 pl-4 text-xs text-muted">
        <span className="max-w-[45%] shrink-0 truncate">{session.project.name}</span>
        {session.branch !== null && (
          <span className="flex min-w-0 items-center gap-0.5 text-faint">
            <GitBranch aria-hidden size={11} className="shrink-0" />
            <span className="truncate">{session.branch}</span>
          </span>
        )}
        <span className="tabular ml-auto flex shrink-0 gap-2 text-faint">
          {session.failure_count > 0 && (
            <span className="font-medium text-danger-ink">
              {t('sessions.failures', { count: session.failure_count })}
            </span>
          )}
          <span>
            {t('sessions.entries', {
              count: session.observation_count,
              number: format.number(session.observation_count),
            })}
          </span>
        </span>
      </span>
    </a>
  );
});
