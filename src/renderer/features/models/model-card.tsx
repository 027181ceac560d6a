import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BrainCircuit, Settings2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { modelKinds, type ModelKind, type ModelSettings, type ModelStatus } from '../../../shared/model-views.ts';
import { useLive } from '../../lib/live.ts';
import { useMay } from '../../lib/rights.ts';
import { useSaid } from '../../lib/said.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Restricted } from '../../ui/restricted.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { Card } from '../status/card.tsx';
import { ModelDialog } from './model-dialog.tsx';
import { ModelFacts } from './model-facts.tsx';
import type { AskedKind } from './model-form.ts';
import { useModelKindName } from './model-kinds.ts';
import { ModelUse } from './model-use.tsx';

const tones: Record<ModelStatus['state'], Tone> = {
  off: 'neutral',
  untried: 'neutral',
  ready: 'success',
  failing: 'danger',
  capped: 'warning',
};

/** Which language model is asked, for what, and how it does. */
export function ModelCard() {
  const { t } = useTranslation();
  const may = useMay();
  const said = useSaid();
  const cache = useQueryClient();
  const kindName = useModelKindName();
  const [open, setOpen] = useState<AskedKind | null>(null);
  const query = useQuery({ ...trpc.models.status.queryOptions(), staleTime: 0 });
  const refresh = (): Promise<void> => cache.invalidateQueries({ queryKey: trpc.models.pathKey() });
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'costs.changed')) void refresh();
  });
  const configure = useMutation({
    mutationFn: ({ settings, key }: { settings: ModelSettings; key?: string | undefined }) =>
      client.models.configure.mutate({ settings, ...(key !== undefined && { key }) }),
    onSuccess() {
      setOpen(null);
      showNotice(t('model.saved'));
    },
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
  if (!query.data) return query.isError ? null : <Skeleton className="h-44 rounded-xl" />;

  // A switch does not wait for the worker; what it refuses is taken back.
  const chosen = configure.isPending && open === null ? configure.variables.settings : query.data.settings;
  const status: ModelStatus = { ...query.data, settings: chosen };
  const { settings, state, problem } = status;
  function choose(kind: ModelKind): void {
    if (kind !== 'none') setOpen(kind);
    else if (settings.kind !== 'none') configure.mutate({ settings: { ...settings, kind: 'none' } });
  }
  return (
    <Card
      icon={BrainCircuit}
      title={t('model.title')}
      action={<Badge tone={tones[state]}>{t(`model.state.${state}`)}</Badge>}
    >
      <Restricted needs="owner">
        <Segmented
          label={t('model.kind')}
          value={settings.kind}
          options={modelKinds.map((value) => ({ value, label: kindName(value) }))}
          onChange={choose}
          className="flex-wrap"
        />
      </Restricted>
      <p className="mt-2 text-muted">{t(`model.kind.${settings.kind}.text`)}</p>
      {problem !== null && (
        <div role="alert" className="mt-3 flex gap-2 rounded-lg bg-warning-soft px-3 py-2 text-warning-ink">
          <TriangleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
          <div className="min-w-0">
            <p>
              {t(`jobs.failure.${problem.class}`)} {t(`jobs.failure.do.${problem.class}`)}
            </p>
            <p className="mt-0.5 font-mono text-xs [overflow-wrap:anywhere] select-text">{said(problem.message)}</p>
          </div>
        </div>
      )}
      {settings.kind !== 'none' && (
        <>
          <ModelFacts status={status} />
          <div className="mt-3">
            <Button needs="owner" icon={Settings2} onClick={() => settings.kind !== 'none' && setOpen(settings.kind)}>
              {t('action.change')}
            </Button>
          </div>
          {may('owner') && <ModelUse status={status} onChange={(next) => configure.mutate({ settings: next })} />}
        </>
      )}
      {open !== null && (
        <ModelDialog
          status={status}
          kind={open}
          busy={configure.isPending}
          onClose={() => setOpen(null)}
          onUse={(next, key) => configure.mutate({ settings: next, key })}
        />
      )}
    </Card>
  );
}
