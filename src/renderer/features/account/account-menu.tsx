import { Menu } from '@base-ui/react/menu';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ChevronsUpDown, CircleUserRound, KeyRound, LogOut, type LucideIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logOut, switchOrganization, type Login } from '../../lib/account.ts';
import { useLive } from '../../lib/live.ts';
import { startAgain } from '../../lib/start-again.ts';
import { trpc } from '../../lib/trpc.ts';
import { showError } from '../../ui/toast.tsx';
import { PasswordDialog } from './password-dialog.tsx';

const mostListed = 200;
const row = 'flex h-7 cursor-default items-center gap-2 rounded-md pr-3 pl-2 outline-none data-highlighted:bg-hover';

/** Who is logged in and where; with the other organisations, the password and the way out. */
export function AccountMenu({ login: { user, organization }, narrow }: { login: Login; narrow: boolean }) {
  const { t } = useTranslation();
  const [changesPassword, setChangesPassword] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);

  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          ref={trigger}
          aria-label={t('account.menu', { name: user.name, organization: organization.name })}
          title={`${user.name} · ${organization.name}`}
          className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left text-muted hover:bg-hover hover:text-ink data-popup-open:bg-hover max-md:size-7 max-md:justify-center max-md:p-0 md:px-2.5"
        >
          <CircleUserRound aria-hidden size={16} className="shrink-0" />
          {!narrow && (
            <>
              <span className="min-w-0 flex-1 leading-tight">
                <span className="block truncate font-medium text-ink">{user.name}</span>{' '}
                <span className="block truncate text-xs text-faint">{organization.name}</span>
              </span>
              <ChevronsUpDown aria-hidden size={13} className="shrink-0 opacity-70" />
            </>
          )}
        </Menu.Trigger>
        {/* Inside the landmark of its button, so that a reader who jumps between landmarks finds it. */}
        <Menu.Portal container={document.querySelector<HTMLElement>('aside') ?? document.body}>
          <Menu.Positioner
            className="z-40 outline-none"
            side={narrow ? 'right' : 'top'}
            align={narrow ? 'end' : 'start'}
            sideOffset={6}
            collisionPadding={8}
          >
            <Menu.Popup className="max-h-(--available-height) w-60 overflow-y-auto rounded-lg bg-panel p-1 shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
              <p className="truncate px-2 pt-1 pb-1.5 text-xs text-muted" title={user.email}>
                {user.email}
              </p>
              <Organizations current={organization.id} />
              <Act icon={KeyRound} text={t('account.password')} onAct={() => setChangesPassword(true)} />
              <Act icon={LogOut} text={t('signIn.logOut')} onAct={() => void logOut().finally(startAgain)} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {changesPassword && (
        <PasswordDialog email={user.email} opener={trigger} onClose={() => setChangesPassword(false)} />
      )}
    </>
  );
}

function Act({ icon: Icon, text, onAct }: { icon: LucideIcon; text: string; onAct(): void }) {
  return (
    <Menu.Item onClick={onAct} className={row}>
      <Icon aria-hidden size={14} className="shrink-0 text-muted" />
      {text}
    </Menu.Item>
  );
}

/** Only for somebody who is in several; the others need not hear of such a thing. */
function Organizations({ current }: { current: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const options = trpc.organizations.list.queryOptions({ limit: mostListed });
  const { data } = useQuery({ ...options, staleTime: 0 });
  useLive(({ events, gap }) => {
    const concerns = gap || events.some(({ type }) => type === 'access.changed');
    if (concerns) void cache.invalidateQueries({ queryKey: options.queryKey });
  });

  async function enter(id: string): Promise<void> {
    if (id === current) return;
    const problem = await switchOrganization(id).catch(() => t('error.unreachable.title'));
    if (problem === null) startAgain();
    else showError(t('account.switch.failed'), problem);
  }

  if (data === undefined || data.data.length < 2) return null;
  return (
    <Menu.Group className="mb-1 border-b border-line pb-1">
      <Menu.GroupLabel className="px-2 pt-1 pb-0.5 text-xs font-medium text-faint">
        {t('account.organization')}
      </Menu.GroupLabel>
      <Menu.RadioGroup value={current} onValueChange={(id: string) => void enter(id)}>
        {data.data.map(({ id, name }) => (
          <Menu.RadioItem key={id} value={id} closeOnClick className={row} title={name}>
            <span className="flex w-3.5 shrink-0">
              <Menu.RadioItemIndicator>
                <Check aria-hidden size={14} className="text-accent-ink" />
              </Menu.RadioItemIndicator>
            </span>
            <span className="truncate">{name}</span>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}
