import { Outlet, useMatches, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveLearnings } from '../features/learnings/learning-queries.ts';
import { useLivePermissions } from '../features/permissions/permission-queries.ts';
import { useLiveSummaries } from '../features/summaries/summary-queries.ts';
import { accessStore } from '../lib/connection.ts';
import { focusMain } from '../lib/keep-focus.ts';
import { useShortcuts } from '../lib/keyboard.ts';
import { useLiveRights } from '../lib/load-rights.ts';
import { useMay } from '../lib/rights.ts';
import { useStore } from '../lib/store.ts';
import { NotAllowed } from '../ui/not-allowed.tsx';
import { leaveNotices } from '../ui/toast.tsx';
import { Banners } from './banners.tsx';
import { pageOf, pages } from './pages.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { SignIn } from './sign-in.tsx';
import { useTitle } from './use-title.ts';

/** What stands around every page: sidebar, banners, and the keys that work everywhere. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  // Of what is drawn: the address is ahead of it while a page is on its way.
  const needs = useMatches({ select: (matches) => pageOf(matches.at(-1)?.pathname ?? '') })?.needs;
  const access = useStore(accessStore);
  const [showsKeys, setShowsKeys] = useState(false);
  const toSearch = (): void => void navigate({ to: '/search' });
  useTitle();
  useLeavingNotices();
  useLiveRights();
  useLiveLearnings();
  useLivePermissions();
  useLiveSummaries();
  useShortcuts([
    ...pages.map(({ to, keys, needs: right }) => ({ keys, needs: right, run: () => void navigate({ to }) })),
    { keys: 'Mod+k', run: toSearch, whileTyping: true },
    { keys: 'g f', run: toSearch },
    { keys: '?', run: () => setShowsKeys(true) },
  ]);

  if (access === 'needed') return <SignIn />;
  return (
    <div className="flex h-full">
      <a
        href="#main"
        onClick={(event) => {
          // The router owns the hash.
          event.preventDefault();
          focusMain();
        }}
        className="sr-only z-50 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('nav.skip')}
      </a>
      <Sidebar onShowKeys={() => setShowsKeys(true)} />
      <div className="flex min-w-0 flex-1 flex-col bg-panel">
        <Banners />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          {needs === undefined || may(needs) ? <Outlet /> : <NotAllowed isPage needs={needs} />}
        </main>
      </div>
      <ShortcutsDialog open={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}

function useLeavingNotices(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ fromLocation, toLocation }) => {
        if (fromLocation !== undefined && placeOf(fromLocation) !== placeOf(toLocation)) leaveNotices();
      }),
    [router],
  );
}

/** What somebody takes for a page; filters and what is typed into a search field stay on it. */
function placeOf({ pathname, search }: { pathname: string; search: object }): string {
  return JSON.stringify([pathname, 'tab' in search ? search.tab : null]);
}
