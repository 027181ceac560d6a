import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BellOff, FileCode, FileQuestion, History, MessageCircleQuestion, MessageSquareText, Moon } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { injectionKinds } from '../../../shared/context-views.ts';
import { readableTitle } from '../../lib/readable.ts';
import { trpc } from '../../lib/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { ContextParams, LooseContextParams } from './context-params.ts';
import { GivenText } from './given-text.tsx';

const sessionsOffered = 30;

export interface ContextPreviewProps {
  project: string;
  params: ContextParams;
  onChange(part: Partial<LooseContextParams>): void;
}

/** What an agent would be given in a project at one of the moments at which it is given anything. */
export function ContextPreview({ project, params, onChange }: ContextPreviewProps) {
  const { t } = useTranslation();
  const kind = params.kind ?? 'startup';
  const sessions = useQuery(
    trpc.sessions.list.queryOptions({ project_id: project, limit: sessionsOffered }, { staleTime: 5_000 }),
  );
  return (
    <div className="flex flex-col gap-3.5 pb-8">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={t('context.kind')}
          value={kind}
          options={injectionKinds.map((value) => ({ value, label: t(`context.kind.${value}`) }))}
          onChange={(value) => onChange({ kind: value === 'startup' ? undefined : value })}
        />
        {kind !== 'startup' && kind !== 'clear' && (
          <Select
            icon={History}
            label={t('context.session')}
            value={params.session ?? 'none'}
            options={[
              { value: 'none', label: t('context.session.none') },
              ...(sessions.data?.data ?? []).map(({ id, title }) => ({
                value: id,
                label: readableTitle(title) ?? t('sessions.untitled'),
              })),
            ]}
            onChange={(value) => onChange({ session: value === 'none' ? undefined : value })}
            className="max-w-72"
          />
        )}
      </div>
      {kind === 'prompt' && (
        <TextField
          icon={MessageSquareText}
          label={t('context.prompt')}
          value={params.prompt ?? ''}
          onChange={(prompt) => onChange({ prompt })}
          className="max-w-2xl"
        />
      )}
      {kind === 'file' && (
        <TextField
          icon={FileCode}
          label={t('context.file')}
          value={params.file ?? ''}
          onChange={(file) => onChange({ file })}
          className="max-w-2xl"
        />
      )}
      <p className="text-muted">{t(`context.explain.${kind}`)}</p>
      <PreviewText project={project} params={params} />
    </div>
  );
}

function PreviewText({ project, params }: Omit<ContextPreviewProps, 'onChange'>) {
  const { t } = useTranslation();
  const kind = params.kind ?? 'startup';
  const prompt = useDeferredValue(params.prompt ?? '');
  const file = useDeferredValue(params.file ?? '');
  const isUnsaid = (kind === 'prompt' && prompt.trim() === '') || (kind === 'file' && file.trim() === '');
  const preview = useQuery(
    trpc.context.preview.queryOptions(
      {
        project_id: project,
        kind,
        ...(params.session && kind !== 'startup' && kind !== 'clear' && { session_id: params.session }),
        ...(kind === 'prompt' && { prompt }),
        ...(kind === 'file' && { file }),
      },
      { enabled: !isUnsaid, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  if (isUnsaid) {
    return kind === 'prompt' ? (
      <EmptyState
        icon={MessageCircleQuestion}
        title={t('context.ask.prompt.title')}
        text={t('context.ask.prompt.text')}
      />
    ) : (
      <EmptyState icon={FileQuestion} title={t('context.ask.file.title')} text={t('context.ask.file.text')} />
    );
  }
  if (preview.isError && !preview.data) {
    return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  }
  if (!preview.data) return <Skeleton className="h-72 rounded-xl" />;
  const { enabled, text, lines, tokens, budget_tokens: budget, characters, left_out: leftOut } = preview.data;
  if (!enabled) return <EmptyState icon={BellOff} title={t('context.off.title')} text={t('context.off.text')} />;
  if (text === '') return <EmptyState icon={Moon} title={t('context.empty.title')} text={t('context.empty.text')} />;
  return (
    <GivenText
      title={t('context.text')}
      text={text}
      lines={lines}
      tokens={tokens}
      budget={budget}
      characters={characters}
      leftOut={leftOut}
    />
  );
}
