import { windowEnglish, type WindowMessages } from './window-en.ts';
import { recallEnglish } from './window-recall-en.ts';
import { recallChinese } from './window-recall-zh-cn.ts';
import { windowChinese } from './window-zh-cn.ts';

const english = { ...windowEnglish, ...recallEnglish };

/** All texts of the window, in both languages; English gives the keys their types. */
export const windowMessages: {
  en: typeof english;
  'zh-CN': WindowMessages & Record<keyof typeof recallEnglish, string>;
} = {
  en: english,
  'zh-CN': { ...windowChinese, ...recallChinese },
};
