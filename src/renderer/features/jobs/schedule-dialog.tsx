import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../../shared/job-views.ts';
import { client } from '../../lib/trpc.ts';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { useJobsRefresh } from './job-queries.ts';
import { useCronText } from './use-cron-text.ts';

const presets: readonly { name: 'hourly' | 'nightly' | 'weekly'; cron: string }[] = [
  { name: 'hourly', cron: '0 * * * *' },
  { name: 'nightly', cron: '30 3 * * *' },
  { name: 'weekly', cron: '0 4 * * 0' },
];

/** When a kind of job comes by itself, with the words for what is typed beneath it. */
export function ScheduleDialog({ schedule, onClose }: { schedule: ScheduleView; onClose(): void }) {
  const { t } = useTranslation();
  const { say, problem } = useCronText();
  const refresh = useJobsRefresh();
  const [cron, setCron] = useState(schedule.cron);
  const [enabled, setEnabled] = useState(schedule.enabled);
  const wrong = problem(cron);
  const save = useMutation({
    mutationFn: () => client.jobs.setSchedule.mutate({ kind: schedule.kind, cron: cron.trim(), enabled }),
    onSuccess() {
      showNotice(t('action.saved'));
      onClose();
    },
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('schedule.title', { kind: t(`jobs.kind.${schedule.kind}`) })}
      description={t('schedule.text')}
    >
      <Form isValid={wrong === null} onSubmit={() => save.mutate()} className="flex flex-col gap-3.5">
        <Segmented
          label={t('schedule.enabled')}
          value={enabled ? 'on' : 'off'}
          options={[
            { value: 'on', label: t('schedule.on') },
            { value: 'off', label: t('schedule.off') },
          ]}
          onChange={(value) => setEnabled(value === 'on')}
        />
        <Segmented
          label={t('schedule.presets')}
          value={cron.trim()}
          options={presets.map(({ name, cron: value }) => ({ value, label: t(`schedule.preset.${name}`) }))}
          onChange={setCron}
        />
        <FormField code label={t('schedule.cron')} value={cron} error={wrong ?? undefined} onChange={setCron} />
        <p aria-live="polite" className="min-h-5 first-letter:uppercase">
          {wrong === null && say(cron)}
        </p>
        <FormButtons onCancel={onClose} busy={save.isPending} />
      </Form>
    </Dialog>
  );
}
