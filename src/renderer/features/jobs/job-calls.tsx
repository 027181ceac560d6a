import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-views.ts';
import { trpc } from '../../lib/trpc.ts';
import { CallItem } from '../costs/call-item.tsx';

const mostCalls = 50;

/** What a job asked a model, call by call; nothing for a job that asked none. */
export function JobCalls({ job: { id, cost } }: { job: JobView }) {
  const { t } = useTranslation();
  const calls = useQuery({
    ...trpc.costs.calls.queryOptions({ job_id: id, limit: mostCalls }),
    enabled: cost !== null,
    staleTime: 0,
  });
  const list = calls.data?.data ?? [];
  if (list.length === 0) return null;
  return (
    <section className="mt-5">
      <h3 className="mb-1 text-xs font-medium text-faint">{t('jobs.calls')}</h3>
      <ul aria-label={t('jobs.calls')}>
        {list.map((call) => (
          <li key={call.id} className="border-t border-line first:border-0">
            <CallItem call={call} />
          </li>
        ))}
      </ul>
    </section>
  );
}
