import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobKind, JobsOverview } from '../../../shared/job-views.ts';
import { Restricted } from '../../ui/restricted.tsx';
import { KindRow } from './kind-row.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import type { JobActions } from './use-job-actions.ts';

/** All kinds of jobs with their schedules. */
export function KindsPage({ overview, actions }: { overview: JobsOverview; actions: JobActions }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<JobKind | null>(null);
  const scheduleOf = (kind: JobKind) => overview.schedules.find((schedule) => schedule.kind === kind);
  const edited = editing === null ? undefined : scheduleOf(editing);
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('jobs.tab.kinds')}>
      <div className="mx-auto max-w-4xl px-5 py-2">
        <Restricted needs="admin">
          <ul aria-label={t('jobs.kinds.label')}>
            {overview.kinds.map((view) => (
              <KindRow
                key={view.kind}
                view={view}
                schedule={scheduleOf(view.kind)}
                actions={actions}
                onSchedule={() => setEditing(view.kind)}
              />
            ))}
          </ul>
        </Restricted>
      </div>
      {edited && <ScheduleDialog schedule={edited} onClose={() => setEditing(null)} />}
    </div>
  );
}
