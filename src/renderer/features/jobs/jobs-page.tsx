import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronLeft, CircleAlert, Pause, Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { jobKinds, type JobsOverview } from '../../../shared/job-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { trpc } from '../../lib/trpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { UpkeepPage } from '../upkeep/upkeep-page.tsx';
import { JobDetail } from './job-detail.tsx';
import { JobList } from './job-list.tsx';
import { useLiveJobs } from './job-queries.ts';
import { jobShows, jobsTabs, withJobsParams, type JobsParams, type LooseJobsParams } from './jobs-params.ts';
import { KindsGlance } from './kinds-glance.tsx';
import { KindsPage } from './kinds-page.tsx';
import { useJobActions, type JobActions } from './use-job-actions.ts';

/** What is done behind the scenes: the queue, its kinds with their schedules, and how memory ages. */
export function JobsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params = useSearch({ from: '/jobs' });
  const actions = useJobActions();
  const overview = useQuery({ ...trpc.jobs.overview.queryOptions(), staleTime: 0 });
  useLiveJobs();
  const tab = params.tab ?? 'queue';
  const paused = overview.data?.paused ?? false;
  const change = (part: Partial<LooseJobsParams>): void =>
    void navigate({ to: '/jobs', search: withJobsParams(params, part), replace: true });
  useShortcuts([{ keys: 'p', needs: 'admin', run: () => actions.setPaused(null, !paused) }]);

  if (overview.isError && !overview.data) {
    return <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />;
  }
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="text-[15px] font-semibold">{t('nav.jobs')}</h1>
        {overview.data && <Sum overview={overview.data} />}
        <div className="ml-auto flex items-center gap-2">
          <Segmented
            label={t('jobs.tab')}
            value={tab}
            options={jobsTabs.map((value) => ({ value, label: t(`jobs.tab.${value}`) }))}
            onChange={(value) => change({ tab: value === 'queue' ? undefined : value, job: undefined })}
          />
          <IconButton
            needs="admin"
            icon={paused ? Play : Pause}
            keys="p"
            label={t(paused ? 'jobs.resumeAll' : 'jobs.pauseAll')}
            onClick={() => actions.setPaused(null, !paused)}
            className="border border-line"
          />
        </div>
      </header>
      {paused && (
        <div
          role="status"
          className="flex items-center gap-2 border-b border-line bg-warning-soft px-5 py-2 text-warning-ink"
        >
          <Pause aria-hidden size={14} className="shrink-0" />
          <p className="min-w-0 flex-1">{t('jobs.paused.text')}</p>
          <Button needs="admin" icon={Play} onClick={() => actions.setPaused(null, false)}>
            {t('jobs.resumeAll')}
          </Button>
        </div>
      )}
      <div className="min-h-0 flex-1">
        {tab === 'upkeep' && <UpkeepPage />}
        {tab === 'kinds' && overview.data && <KindsPage overview={overview.data} actions={actions} />}
        {tab === 'queue' && <Queue overview={overview.data} params={params} actions={actions} onChange={change} />}
      </div>
    </div>
  );
}

function total(overview: JobsOverview, count: 'running' | 'waiting' | 'parked'): number {
  return overview.kinds.reduce((sum, view) => sum + view[count], 0);
}

/** The whole queue in a few words. */
function Sum({ overview }: { overview: JobsOverview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [running, waiting, parked] = [
    total(overview, 'running'),
    total(overview, 'waiting'),
    total(overview, 'parked'),
  ];
  return (
    <p aria-live="polite" className="tabular flex items-center gap-2 text-muted">
      {overview.paused && <Badge tone="warning">{t('jobs.paused')}</Badge>}
      {running + waiting + parked === 0 && <span>{t('jobs.quiet')}</span>}
      {running > 0 && <span>{t('jobs.running', { number: format.number(running) })}</span>}
      {waiting > 0 && <span>{t('jobs.waiting', { number: format.number(waiting) })}</span>}
      {parked > 0 && <span>{t('jobs.parked', { number: format.number(parked) })}</span>}
    </p>
  );
}

interface QueueProps {
  overview: JobsOverview | undefined;
  params: JobsParams;
  actions: JobActions;
  onChange(part: Partial<LooseJobsParams>): void;
}

/** The list on the left and one job on the right; on a narrow window one after the other. */
function Queue({ overview, params, actions, onChange }: QueueProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { job, kind, show } = params;
  const parked = overview ? total(overview, 'parked') : 0;
  return (
    <div className="flex h-full min-w-0">
      <section
        className={classes(
          'h-full w-full flex-col border-line lg:flex lg:w-[400px] lg:shrink-0 lg:border-r',
          job === undefined ? 'flex' : 'hidden',
        )}
      >
        <div className="flex shrink-0 items-center gap-2 px-3.5 py-2">
          <Segmented
            label={t('jobs.state')}
            value={show ?? 'all'}
            options={jobShows.map((value) => ({ value, label: t(`jobs.show.${value}`) }))}
            onChange={(value) => onChange({ show: value === 'all' ? undefined : value })}
          />
          <Select
            label={t('jobs.kind.any')}
            value={kind ?? 'any'}
            options={[
              { value: 'any', label: t('jobs.kind.any') },
              ...jobKinds.map((value) => ({ value, label: t(`jobs.kind.${value}`) })),
            ]}
            onChange={(value) => onChange({ kind: jobKinds.find((known) => known === value) })}
            className="ml-auto"
          />
        </div>
        {parked > 0 && show !== 'parked' && (
          <div className="mx-3.5 mb-1.5 flex items-center gap-2.5 rounded-lg bg-danger-soft px-3 py-2 text-danger-ink">
            <CircleAlert aria-hidden size={15} className="shrink-0" />
            <p className="min-w-0 flex-1 font-medium">
              {t('jobs.parked.title', { count: parked, number: format.number(parked) })}
            </p>
            <Button onClick={() => onChange({ show: 'parked', kind: undefined })}>{t('jobs.parked.show')}</Button>
          </div>
        )}
        {parked > 0 && show === 'parked' && (
          <div className="flex items-center gap-3 px-4 pb-2">
            <p className="min-w-0 flex-1 text-xs text-muted">{t('jobs.parked.text')}</p>
            <Button
              needs="admin"
              icon={RotateCcw}
              busy={actions.busy}
              onClick={() => actions.retryParked(kind ?? null)}
            >
              {t('jobs.retryParked')}
            </Button>
          </div>
        )}
        <JobList params={params} onChange={onChange} />
      </section>
      <div
        tabIndex={0}
        role="group"
        aria-label={t(job === undefined ? 'jobs.glance' : 'jobs.detail')}
        className={classes('h-full min-w-0 flex-1 overflow-y-auto lg:block', job === undefined ? 'hidden' : 'block')}
      >
        {job !== undefined && (
          <button
            type="button"
            onClick={() => onChange({ job: undefined })}
            aria-label={t('action.back')}
            className="mt-2 ml-3 flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover lg:hidden"
          >
            <ChevronLeft aria-hidden size={17} />
          </button>
        )}
        {job === undefined ? (
          overview && <KindsGlance kinds={overview.kinds} onChoose={(chosen) => onChange({ kind: chosen })} />
        ) : (
          <JobDetail id={job} />
        )}
      </div>
    </div>
  );
}
