import { useQuery } from '@tanstack/react-query';
import { EyeOff, PencilLine, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemoryView } from '../../../shared/note-views.ts';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { visibleText } from '../../lib/readable.ts';
import { trpc } from '../../lib/trpc.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { RichText } from '../../ui/rich-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { forget, restore } from './memory-acts.ts';
import { MemoryForm } from './memory-form.tsx';

/** One memory with everything it says about itself, and the versions before. */
export function MemoryPane({ id, onOpen, onClose }: { id: string; onOpen(id: string): void; onClose(): void }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'revise' | 'forget' | null>(null);
  const versions = useQuery(trpc.memories.versions.queryOptions({ id }, { staleTime: 0 }));
  useShortcuts([
    { keys: 'Escape', run: onClose },
    { keys: 'e', needs: 'write', run: () => setDialog('revise') },
  ]);
  if (versions.isError && !versions.data) {
    return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  }
  const memory = versions.data?.[0];
  if (!memory) return <Skeleton className="m-5 h-40" />;
  const isForgotten = memory.forgotten_at !== null;
  const close = (): void => setDialog(null);
  return (
    <article className="mx-auto max-w-[820px] px-5 pt-4 pb-10">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={memory.type === 'working' ? 'warning' : 'neutral'}>{t(`memory.type.${memory.type}`)}</Badge>
        {isForgotten && <Badge tone="danger">{t('memory.forgotten')}</Badge>}
        {memory.tags.map((tag) => (
          <span key={tag} className="text-xs text-muted">
            #{tag}
          </span>
        ))}
        <span className="ml-auto flex gap-1.5">
          {isForgotten ? (
            <Button needs="write" look="primary" icon={RotateCcw} onClick={() => void restore([memory.id])}>
              {t('memory.do.restore')}
            </Button>
          ) : (
            <>
              <Button needs="write" icon={PencilLine} onClick={() => setDialog('revise')}>
                {t('memory.do.revise')}
              </Button>
              <Button needs="write" look="danger" icon={EyeOff} onClick={() => setDialog('forget')}>
                {t('memory.do.forget')}
              </Button>
            </>
          )}
        </span>
      </div>
      <div dir="auto" className="mt-4 text-left text-[16px] leading-[24px] font-medium select-text">
        <RichText text={memory.text} />
      </div>
      <MemoryFacts memory={memory} />
      <MemoryVersions versions={versions.data ?? []} />
      {dialog === 'revise' && (
        <MemoryForm
          memory={memory}
          project={undefined}
          onClose={close}
          onDone={(next) => {
            close();
            onOpen(next);
          }}
        />
      )}
      <ConfirmDialog
        open={dialog === 'forget'}
        onClose={close}
        title={t('memory.forget.one.title')}
        description={t('memory.forget.one.text')}
        action={t('memory.do.forget')}
        onConfirm={() => {
          close();
          void forget({ id: memory.id });
        }}
      />
    </article>
  );
}

function MemoryFacts({ memory }: { memory: MemoryView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const when = (label: string, iso: string | null): [label: string, value: string | null] => [
    label,
    iso === null ? null : format.dateTime(iso),
  ];
  const facts: (readonly [label: string, value: string | null])[] = [
    [t('filter.project'), memory.project?.name ?? t('learning.scope.global')],
    when(t('memory.validFrom'), memory.valid_from),
    when(t('memory.validTo'), memory.valid_to),
    when(t('memory.expires'), memory.expires_at),
    [t('memory.importance'), format.percent(memory.importance)],
    [t('memory.accessed'), format.number(memory.access_count)],
    ...Object.entries(memory.metadata).map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
  ];
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t border-line pt-3 text-xs">
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <div key={label} className="contents">
              <dt className="text-faint">{label}</dt>
              <dd className="tabular min-w-0 [overflow-wrap:anywhere] text-muted">{visibleText(value)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function MemoryVersions({ versions }: { versions: readonly MemoryView[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (versions.length < 2) return null;
  return (
    <section className="mt-5">
      <h3 className="mb-1.5 text-xs font-medium text-faint">{t('memory.versions')}</h3>
      <ol className="flex flex-col gap-1.5">
        {versions.slice(1).map((version) => (
          <li key={`${version.id}${version.version}`} className="rounded-md border border-line px-3 py-2">
            <p className="tabular flex gap-2 text-xs text-faint">
              <span className="font-medium">{t('memory.version', { version: version.version })}</span>
              <span className="ml-auto">
                {format.dateTime(version.valid_from)}
                {version.valid_to !== null && ` – ${format.dateTime(version.valid_to)}`}
              </span>
            </p>
            <p dir="auto" className="mt-0.5 text-left [overflow-wrap:anywhere] text-muted select-text">
              {visibleText(version.text)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
