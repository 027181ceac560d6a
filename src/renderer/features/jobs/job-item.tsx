import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { JobStateIcon } from './job-state-icon.tsx';
import { useJobName, useJobSubject } from './job-subject.ts';

export interface JobItemProps {
  job: JobView;
  href: string;
  open: boolean;
  active: boolean;
}

/** One job in the list: what it is about, and why it does not go on. */
export const JobItem = memo(function JobItem({ job, href, open, active }: JobItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const subject = useJobSubject();
  const name = useJobName();
  return (
    <a
      href={href}
      aria-current={open ? 'true' : undefined}
      data-active={active || undefined}
      className={classes(
        'mx-1.5 flex h-[50px] flex-col justify-center gap-0.5 rounded-lg px-2.5',
        open ? 'bg-selected' : active ? 'bg-hover' : 'hover:bg-hover',
        active && 'keyboard-here',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <JobStateIcon state={job.state} />
        <span dir="auto" className="min-w-0 flex-1 truncate text-left font-medium">
          {subject(job)}
        </span>
        <RelativeTime
          iso={job.ended_at ?? job.started_at ?? job.created_at}
          className="tabular shrink-0 text-xs text-faint"
        />
      </span>
      <span className="tabular flex min-w-0 items-center gap-2 pl-[22px] text-xs text-muted">
        <span className="shrink-0">{name(job)}</span>
        <Why job={job} />
        {job.cost !== null && job.cost.cost_usd > 0 && (
          <span className="ml-auto shrink-0 text-faint">{format.money(job.cost.cost_usd)}</span>
        )}
        {job.progress !== null && job.state === 'running' && (
          <span className="ml-auto flex w-24 shrink-0 items-center gap-2">
            <ProgressBar label={t('jobs.progress.label')} value={job.progress.done} max={job.progress.total} />
          </span>
        )}
      </span>
    </a>
  );
});

/** Why a job does not run: what failed, or the time that it waits for. */
function Why({ job: { state, failure, run_after: runAfter } }: { job: JobView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (state === 'parked' && failure) {
    return <span className="min-w-0 truncate text-danger-ink">{t(`jobs.failure.${failure.class}`)}</span>;
  }
  if (state !== 'waiting' || runAfter === null || Date.parse(runAfter) <= now) return null;
  const time = format.time(runAfter);
  return (
    <span className="min-w-0 truncate text-faint">
      {t('jobs.runAfter', { time: failure ? `${time} · ${t(`jobs.failure.${failure.class}`)}` : time })}
    </span>
  );
}
