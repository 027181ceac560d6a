import { Ban, CircleCheck, CircleDashed, CircleAlert, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JobState } from '../../../shared/job-views.ts';
import { classes } from '../../lib/classes.ts';

const looks: Record<JobState, { icon: LucideIcon; tone: string }> = {
  waiting: { icon: CircleDashed, tone: 'text-faint' },
  running: { icon: LoaderCircle, tone: 'text-accent-ink spin' },
  done: { icon: CircleCheck, tone: 'text-success' },
  parked: { icon: CircleAlert, tone: 'text-danger-ink' },
  cancelled: { icon: Ban, tone: 'text-faint' },
};

/** How a job stands, as a sign with a name. */
export function JobStateIcon({ state }: { state: JobState }) {
  const { t } = useTranslation();
  const { icon: Icon, tone } = looks[state];
  return <Icon role="img" aria-label={t(`jobs.state.${state}`)} size={14} className={classes('shrink-0', tone)} />;
}
