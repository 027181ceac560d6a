import { jobsEnglish } from './window-jobs-en.ts';
import { jobsChinese } from './window-jobs-zh-cn.ts';
import { learningsEnglish } from './window-learnings-en.ts';
import { learningsChinese } from './window-learnings-zh-cn.ts';
import { notesEnglish } from './window-notes-en.ts';
import { notesChinese } from './window-notes-zh-cn.ts';
import { windowEnglish, type WindowMessages } from './window-en.ts';
import { permissionsEnglish } from './window-permissions-en.ts';
import { permissionsChinese } from './window-permissions-zh-cn.ts';
import { rightsEnglish } from './window-rights-en.ts';
import { rightsChinese } from './window-rights-zh-cn.ts';
import { recallEnglish } from './window-recall-en.ts';
import { recallChinese } from './window-recall-zh-cn.ts';
import { workEnglish } from './window-work-en.ts';
import { workChinese } from './window-work-zh-cn.ts';
import { windowChinese } from './window-zh-cn.ts';

const english = {
  ...windowEnglish,
  ...recallEnglish,
  ...learningsEnglish,
  ...notesEnglish,
  ...workEnglish,
  ...jobsEnglish,
  ...permissionsEnglish,
  ...rightsEnglish,
};

/** The texts that the first screen may need, in both languages (`laterMessages` has the others); English gives the keys their types. */
export const windowMessages: {
  en: typeof english;
  'zh-CN': WindowMessages &
    Record<keyof typeof recallEnglish, string> &
    Record<keyof typeof learningsEnglish, string> &
    Record<keyof typeof notesEnglish, string> &
    Record<keyof typeof workEnglish, string> &
    Record<keyof typeof jobsEnglish, string> &
    Record<keyof typeof permissionsEnglish, string> &
    Record<keyof typeof rightsEnglish, string>;
} = {
  en: english,
  'zh-CN': {
    ...windowChinese,
    ...recallChinese,
    ...learningsChinese,
    ...notesChinese,
    ...workChinese,
    ...jobsChinese,
    ...permissionsChinese,
    ...rightsChinese,
  },
};
