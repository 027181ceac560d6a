import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { laterMessages } from '../../shared/messages/window-later.ts';
import { windowMessages } from '../../shared/messages/window.ts';
import { storage } from './storage.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: (typeof windowMessages)['en'] & (typeof laterMessages)['en'] };
    keySeparator: false;
    nsSeparator: false;
  }
}

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const key = 'language';

/** The kept choice, else the first of the person's languages that we speak, else English. */
export function chooseLanguage(kept: string | null, preferred: readonly string[]): Language {
  const known = languages.find((language) => language === kept);
  if (known) return known;
  for (const tag of preferred) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

/** Makes the texts ready before the first render. */
export function startI18n(language = chooseLanguage(storage.get(key), navigator.languages)): i18n {
  const setDocument = (tag: string): void => {
    document.documentElement.lang = tag;
  };
  i18next.on('languageChanged', setDocument);
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: windowMessages.en }, 'zh-CN': { translation: windowMessages['zh-CN'] } },
    keySeparator: false,
    nsSeparator: false,
    // The resources are in the bundle, so nothing has to be waited for.
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  setDocument(language);
  return i18next;
}

/** Adds the texts that come with later pages. */
export function addMessages(messages: typeof laterMessages): void {
  for (const language of languages) i18next.addResourceBundle(language, 'translation', messages[language], true);
}

export function setLanguage(language: Language): void {
  storage.set(key, language);
  void i18next.changeLanguage(language);
}
