import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SlidersHorizontal } from 'lucide-react';
import type { PermissionSettings } from '../../../shared/permission-views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Form } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { Card } from '../status/card.tsx';
import { usePermissionsRefresh } from './permission-queries.ts';

/** Whether agents are answered here, and how long they wait. */
export function SettingsView() {
  const query = useQuery(trpc.permissions.settings.queryOptions());
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="mx-auto mt-5 h-40 max-w-3xl rounded-xl" />;
  return <SettingsForm key={JSON.stringify(query.data)} settings={query.data} />;
}

const mostSeconds = 600;

function SettingsForm({ settings }: { settings: PermissionSettings }) {
  const { t } = useTranslation();
  const refresh = usePermissionsRefresh();
  const [seconds, setSeconds] = useState(String(settings.wait_seconds));
  const save = useMutation({
    mutationFn: (change: Partial<PermissionSettings>) =>
      client.permissions.setSettings.mutate({ ...settings, ...change }),
    onSuccess: () => showNotice(t('action.saved')),
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  const wait = Number(seconds);
  const isWait = Number.isInteger(wait) && wait >= 1 && wait <= mostSeconds;
  const onOff = (['on', 'off'] as const).map((value) => ({ value, label: t(`rules.${value}`) }));
  return (
    <div className="mx-auto max-w-3xl px-5 py-4">
      <Card icon={SlidersHorizontal} title={t('permissions.tab.settings')}>
        <div className="flex flex-col gap-4">
          <Setting label={t('permissions.enabled')} text={t('permissions.enabled.text')}>
            <Segmented
              label={t('permissions.enabled')}
              value={settings.enabled ? 'on' : 'off'}
              options={onOff}
              onChange={(value) => save.mutate({ enabled: value === 'on' })}
            />
          </Setting>
          <Setting label={t('permissions.notify')} text={t('permissions.notify.text')}>
            <Segmented
              label={t('permissions.notify')}
              value={settings.notify ? 'on' : 'off'}
              options={onOff}
              onChange={(value) => save.mutate({ notify: value === 'on' })}
            />
          </Setting>
          <Form
            isValid={isWait}
            onSubmit={() => save.mutate({ wait_seconds: wait })}
            className="flex items-start gap-2"
          >
            <FormField
              label={t('permissions.wait')}
              type="number"
              min={1}
              max={mostSeconds}
              value={seconds}
              hint={t('permissions.wait.text')}
              error={isWait ? undefined : t('permissions.wait.text')}
              onChange={setSeconds}
              className="w-44 [&>p]:w-[min(22rem,70vw)]"
            />
            <Button
              type="submit"
              busy={save.isPending}
              disabled={save.isPending || wait === settings.wait_seconds}
              className="mt-5.5"
            >
              {t('action.save')}
            </Button>
          </Form>
        </div>
      </Card>
    </div>
  );
}

function Setting({ label, text, children }: { label: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{label}</p>
        <p className="text-xs text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
