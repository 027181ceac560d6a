import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ShieldOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { HistoryView } from './history-view.tsx';
import { permissionTabs } from './permission-params.ts';
import { RulesView } from './rules-view.tsx';
import { SettingsView } from './settings-view.tsx';
import { WaitingView } from './waiting-view.tsx';

/** What agents ask leave for: what waits, what was decided, and the rules that decide by themselves. */
export function PermissionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = 'waiting', request } = useSearch({ from: '/permissions' });
  const settings = useQuery(trpc.permissions.settings.queryOptions());
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="flex-1 text-[15px] font-semibold">{t('nav.permissions')}</h1>
        <Segmented
          label={t('permissions.tab')}
          value={tab}
          options={permissionTabs.map((value) => ({ value, label: t(`permissions.tab.${value}`) }))}
          onChange={(value) =>
            void navigate({ to: '/permissions', search: value === 'waiting' ? {} : { tab: value }, replace: true })
          }
        />
      </header>
      {settings.data?.enabled === false && tab !== 'settings' && (
        <p
          role="status"
          className="flex items-center gap-2 border-b border-line bg-warning-soft px-5 py-2 text-warning-ink"
        >
          <ShieldOff aria-hidden size={14} className="shrink-0" />
          {t('permissions.off')}
        </p>
      )}
      <div
        className="min-h-0 flex-1 overflow-y-auto"
        tabIndex={0}
        role="group"
        aria-label={t(`permissions.tab.${tab}`)}
      >
        {tab === 'waiting' && <WaitingView chosen={request} />}
        {tab === 'history' && <HistoryView />}
        {tab === 'rules' && <RulesView />}
        {tab === 'settings' && <SettingsView />}
      </div>
    </div>
  );
}
