import { Server } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StatusView } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Card, Facts } from './card.tsx';
import { Copyable } from './copyable.tsx';

export function WorkerCard({ status }: { status: StatusView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card icon={Server} title={t('status.worker')}>
      <Facts
        facts={[
          [t('status.address'), <Copyable key="url" text={status.url} />],
          [t('status.version'), `${status.version} · ${t(`status.engine.${status.engine}`)}`],
          [
            t('status.started'),
            <span key="started">
              <RelativeTime iso={status.started_at} /> ({format.dateTime(status.started_at)})
            </span>,
          ],
          [t('status.startedBy'), t(`status.startedBy.${status.started_by}`)],
          ...(status.data_dir === null
            ? []
            : [[t('status.folder'), <Copyable key="folder" text={status.data_dir} />] as const]),
          [
            t('status.process'),
            <span key="lock" title={status.lock.file}>
              {status.lock.pid === status.pid
                ? t('status.holdsLock', { pid: status.pid })
                : t('status.lockedBy', { pid: status.pid, holder: status.lock.pid })}
            </span>,
          ],
        ]}
      />
    </Card>
  );
}
