import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, RotateCcw, Settings2, TriangleAlert, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  embeddingKinds,
  type EmbeddingKind,
  type EmbeddingSettings,
  type EmbeddingStatus,
} from '../../../shared/embedding-views.ts';
import { useLive } from '../../lib/live.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Restricted } from '../../ui/restricted.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { Card } from '../status/card.tsx';
import { EmbeddingFacts } from './embedding-facts.tsx';
import { EmbeddingProgress } from './embedding-progress.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { plainSettings } from './endpoint-form.ts';

const tones: Record<EmbeddingStatus['state'], Tone> = {
  off: 'neutral',
  idle: 'success',
  indexing: 'accent',
  paused: 'warning',
  failing: 'danger',
};

const steps = {
  pause: () => client.embedding.pause.mutate(),
  resume: () => client.embedding.resume.mutate(),
  rebuild: () => client.embedding.rebuild.mutate(),
};

/** Where vectors come from and how far they are; chooses, pauses and repeats it. */
export function EmbeddingCard({ embedding }: { embedding: EmbeddingStatus }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [open, setOpen] = useState<'endpoint' | 'rebuild' | null>(null);
  const refresh = (): Promise<void> => cache.invalidateQueries({ queryKey: trpc.status.get.queryKey() });
  const close = (): void => setOpen(null);
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'embedding.changed')) void refresh();
  });
  const outcome = {
    onError: (error: Error) => showError(t('embedding.failed'), error),
    onSettled: refresh,
  };
  const step = useMutation({ mutationFn: (name: keyof typeof steps) => steps[name](), onSuccess: close, ...outcome });
  const configure = useMutation({
    mutationFn: ({ settings, key }: { settings: EmbeddingSettings; key?: string | undefined }) =>
      client.embedding.configure.mutate({ settings, ...(key !== undefined && { key }) }),
    onSuccess() {
      close();
      showNotice(t('embedding.saved'));
    },
    ...outcome,
  });

  const { state, settings, problem } = embedding;
  function choose(kind: EmbeddingKind): void {
    if (kind === 'endpoint') setOpen('endpoint');
    else if (kind !== settings.kind) configure.mutate({ settings: plainSettings(kind) });
  }
  const isPaused = state === 'paused';
  return (
    <Card
      icon={Waypoints}
      title={t('embedding.title')}
      action={
        <>
          <Badge tone={tones[state]}>{t(`embedding.state.${state}`)}</Badge>
          {(state === 'indexing' || isPaused) && (
            <Button
              icon={isPaused ? Play : Pause}
              busy={step.isPending}
              onClick={() => step.mutate(isPaused ? 'resume' : 'pause')}
            >
              {t(isPaused ? 'embedding.resume' : 'embedding.pause')}
            </Button>
          )}
        </>
      }
    >
      <Restricted needs="owner">
        <Segmented
          label={t('embedding.kind')}
          value={settings.kind}
          options={embeddingKinds.map((value) => ({ value, label: t(`embedding.kind.${value}`) }))}
          onChange={choose}
        />
      </Restricted>
      {settings.kind !== 'endpoint' && <p className="mt-2 text-muted">{t(`embedding.kind.${settings.kind}.text`)}</p>}
      {problem !== null && (
        <div role="alert" className="mt-3 flex gap-2 rounded-lg bg-warning-soft px-3 py-2 text-warning-ink">
          <TriangleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
          <div className="min-w-0">
            <p>{t(`embedding.problem.${problem.code}`)}</p>
            <p className="mt-0.5 font-mono text-xs [overflow-wrap:anywhere] select-text">{problem.message}</p>
          </div>
        </div>
      )}
      {embedding.progress && <EmbeddingProgress embedding={embedding} progress={embedding.progress} />}
      <EmbeddingFacts embedding={embedding} />
      {settings.kind !== 'none' && (
        <div className="mt-3 flex flex-wrap gap-2">
          {settings.kind === 'endpoint' && (
            <Button needs="owner" icon={Settings2} onClick={() => setOpen('endpoint')}>
              {t('embedding.change')}
            </Button>
          )}
          <Button icon={RotateCcw} onClick={() => setOpen('rebuild')}>
            {t('embedding.rebuild')}
          </Button>
        </div>
      )}
      {open === 'endpoint' && (
        <EndpointDialog
          embedding={embedding}
          busy={configure.isPending}
          onClose={close}
          onUse={(next, key) => configure.mutate({ settings: next, key })}
        />
      )}
      <ConfirmDialog
        open={open === 'rebuild'}
        onClose={close}
        onConfirm={() => step.mutate('rebuild')}
        busy={step.isPending}
        title={t('embedding.rebuild.title')}
        description={t('embedding.rebuild.text')}
        action={t('embedding.rebuild')}
      />
    </Card>
  );
}
