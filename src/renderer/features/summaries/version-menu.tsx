import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, Layers } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { classes } from '../../lib/classes.ts';
import { useMay } from '../../lib/rights.ts';
import { InlineText } from '../../ui/rich-text.tsx';
import { client, trpc } from '../../lib/trpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError, showUndo } from '../../ui/toast.tsx';
import { refreshSummaries } from './summary-queries.ts';

/** Every version that was made; the chosen one is what is shown and handed back. */
export function VersionMenu({ summary }: { summary: SummaryView }) {
  const { t } = useTranslation();
  return (
    <Popover title={t('summary.versions')} trigger={<IconButton small icon={Layers} label={t('summary.versions')} />}>
      <Versions summary={summary} />
    </Popover>
  );
}

function Versions({ summary }: { summary: SummaryView }) {
  const { t } = useTranslation();
  const may = useMay();
  // What is asked for stays the same while another version becomes the current one.
  const [asked] = useState(summary.id);
  const versions = useQuery(trpc.summaries.versions.queryOptions({ id: asked }, { staleTime: 0 }));
  const choose = useMutation({
    mutationFn: (id: string) => client.summaries.choose.mutate({ id }),
    onError: (error) => showError(t('summary.failed'), error),
    onSettled: refreshSummaries,
  });
  function pick(id: string): void {
    const before = summary.id;
    if (id === before) return;
    choose.mutate(id, {
      onSuccess: ({ version }) =>
        showUndo(t('summary.chosen', { version }), t('action.undo'), () => choose.mutate(before)),
    });
  }
  if (versions.isPending) return <Skeleton className="mt-2 h-16" />;
  if (versions.isError) return <p className="mt-2 text-danger-ink">{versions.error.message}</p>;
  return (
    <ul className="mt-2 flex flex-col gap-px">
      {versions.data.map((version) => (
        <li key={version.id}>
          <button
            type="button"
            disabled={!may('write')}
            aria-pressed={version.id === summary.id}
            onClick={() => pick(version.id)}
            className={classes(
              'flex w-full min-w-0 items-start gap-2 rounded-md px-2 py-1.5 text-left enabled:hover:bg-hover',
              version.id === summary.id && 'bg-selected',
            )}
          >
            <Check
              aria-hidden
              size={13}
              className={classes('mt-1 shrink-0 text-accent-ink', version.id !== summary.id && 'invisible')}
            />
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block truncate text-left font-medium">
                <InlineText text={version.title} />
              </span>
              <span className="tabular flex items-center gap-2 text-xs text-muted">
                {t('summary.version', { version: version.version })}
                <Badge tone={version.source === 'extractive' ? 'neutral' : 'accent'}>
                  {t(`summary.source.${version.source}`)}
                </Badge>
                {version.model !== null && <span className="min-w-0 truncate">{version.model}</span>}
                <RelativeTime iso={version.created_at} className="ml-auto shrink-0" />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
