import { accessEnglish } from './window-access-en.ts';
import { accessChinese } from './window-access-zh-cn.ts';
import { auditEnglish } from './window-audit-en.ts';
import { auditChinese } from './window-audit-zh-cn.ts';
import { formsEnglish } from './window-forms-en.ts';
import { formsChinese } from './window-forms-zh-cn.ts';
import { laterEnglish } from './window-later-en.ts';
import { laterChinese } from './window-later-zh-cn.ts';
import { givenEnglish } from './window-given-en.ts';
import { givenChinese } from './window-given-zh-cn.ts';

const english = { ...accessEnglish, ...auditEnglish, ...formsEnglish, ...givenEnglish, ...laterEnglish };

/** Texts that only later pages show: they come with those, so that the first screen need not wait for them. */
export const laterMessages: { en: typeof english; 'zh-CN': Record<keyof typeof english, string> } = {
  en: english,
  'zh-CN': { ...accessChinese, ...auditChinese, ...formsChinese, ...givenChinese, ...laterChinese },
};
