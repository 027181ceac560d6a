import { useQuery } from '@tanstack/react-query';
import { Building2, KeyRound, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKeyView, NewApiKey } from '../../../shared/access-views.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { mostListed, useAccessChange, useSeveralOrganizations } from './access-queries.ts';
import { KeyDialog } from './key-dialog.tsx';
import { useKeyEnd } from './key-end.ts';
import { MadeKeyDialog } from './made-key-dialog.tsx';

const tones: Record<ApiKeyView['state'], Tone> = { active: 'success', expired: 'warning', revoked: 'neutral' };
/** The old key works on for so long after a rotation, for whoever has it to be given the new one. */
const graceSeconds = 24 * 60 * 60;

type Shown = { what: 'edit'; key: ApiKeyView | null } | { what: 'revoke' | 'rotate'; key: ApiKeyView };

/** Keys of programs: what each may do, when it was last used, and its end. */
export function KeysView() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown | null>(null);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const query = useQuery({ ...trpc.keys.list.queryOptions({ limit: mostListed }), staleTime: 0 });
  const organizations = useSeveralOrganizations();
  const change = useAccessChange();
  const close = (): void => setShown(null);
  const keys = query.data?.data ?? [];
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    // Scrolls, so it must be reachable by keyboard.
    <div className="h-full overflow-y-auto" tabIndex={0} role="group" aria-label={t('access.tab.keys')}>
      {query.isSuccess && keys.length === 0 ? (
        <EmptyState icon={KeyRound} title={t('keys.none.title')} text={t('keys.none.text')}>
          <Button look="primary" icon={Plus} onClick={() => setShown({ what: 'edit', key: null })}>
            {t('keys.add')}
          </Button>
        </EmptyState>
      ) : (
        <div className="mx-auto max-w-4xl px-5 py-4">
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <p className="min-w-0 flex-[1_1_300px] text-xs text-muted">{t('keys.text')}</p>
            <Button look="primary" icon={Plus} onClick={() => setShown({ what: 'edit', key: null })}>
              {t('keys.add')}
            </Button>
          </div>
          {query.isPending && <Skeleton className="h-40" />}
          <ul
            aria-label={t('access.tab.keys')}
            className="divide-y divide-line rounded-xl border border-line empty:hidden"
          >
            {keys.map((key) => (
              <KeyRow key={key.id} apiKey={key} isPlaced={organizations.length > 0} onShow={setShown} />
            ))}
          </ul>
        </div>
      )}
      {shown?.what === 'edit' && (
        <KeyDialog
          apiKey={shown.key}
          organizations={organizations}
          onClose={close}
          onMade={(key) => {
            close();
            setMade(key);
          }}
        />
      )}
      {shown !== null && shown.what !== 'edit' && (
        <ConfirmDialog
          open
          onClose={close}
          busy={change.isPending}
          title={t(`keys.${shown.what}.title`, { name: shown.key.name })}
          description={t(`keys.${shown.what}.text`)}
          action={t(`keys.${shown.what}`)}
          onConfirm={() =>
            change.mutate(async () => {
              const { id } = shown.key;
              if (shown.what === 'revoke') await client.keys.revoke.mutate({ id });
              else setMade(await client.keys.rotate.mutate({ id, grace_seconds: graceSeconds }));
              close();
            })
          }
        />
      )}
      {made !== null && <MadeKeyDialog made={made} onClose={() => setMade(null)} />}
    </div>
  );
}

interface KeyRowProps {
  apiKey: ApiKeyView;
  /** Says of which organisation it is. */
  isPlaced: boolean;
  onShow(shown: Shown): void;
}

function KeyRow({ apiKey, isPlaced, onShow }: KeyRowProps) {
  const { t } = useTranslation();
  const { name, organization, prefix, scopes, state, last_used_at: lastUsedAt, replaced_by: replacedBy } = apiKey;
  const end = useKeyEnd(apiKey);
  const isActive = state === 'active';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
      <div className="min-w-0 flex-[1_1_240px]">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="max-w-full truncate font-medium">{name}</span>
          <Badge tone={tones[state]}>{t(`keys.state.${state}`)}</Badge>
          {isActive && replacedBy !== null && <Badge tone="neutral">{t('keys.replaced')}</Badge>}
          <code className="truncate font-mono text-xs text-faint">{prefix}…</code>
          {isPlaced && (
            <span
              title={t('keys.organization.of', { name: organization.name })}
              className="flex max-w-full min-w-0 items-center gap-1 text-xs text-muted"
            >
              <Building2 aria-hidden size={12} className="shrink-0" />
              <span className="truncate">{organization.name}</span>
            </span>
          )}
        </p>
        <p className="mt-1 flex flex-wrap gap-1">
          {scopes.map((scope) => (
            <Badge key={scope} tone={scope === 'admin' || scope === 'decide' ? 'warning' : 'neutral'}>
              {t(`scope.${scope}`)}
            </Badge>
          ))}
        </p>
      </div>
      <p className="tabular w-40 text-xs text-muted">
        {lastUsedAt === null ? (
          t('keys.neverUsed')
        ) : (
          <>
            {t('keys.lastUsed')} <RelativeTime iso={lastUsedAt} />
          </>
        )}
        <br />
        {end}
      </p>
      <div className="ml-auto flex w-[84px] justify-end">
        {isActive && (
          <>
            <IconButton
              icon={Pencil}
              label={t('keys.edit.of', { name })}
              onClick={() => onShow({ what: 'edit', key: apiKey })}
            />
            {replacedBy === null && (
              <IconButton
                icon={RefreshCw}
                label={t('keys.rotate.of', { name })}
                onClick={() => onShow({ what: 'rotate', key: apiKey })}
              />
            )}
            <IconButton
              icon={Trash2}
              label={t('keys.revoke.of', { name })}
              onClick={() => onShow({ what: 'revoke', key: apiKey })}
            />
          </>
        )}
      </div>
    </li>
  );
}
