import type { givenEnglish } from './window-given-en.ts';

export const givenChinese: Record<keyof typeof givenEnglish, string> = {
  'context.section.notes': '工作进展笔记',
  'context.reason.session_note': '会话中写下的笔记',
};
