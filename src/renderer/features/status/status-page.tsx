import { useQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../lib/clipboard.ts';
import { connectionStore } from '../../lib/connection.ts';
import { useStore } from '../../lib/store.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showError, showNotice } from '../../ui/toast.tsx';
import { EmbeddingCard } from '../embedding/embedding-card.tsx';
import { ModelCard } from '../models/model-card.tsx';
import { CaptureCard } from './capture-card.tsx';
import { DatabaseCard } from './database-card.tsx';
import { diagnostics } from './diagnostics.ts';
import { ErrorsCard } from './errors-card.tsx';
import { HooksCard } from './hooks-card.tsx';
import { WorkerAway } from './worker-away.ts';
import { WorkerCard } from './worker-card.tsx';

/** How the worker is: where it listens, what it holds, what it last heard, what went wrong. */
export function StatusPage() {
  const { t } = useTranslation();
  const status = useQuery({ ...trpc.status.get.queryOptions(), staleTime: 0, refetchInterval: 5000 });
  const isAway = useStore(connectionStore) === 'unreachable';

  async function copyDiagnostics(): Promise<void> {
    if (!status.data) return;
    if (await copyText(diagnostics(status.data, navigator.userAgent))) showNotice(t('status.copied'));
    else showError(t('copy.failed.title'), t('copy.failed.text'));
  }

  if (status.isError && !status.data) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('nav.status')}>
      <div className="mx-auto max-w-5xl px-5 pb-8">
        <header className="flex h-14 items-center gap-3">
          <h1 className="flex-1 text-[15px] font-semibold">{t('nav.status')}</h1>
          {isAway && status.data && (
            <p className="tabular text-xs text-muted">
              {t('status.lastAnswer')} <RelativeTime iso={new Date(status.dataUpdatedAt).toISOString()} />
            </p>
          )}
          <Button icon={ClipboardList} onClick={() => void copyDiagnostics()}>
            {t('status.copy')}
          </Button>
        </header>
        {status.data ? (
          <WorkerAway value={isAway}>
            <div className="grid items-start gap-3.5 lg:grid-cols-2">
              <div className="flex min-w-0 flex-col gap-3.5">
                <WorkerCard status={status.data} />
                {status.data.installation && <HooksCard installation={status.data.installation} />}
                <EmbeddingCard embedding={status.data.embedding} />
                <ErrorsCard errors={status.data.errors} />
              </div>
              <div className="flex min-w-0 flex-col gap-3.5">
                <ModelCard />
                <DatabaseCard database={status.data.database} />
                <CaptureCard status={status.data} />
              </div>
            </div>
          </WorkerAway>
        ) : (
          <div className="grid gap-3.5 lg:grid-cols-2">
            <Skeleton className="h-64 rounded-xl" />
            <Skeleton className="h-64 rounded-xl" />
            <Skeleton className="h-44 rounded-xl" />
            <Skeleton className="h-44 rounded-xl" />
          </div>
        )}
      </div>
    </div>
  );
}
