import { Outlet, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveLearnings } from '../features/learnings/learning-queries.ts';
import { useLivePermissions } from '../features/permissions/permission-queries.ts';
import { useLiveSummaries } from '../features/summaries/summary-queries.ts';
import { accessStore } from '../lib/connection.ts';
import { useShortcuts } from '../lib/keyboard.ts';
import { useStore } from '../lib/store.ts';
import { Banners } from './banners.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Sidebar } from './sidebar.tsx';
import { SignIn } from './sign-in.tsx';

/** What stands around every page: sidebar, banners, and the keys that work everywhere. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const access = useStore(accessStore);
  const [showsKeys, setShowsKeys] = useState(false);
  const toSearch = (): void => void navigate({ to: '/search' });
  useLiveLearnings();
  useLivePermissions();
  useLiveSummaries();
  useShortcuts([
    { keys: '/', run: toSearch },
    { keys: 'Mod+k', run: toSearch, whileTyping: true },
    { keys: 'g s', run: () => void navigate({ to: '/sessions' }) },
    { keys: 'g f', run: toSearch },
    { keys: 'g a', run: () => void navigate({ to: '/ask' }) },
    { keys: 'g l', run: () => void navigate({ to: '/learnings' }) },
    { keys: 'g c', run: () => void navigate({ to: '/context' }) },
    { keys: 'g p', run: () => void navigate({ to: '/permissions' }) },
    { keys: 'g j', run: () => void navigate({ to: '/jobs' }) },
    { keys: 'g $', run: () => void navigate({ to: '/costs' }) },
    { keys: 'g k', run: () => void navigate({ to: '/access' }) },
    { keys: 'g t', run: () => void navigate({ to: '/status' }) },
    { keys: '?', run: () => setShowsKeys(true) },
  ]);

  if (access === 'needed') return <SignIn />;
  return (
    <div className="flex h-full">
      <a
        href="#main"
        onClick={focusMain}
        className="sr-only z-50 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('nav.skip')}
      </a>
      <Sidebar onShowKeys={() => setShowsKeys(true)} />
      <div className="flex min-w-0 flex-1 flex-col bg-panel">
        <Banners />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      <ShortcutsDialog open={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}

/** The router owns the hash, so the skip link moves the focus by hand. */
function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}
