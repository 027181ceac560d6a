import { LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { logOut, storedLogin } from '../lib/account.ts';
import { bridge } from '../lib/bridge.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** Who is logged in, with the way out; nothing for the owner. */
export function AccountMenu() {
  const { t } = useTranslation();
  const login = bridge ? null : storedLogin();
  if (login === null) return null;
  return (
    <div className="flex items-center gap-1 rounded-md px-1 md:pl-2.5">
      <span className="hidden min-w-0 flex-1 truncate text-muted md:inline" title={login.name}>
        {login.name}
      </span>
      <IconButton
        icon={LogOut}
        label={t('signIn.logOut')}
        onClick={() => {
          void logOut().finally(() => location.reload());
        }}
      />
    </div>
  );
}
