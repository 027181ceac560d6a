import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';

/** Green and softly pulsing while the agent is at work. */
export function StateDot({ status }: { status: SessionView['status'] }) {
  const { t } = useTranslation();
  return (
    <span
      role="img"
      aria-label={t(status === 'active' ? 'sessions.state.active' : 'sessions.state.ended')}
      className={classes(
        'size-2 shrink-0 rounded-full',
        status === 'active' ? 'pulse-dot bg-success' : 'border-[1.5px] border-line-strong',
      )}
    />
  );
}
