import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FailureClass, JobView } from '../../../shared/job-views.ts';
import { useSaid } from '../../lib/said.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Where a person can do something about it. */
const places: Partial<Record<FailureClass, 'model' | 'costs'>> = {
  quota: 'model',
  setup: 'model',
  auth: 'model',
  format: 'model',
  too_long: 'model',
  cap: 'costs',
};

/** What went wrong in words, what to do about it, and the other side's own words. */
export function JobFailure({ job: { state, failure } }: { job: JobView }) {
  const { t } = useTranslation();
  const said = useSaid();
  if (failure === null || state === 'done') return null;
  const place = places[failure.class];
  const isTriedAgain = state === 'waiting' || state === 'running';
  return (
    <section
      aria-label={t(`jobs.failure.${failure.class}`)}
      className="mt-4 flex gap-2.5 rounded-lg bg-warning-soft px-3 py-2.5 text-warning-ink"
    >
      <TriangleAlert aria-hidden size={15} className="mt-[3px] shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t(`jobs.failure.${failure.class}`)}</p>
        <p>{t(isTriedAgain && failure.class !== 'cap' ? 'jobs.failure.self' : `jobs.failure.do.${failure.class}`)}</p>
        <p dir="auto" className="mt-1.5 font-mono text-xs [overflow-wrap:anywhere] select-text">
          {said(failure.message)}
        </p>
        <p className="mt-1.5 flex items-center gap-3 text-xs">
          <RelativeTime iso={failure.at} className="tabular" />
          {place !== undefined && (
            <Link
              to={place === 'model' ? '/status' : '/costs'}
              className="font-medium underline decoration-current/40 underline-offset-2 hover:decoration-current"
            >
              {t(place === 'model' ? 'jobs.failure.toModel' : 'jobs.failure.toCosts')}
            </Link>
          )}
        </p>
      </div>
    </section>
  );
}
