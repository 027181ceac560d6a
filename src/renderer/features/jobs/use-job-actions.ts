import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JobKind, JobView } from '../../../shared/job-views.ts';
import { useFormat } from '../../lib/format.ts';
import { client } from '../../lib/trpc.ts';
import { showError, showNotice, showUndo } from '../../ui/toast.tsx';
import { useJobsRefresh } from './job-queries.ts';

/** Whether a person may let it go (again) at once. */
export function canRetry({ state, run_after: runAfter }: JobView): boolean {
  return state === 'parked' || state === 'cancelled' || (state === 'waiting' && runAfter !== null);
}

export function canCancel({ state }: JobView): boolean {
  return state === 'waiting' || state === 'running' || state === 'parked';
}

export interface JobActions {
  busy: boolean;
  retry(job: JobView): void;
  /** Can be taken back from the notice. */
  cancel(job: JobView): void;
  retryParked(kind: JobKind | null): void;
  setPaused(kind: JobKind | null, paused: boolean): void;
  setConcurrency(kind: JobKind, concurrency: number): void;
  enqueue(kind: JobKind): void;
}

/** What a person may do with jobs; says what came of it. */
export function useJobActions(): JobActions {
  const { t } = useTranslation();
  const format = useFormat();
  const refresh = useJobsRefresh();
  const act = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  const retry = ({ id }: JobView): void => act.mutate(() => client.jobs.retry.mutate({ id }));
  return {
    busy: act.isPending,
    retry,
    cancel: (job) =>
      act.mutate(async () => {
        await client.jobs.cancel.mutate({ id: job.id });
        showUndo(t('jobs.cancelled'), t('action.undo'), () => retry(job));
      }),
    retryParked: (kind) =>
      act.mutate(async () => {
        const { count } = await client.jobs.retryParked.mutate({ kind });
        showNotice(t('jobs.retried', { count, number: format.number(count) }));
      }),
    setPaused: (kind, paused) => act.mutate(() => client.jobs.setPaused.mutate({ kind, paused })),
    setConcurrency: (kind, concurrency) => act.mutate(() => client.jobs.setConcurrency.mutate({ kind, concurrency })),
    enqueue: (kind) =>
      act.mutate(async () => {
        await client.jobs.enqueue.mutate({ kind });
        showNotice(t('jobs.queued', { kind: t(`jobs.kind.${kind}`) }));
      }),
  };
}
