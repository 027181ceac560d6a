import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobState, JobView } from '../../../shared/job-views.ts';
import { useFormat, type Format } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { trpc } from '../../lib/trpc.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Facts } from '../status/card.tsx';
import { JobCalls } from './job-calls.tsx';
import { JobFailure } from './job-failure.tsx';
import { useJobName, useJobSubject } from './job-subject.ts';
import { canCancel, canRetry, useJobActions } from './use-job-actions.ts';

const tones: Record<JobState, Tone> = {
  waiting: 'neutral',
  running: 'accent',
  done: 'success',
  parked: 'danger',
  cancelled: 'neutral',
};

/** Everything about one job: how far it is, what went wrong, what it cost, what came of it. */
export function JobDetail({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const subject = useJobSubject();
  const name = useJobName();
  const actions = useJobActions();
  const query = useQuery({ ...trpc.jobs.get.queryOptions({ id }), staleTime: 0 });
  const job = query.data;
  if (query.isError && !job) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!job) return <Skeleton className="m-5 h-48 rounded-xl" />;
  return (
    <article aria-label={t('jobs.detail')} className="mx-auto max-w-2xl px-5 py-4">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="flex items-center gap-2 text-xs text-muted">
            <Badge tone={tones[job.state]}>{t(`jobs.state.${job.state}`)}</Badge>
            {name(job)}
          </p>
          <h2 dir="auto" className="mt-1 text-[15px] font-semibold [overflow-wrap:anywhere]">
            {subject(job)}
          </h2>
        </div>
        <div className="flex gap-2">
          {canRetry(job) && (
            <Button needs="admin" icon={RotateCcw} busy={actions.busy} onClick={() => actions.retry(job)}>
              {t(job.state === 'waiting' ? 'jobs.startNow' : 'jobs.retry')}
            </Button>
          )}
          {canCancel(job) && (
            <Button needs="admin" icon={Ban} onClick={() => actions.cancel(job)}>
              {t('jobs.cancel')}
            </Button>
          )}
        </div>
      </header>
      {job.result !== null && (
        <p dir="auto" className="mt-3 [overflow-wrap:anywhere] select-text">
          {visibleText(job.result)}
        </p>
      )}
      {job.progress !== null && job.ended_at === null && (
        <div className="mt-4">
          <p className="tabular mb-1.5 text-xs text-muted">
            {t('jobs.progress', {
              done: format.number(job.progress.done),
              total: format.number(job.progress.total),
            })}
          </p>
          <ProgressBar label={t('jobs.progress.label')} value={job.progress.done} max={job.progress.total} />
        </div>
      )}
      <JobFailure job={job} />
      <div className="mt-4">
        <JobFacts job={job} format={format} />
      </div>
      <JobCalls job={job} />
    </article>
  );
}

function JobFacts({ job, format }: { job: JobView; format: Format }) {
  const { t } = useTranslation();
  // Switches and ids of the payload say nothing to a person; names and counts do.
  const details = Object.entries(job.details).filter(
    ([key, value]) => key !== 'scope' && !key.endsWith('Id') && value !== null && typeof value !== 'boolean',
  );
  const facts: (readonly [string, ReactNode] | null)[] = [
    job.session_id === null
      ? null
      : [
          t('jobs.session'),
          <Link
            key="session"
            to="/sessions/$sessionId"
            params={{ sessionId: job.session_id }}
            className="text-accent-ink hover:underline"
          >
            {job.session_title ?? t('sessions.untitled')}
          </Link>,
        ],
    job.project ? [t('jobs.project'), job.project.name] : null,
    details.length === 0
      ? null
      : [t('jobs.about'), details.map(([key, value]) => `${key}: ${visibleText(String(value))}`).join(' · ')],
    [t('jobs.created'), format.dateTime(job.created_at)],
    job.started_at === null ? null : [t('jobs.started'), format.dateTime(job.started_at)],
    job.ended_at === null ? null : [t('jobs.ended'), format.dateTime(job.ended_at)],
    job.ended_at === null || job.started_at === null
      ? null
      : [t('jobs.took'), format.duration(Date.parse(job.ended_at) - Date.parse(job.started_at))],
    job.state !== 'waiting' || job.run_after === null ? null : [t('jobs.next'), format.dateTime(job.run_after)],
    [t('jobs.attempts'), t('jobs.attempts.value', { number: job.attempts, most: job.most_attempts })],
    [
      t('jobs.priority'),
      job.priority >= 10
        ? t('jobs.priority.person')
        : job.priority <= 0
          ? t('jobs.priority.background')
          : format.number(job.priority),
    ],
    [
      t('jobs.cost'),
      job.cost === null
        ? t('jobs.cost.none')
        : t('jobs.cost.value', {
            cost: format.money(job.cost.cost_usd),
            input: format.compact(job.cost.input_tokens),
            output: format.compact(job.cost.output_tokens),
          }),
    ],
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}
