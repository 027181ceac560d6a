import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermissionRequestView } from '../../../shared/permission-views.ts';
import { keepFocus } from '../../lib/keep-focus.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useListKeyboard } from '../../lib/list-keyboard.ts';
import { trpc } from '../../lib/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { waitingOptions } from './permission-queries.ts';
import { RememberDialog } from './remember-dialog.tsx';
import { RequestCard } from './request-card.tsx';
import { useHeldFrom } from './use-held-from.ts';
import { usePermissionActs } from './use-permission-acts.ts';
import { useSecond } from './use-second.ts';

/** The requests that wait, the longest waiting first. */
export function WaitingView({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation();
  const now = useSecond();
  const acts = usePermissionActs();
  const list = useRef<HTMLUListElement>(null);
  const [remembered, setRemembered] = useState<PermissionRequestView | null>(null);
  const query = useQuery(waitingOptions);
  const isOff = useQuery(trpc.permissions.settings.queryOptions()).data?.enabled === false;
  const requests = (query.data ?? []).filter(({ expires_at: at }) => Date.parse(at) > now);
  const ids = requests.map(({ id }) => id);
  const keyboard = useListKeyboard({
    ids,
    initialId: chosen,
    initialIndex: 0,
    show: (index) => list.current?.children[index]?.scrollIntoView({ block: 'nearest' }),
    open: () => {},
  });
  const { setActive } = keyboard;
  useEffect(() => {
    if (chosen !== undefined) setActive(chosen);
  }, [chosen, setActive]);

  const active = requests[keyboard.active];
  const { heldFrom, isHeld } = useHeldFrom(ids, active?.id);

  function decide(index: number, behavior: 'allow' | 'deny'): void {
    const request = requests[index];
    if (request === undefined || isHeld(index) || acts.busy) return;
    if (behavior === 'deny' || request.allowable) acts.decide(request.id, { behavior });
  }
  useShortcuts([
    { keys: 'a', run: () => decide(keyboard.active, 'allow') },
    { keys: 'd', run: () => decide(keyboard.active, 'deny') },
    { keys: 'r', run: () => active !== undefined && setRemembered(active) },
  ]);

  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton className="mx-auto mt-5 h-40 max-w-3xl rounded-xl" />;
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {t('nav.permissions.waiting', { count: requests.length })}
      </p>
      {requests.length === 0 && (
        <EmptyState
          icon={ShieldCheck}
          title={t(isOff ? 'permissions.off.title' : 'permissions.none.title')}
          text={t(isOff ? 'permissions.off.text' : 'permissions.none.text')}
        >
          <Link
            to="/permissions"
            search={{ tab: isOff ? 'settings' : 'rules' }}
            className="font-medium text-accent-ink hover:underline"
          >
            {t(isOff ? 'permissions.tab.settings' : 'permissions.none.rules')}
          </Link>
        </EmptyState>
      )}
      {requests.length > 0 && (
        <div className="mx-auto max-w-3xl px-5 py-4">
          <ul ref={list} aria-label={t('permissions.tab.waiting')} className="flex flex-col gap-3">
            {requests.map((request, index) => (
              // It follows the keyboard; what can be done is on the buttons.
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
              <li
                key={request.id}
                onFocus={() => {
                  setActive(request.id);
                  // It may go at any time, answered elsewhere or run out.
                  keepFocus();
                }}
              >
                <RequestCard
                  request={request}
                  now={now}
                  active={index === keyboard.active}
                  busy={acts.busy}
                  held={index >= heldFrom}
                  onDecide={(behavior) => decide(index, behavior)}
                  onRemember={() => setRemembered(request)}
                />
              </li>
            ))}
          </ul>
          <p className="mt-4 hidden flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted md:flex">
            {(['a', 'd', 'r'] as const).map((keys) => (
              <span key={keys} className="flex items-center gap-1.5">
                <Kbd keys={keys} /> {t(`permissions.key.${keys}`)}
              </span>
            ))}
          </p>
        </div>
      )}
      {remembered !== null && (
        <RememberDialog
          request={remembered}
          isOver={!ids.includes(remembered.id)}
          acts={acts}
          onClose={() => setRemembered(null)}
        />
      )}
    </>
  );
}
