import { useTranslation } from 'react-i18next';
import type { JobKind, JobKindView } from '../../../shared/job-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';

/** Each kind in one line; a line narrows the list down to its kind. */
export function KindsGlance({ kinds, onChoose }: { kinds: readonly JobKindView[]; onChoose(kind: JobKind): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = ['running', 'waiting', 'parked', 'done_today'] as const;
  return (
    <div className="mx-auto max-w-2xl px-5 py-4">
      <h2 className="mb-2 font-semibold">{t('jobs.glance')}</h2>
      <table className="tabular w-full">
        <thead className="text-xs text-faint">
          <tr>
            <th className="pb-1 text-left font-normal">{t('jobs.kind')}</th>
            {columns.map((column) => (
              <th key={column} className="pb-1 pl-3 text-right font-normal">
                {t(column === 'done_today' ? 'jobs.glance.done' : `jobs.state.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((view) => (
            <tr key={view.kind} className="border-t border-line">
              <td className="py-1">
                <span className="flex items-center gap-2">
                  <button
                    type="button"
                    onClick={() => onChoose(view.kind)}
                    className="rounded font-medium hover:text-accent-ink hover:underline"
                  >
                    {t(`jobs.kind.${view.kind}`)}
                  </button>
                  {view.paused && <Badge tone="warning">{t('jobs.paused')}</Badge>}
                </span>
              </td>
              {columns.map((column) => (
                <td
                  key={column}
                  className={classes(
                    'py-1 pl-3 text-right',
                    view[column] === 0 && 'text-faint',
                    column === 'parked' && view.parked > 0 && 'font-medium text-danger-ink',
                    column === 'running' && view.running > 0 && 'font-medium text-accent-ink',
                  )}
                >
                  {view[column] === 0 ? '–' : format.number(view[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
