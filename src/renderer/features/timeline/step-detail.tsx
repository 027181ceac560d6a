import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ObservationDetail } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { isElided, toolBlocks } from './tool-blocks.ts';
import { useDeleteObservation } from './use-deletion.ts';

/** Input and result of one tool call, read when it is opened. */
export function StepDetail({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const deleteObservation = useDeleteObservation();
  const detail = useQuery(trpc.observations.get.queryOptions({ id }));
  if (detail.isPending) return <Skeleton className="h-20 w-full" />;
  if (detail.isError) {
    return (
      <p className="flex items-center gap-3 text-danger-ink">
        {t('timeline.detailFailed')}
        <Button onClick={() => void detail.refetch()}>{t('action.retry')}</Button>
      </p>
    );
  }
  const blocks = toolBlocks(detail.data);
  const { duration_ms: duration, original_bytes: bytes, source, files_changed: changed } = detail.data;
  const facts = [
    duration === null ? null : t('timeline.took', { duration: format.duration(duration) }),
    isElided(blocks)
      ? t('timeline.sizeKept', { size: format.bytes(bytes), kept: format.bytes(keptBytes(detail.data)) })
      : t('timeline.size', { size: format.bytes(bytes) }),
    t('timeline.source', { source }),
    changed.length > 1 ? t('timeline.filesChanged', { count: changed.length }) : null,
  ].filter((fact) => fact !== null);
  return (
    <div className="flex flex-col gap-2">
      {blocks.map(({ key, title, name, tone, lines, copy }) => (
        <CodeBlock
          key={key}
          title={name ?? t(title)}
          lines={lines}
          {...(tone && { tone })}
          {...(copy !== undefined && { copy })}
        />
      ))}
      <p className="tabular flex items-center gap-2 text-xs text-faint">
        {facts.join(' · ')}
        <IconButton small icon={Trash2} label={t('delete.do.observation')} onClick={() => deleteObservation(id)} />
      </p>
    </div>
  );
}

/** The size of what the ledger holds of a call, as the event that brought it was measured: JSON in UTF-8. */
function keptBytes({ input, result, error }: ObservationDetail): number {
  return new TextEncoder().encode(JSON.stringify({ input, result, error })).length;
}
