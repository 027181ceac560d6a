import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../lib/rights.ts';
import { NotAllowed } from '../../ui/not-allowed.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useLiveAccess } from './access-queries.ts';
import { accessTabs, needsOfTab, type AccessTab } from './access-params.ts';
import { AuditView } from './audit-view.tsx';
import { EventsView } from './events-view.tsx';
import { KeysView } from './keys-view.tsx';
import { PeopleView } from './people-view.tsx';
import { SetupView } from './setup-view.tsx';

/** What may reach the memory from outside: programs, people, and what they do. */
export function AccessPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const tabs = accessTabs.filter((each) => may(needsOfTab[each]));
  const { tab: asked } = useSearch({ from: '/access' });
  // Without a word about it, the first one that is open to whoever looks.
  const tab = asked ?? tabs[0] ?? 'setup';
  useLiveAccess();
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="flex-1 text-[15px] font-semibold">{t('nav.access')}</h1>
        {tabs.length > 1 && (
          <Segmented
            label={t('access.tab')}
            value={tab}
            options={tabs.map((value) => ({ value, label: t(`access.tab.${value}`) }))}
            onChange={(value) =>
              void navigate({ to: '/access', search: value === 'setup' ? {} : { tab: value }, replace: true })
            }
          />
        )}
      </header>
      <div className="min-h-0 flex-1">
        {!may(needsOfTab[tab]) ? <NotAllowed needs={needsOfTab[tab]} /> : <View tab={tab} />}
      </div>
    </div>
  );
}

function View({ tab }: { tab: AccessTab }) {
  return (
    <>
      {tab === 'setup' && <SetupView />}
      {tab === 'keys' && <KeysView />}
      {tab === 'people' && <PeopleView />}
      {tab === 'events' && <EventsView />}
      {tab === 'audit' && <AuditView />}
    </>
  );
}
