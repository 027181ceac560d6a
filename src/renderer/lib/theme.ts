import { storage } from './storage.ts';
import { createStore } from './store.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');

function read(): Theme {
  const kept = storage.get(key);
  return themes.find((theme) => theme === kept) ?? 'system';
}

function apply(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && systemDark.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

export const themeStore = createStore<Theme>(read());

export function setTheme(theme: Theme): void {
  storage.set(key, theme);
  themeStore.set(theme);
}

/** Keeps the document in the chosen theme, the system's changes included; returns its stop. */
export function startTheme(): () => void {
  const update = (): void => apply(themeStore.get());
  update();
  systemDark.addEventListener('change', update);
  const stop = themeStore.subscribe(update);
  return () => {
    systemDark.removeEventListener('change', update);
    stop();
  };
}
