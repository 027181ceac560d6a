import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-views.ts';
import { readableTitle } from '../../lib/readable.ts';

const scopes = ['turn', 'session', 'week'] as const;

/** What a job is about in one line: its session, else its project, else everything. */
export function useJobSubject(): (job: JobView) => string {
  const { t } = useTranslation();
  return ({ session_title: title, session_id: session, project }) =>
    readableTitle(title) ?? (session === null ? (project?.name ?? t('jobs.all')) : t('sessions.untitled'));
}

/** The kind of a job, with how much of it is meant where that makes a difference. */
export function useJobName(): (job: Pick<JobView, 'kind' | 'details'>) => string {
  const { t } = useTranslation();
  return ({ kind, details }) => {
    const scope = scopes.find((known) => known === details['scope']);
    const name = t(`jobs.kind.${kind}`);
    return scope === undefined ? name : `${name} · ${t(`jobs.scope.${scope}`)}`;
  };
}
