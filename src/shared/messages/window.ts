import { windowEnglish, type WindowMessages } from './window-en.ts';
import { windowChinese } from './window-zh-cn.ts';

/** All texts of the window, in both languages; English gives the keys their types. */
export const windowMessages: { en: typeof windowEnglish; 'zh-CN': WindowMessages } = {
  en: windowEnglish,
  'zh-CN': windowChinese,
};
