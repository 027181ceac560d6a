import { desktopMessages, type DesktopMessages } from '../../shared/messages/desktop.ts';

/** Any Chinese locale reads Simplified Chinese, every other English. */
export function messagesFor(locale: string): DesktopMessages {
  return /^zh\b/i.test(locale) ? desktopMessages['zh-CN'] : desktopMessages.en;
}
