import type { laterEnglish } from './window-later-en.ts';

/** 权限页和状态页在首屏文字之外的文字。 */
export const laterChinese: Record<keyof typeof laterEnglish, string> = {
  'permissions.held': '刚刚出现：请稍候再回答',
  'permissions.everyPlace': '替换文件中出现这段文字的每一处。',
  'rules.allowAll': '允许 {{tool}} 的任何操作',

  'status.unknown': '未知',
  'status.lastAnswer': '上次应答',
};
