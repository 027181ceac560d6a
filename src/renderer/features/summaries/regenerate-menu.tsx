import { useQuery } from '@tanstack/react-query';
import { LoaderCircle, RefreshCw, Ruler, Sparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useMay } from '../../lib/rights.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { useRegenerate } from './use-regenerate.ts';

/** Makes a summary again, by rules or with the model, and shows how far it is. */
export function RegenerateMenu({ regenerate }: { regenerate: ReturnType<typeof useRegenerate> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const models = useQuery({ ...trpc.models.status.queryOptions(), enabled: may('admin') });
  // Only an administrator is told which one; the worker refuses whoever asks without.
  const hasModel = !may('admin') || (models.data !== undefined && models.data.settings.kind !== 'none');
  const { isBusy, job, run } = regenerate;
  return (
    <Popover
      title={t('summary.again')}
      trigger={
        <IconButton
          small
          needs="spend"
          icon={isBusy ? LoaderCircle : RefreshCw}
          label={t(isBusy ? 'summary.making' : 'summary.again')}
          className={isBusy ? '[&_svg]:animate-spin' : undefined}
        />
      }
    >
      <p className="mt-1 text-muted">{t('summary.again.text')}</p>
      {isBusy && (
        <div role="status" className="mt-3 flex flex-col gap-1.5">
          <p className="flex items-center gap-2 text-muted">
            <LoaderCircle aria-hidden size={13} className="spin" />
            {t(job?.state === 'waiting' ? 'summary.waiting' : 'summary.making')}
            {job?.progress && (
              <span className="tabular ml-auto">
                {t('embedding.progress', {
                  done: format.number(job.progress.done),
                  total: format.number(job.progress.total),
                })}
              </span>
            )}
          </p>
          {job?.progress && (
            <ProgressBar label={t('summary.making')} value={job.progress.done} max={job.progress.total} />
          )}
        </div>
      )}
      {job?.state === 'parked' && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger-ink">
          {job.failure?.message ?? t('summary.failed')}{' '}
          <a href="#/jobs" className="font-medium underline">
            {t('summary.toJobs')}
          </a>
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button icon={Ruler} disabled={isBusy} onClick={() => run(false)}>
          {t('summary.again.rules')}
        </Button>
        <Button icon={Sparkles} disabled={isBusy || !hasModel} onClick={() => run(true)}>
          {t('summary.again.model')}
        </Button>
      </div>
      {!hasModel && <p className="mt-2 text-xs text-faint">{t('summary.noModel')}</p>}
    </Popover>
  );
}
