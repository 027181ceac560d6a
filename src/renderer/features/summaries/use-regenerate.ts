import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-views.ts';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { useLive } from '../../lib/live.ts';
import { queryClient, trpc } from '../../lib/trpc.ts';
import { showError, showNotice } from '../../ui/toast.tsx';
import { refreshSummaries } from './summary-queries.ts';

/** What a summary is to be made of. */
export type SummaryTarget = Pick<SummaryView, 'scope' | 'session_id' | 'prompt_id' | 'week'> & { project_id: string };

/** How often a job is looked at besides its events, in milliseconds: one that is missed must not leave a spinner. */
const lookMs = 3_000;

const isUnderWay = (job: JobView | undefined): boolean => job?.state === 'waiting' || job?.state === 'running';

/** Makes a new version as a job, and follows the job to its end. */
export function useRegenerate(target: SummaryTarget) {
  const { t } = useTranslation();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useQuery(
    trpc.jobs.get.queryOptions(
      { id: jobId ?? '' },
      {
        enabled: jobId !== null,
        staleTime: 0,
        refetchInterval: ({ state }) => (isUnderWay(state.data) ? lookMs : false),
      },
    ),
  );
  useLive(({ events }) => {
    if (jobId === null || !events.some(({ type }) => type === 'job.changed')) return;
    void queryClient.invalidateQueries({ queryKey: trpc.jobs.get.queryKey({ id: jobId }) });
  });
  const regenerate = useMutation(
    trpc.summaries.regenerate.mutationOptions({
      onError: (error) => showError(t('summary.failed'), error),
      onSuccess({ id }) {
        setJobId(id);
      },
    }),
  );
  const state = jobId === null ? undefined : job.data?.state;
  useEffect(() => {
    if (state !== 'done') return;
    showNotice(t('summary.made'));
    void refreshSummaries();
  }, [state, t]);

  return {
    isBusy: regenerate.isPending || (jobId !== null && (job.data === undefined || isUnderWay(job.data))),
    /** The job, once it is there; a parked one says why. */
    job: jobId === null ? null : (job.data ?? null),
    run(withModel: boolean): void {
      const { scope, session_id: session, prompt_id: prompt, week, project_id: project } = target;
      regenerate.mutate({
        scope,
        with_model: withModel,
        ...(session !== null && { session_id: session }),
        ...(prompt !== null && { prompt_id: prompt }),
        ...(scope === 'week' && { project_id: project }),
        ...(week !== null && { week }),
      });
    },
  };
}
