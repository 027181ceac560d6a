import { Link } from '@tanstack/react-router';
import { Keyboard, Monitor, Moon, Sun, type LucideIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProposalCount } from '../features/learnings/proposal-count.tsx';
import { PermissionCount } from '../features/permissions/permission-count.tsx';
import { languages, setLanguage, type Language } from '../lib/i18n.ts';
import { useMay } from '../lib/rights.ts';
import { useStore } from '../lib/store.ts';
import { setTheme, themes, themeStore, type Theme } from '../lib/theme.ts';
import { usedLogin } from '../lib/viewer-access.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { AccountMenu } from './later-account.tsx';
import { Logo } from './logo.tsx';
import { pages } from './pages.ts';

const themeIcons: Record<Theme, LucideIcon> = { system: Monitor, light: Sun, dark: Moon };
const languageNames: Record<Language, string> = { en: 'EN', 'zh-CN': '中文' };

/** Stands apart from the others: one goes there when something went wrong. */
const deleted = '/deleted';

/** The way between the pages; icons alone on a narrow window. */
export function Sidebar({ onShowKeys }: { onShowKeys(): void }) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  // Another one begins with the window that is loaded anew.
  const [login] = useState(usedLogin);
  const theme = useStore(themeStore);
  const language = languages.find((known) => known === i18n.language) ?? 'en';
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const nextLanguage: Language = language === 'en' ? 'zh-CN' : 'en';
  const foot = pages.filter(({ to, needs }) => to === deleted && may(needs));
  return (
    <aside className="flex w-[52px] shrink-0 flex-col border-r border-line bg-app px-2 pt-3 pb-2.5 md:w-[196px]">
      <div className="mb-3 flex h-8 items-center gap-2.5 px-1.5">
        <Logo />
        <span className="hidden truncate font-semibold md:inline">Claude-Mem</span>
      </div>
      <nav aria-label={t('nav.label')} className="flex flex-col gap-0.5">
        {pages
          .filter(({ to, needs }) => to !== deleted && may(needs))
          .map((page) => (
            <PageLink key={page.to} page={page} />
          ))}
      </nav>
      <div className="mt-auto flex flex-col gap-0.5 pt-2 max-md:mb-1">
        {foot.map((page) => (
          <PageLink key={page.to} page={page} />
        ))}
      </div>
      <div className="hidden flex-col gap-2 md:flex">
        {login !== null && (
          <Suspense>
            <AccountMenu login={login} narrow={false} />
          </Suspense>
        )}
        <button
          type="button"
          onClick={onShowKeys}
          className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink"
        >
          <Keyboard aria-hidden size={16} />
          <span className="min-w-0 flex-1 truncate text-left">{t('keys.short')}</span>
          <Kbd keys="?" />
        </button>
        <Segmented
          label={t('theme.label')}
          value={theme}
          options={themes.map((value) => ({ value, label: t(`theme.${value}`), icon: themeIcons[value] }))}
          onChange={setTheme}
        />
        <Segmented
          label={t('language.label')}
          value={language}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={setLanguage}
        />
      </div>
      <div className="flex flex-col items-center gap-1 md:hidden">
        {login !== null && (
          <Suspense>
            <AccountMenu login={login} narrow />
          </Suspense>
        )}
        <IconButton icon={Keyboard} label={t('keys.title')} onClick={onShowKeys} />
        <IconButton
          icon={themeIcons[theme]}
          label={`${t('theme.label')}: ${t(`theme.${theme}`)}`}
          onClick={() => setTheme(nextTheme)}
        />
        <Tooltip text={t('language.label')}>
          <button
            type="button"
            lang={nextLanguage}
            onClick={() => setLanguage(nextLanguage)}
            className="h-7 w-9 rounded-md text-xs text-muted hover:bg-hover hover:text-ink"
          >
            {languageNames[nextLanguage]}
          </button>
        </Tooltip>
      </div>
    </aside>
  );
}

function PageLink({ page: { to, label, icon: Icon, keys } }: { page: (typeof pages)[number] }) {
  const { t } = useTranslation();
  return (
    <Link
      to={to}
      title={t(label)}
      className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink"
      activeProps={{ className: 'bg-selected font-medium !text-ink' }}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      <span className="sr-only min-w-0 flex-1 truncate md:not-sr-only">{t(label)}</span>
      {to === '/learnings' && <ProposalCount />}
      {to === '/permissions' && <PermissionCount />}
      <span aria-hidden className="hidden shrink-0 md:inline">
        <Kbd keys={keys} />
      </span>
    </Link>
  );
}
