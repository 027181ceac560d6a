import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, Radio } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StatusView } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { showError } from '../../ui/toast.tsx';
import { Card } from './card.tsx';

/** Pauses or resumes capture, and says so everywhere. */
export function usePauseCapture() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  return useMutation(
    trpc.capture.setPaused.mutationOptions({
      onError: (error) => showError(t('capture.failed'), error),
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.status.get.queryKey() }),
    }),
  );
}

/** Whether events are kept, and when each kind was last seen. */
export function CaptureCard({ status }: { status: StatusView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const pause = usePauseCapture();
  const { paused } = status.capture;
  const hooks = status.hooks.toSorted((left, right) => right.last_at.localeCompare(left.last_at));
  return (
    <Card
      icon={Radio}
      title={t('status.capture')}
      action={
        <>
          <Badge tone={paused ? 'warning' : 'success'}>{t(paused ? 'capture.paused' : 'capture.running')}</Badge>
          <Button
            needs="owner"
            icon={paused ? Play : Pause}
            busy={pause.isPending}
            onClick={() => pause.mutate({ paused: !paused })}
          >
            {t(paused ? 'capture.resume' : 'capture.pause')}
          </Button>
        </>
      }
    >
      {hooks.length === 0 ? (
        <p className="text-muted">{t(status.installation === null ? 'status.noEventsYet' : 'status.noEvents')}</p>
      ) : (
        <table className="w-full">
          <thead className="text-left text-xs text-faint">
            <tr>
              <th className="pb-1 font-normal">{t('status.hookEvent')}</th>
              <th className="pb-1 text-right font-normal">{t('status.hookCount')}</th>
              <th className="pb-1 text-right font-normal">{t('status.hookLast')}</th>
            </tr>
          </thead>
          <tbody>
            {hooks.map((hook) => (
              <tr key={hook.name} className="border-t border-line">
                <td className="py-1 [overflow-wrap:anywhere]">{hook.name}</td>
                <td className="tabular py-1 text-right">{format.number(hook.count)}</td>
                <td className="tabular py-1 pl-3 text-right whitespace-nowrap text-muted">
                  <RelativeTime iso={hook.last_at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
