import { claudeHooksMessages } from '../../../shared/messages/claude-hooks.ts';
import { fill, type Locale, type MessageValues } from '../../../shared/messages/fill.ts';

export type SettingsFileErrorCode =
  | 'SETTINGS_INVALID_JSON'
  | 'SETTINGS_WRONG_SHAPE'
  | 'SETTINGS_NOT_UTF8'
  | 'SETTINGS_TOO_LARGE'
  | 'SETTINGS_CHANGING'
  | 'SETTINGS_UNUSABLE';

/** A settings file that is not touched, and why; `details` fills the message of its code in any language. */
export class SettingsFileError extends Error {
  readonly code: SettingsFileErrorCode;
  readonly details: MessageValues;

  constructor(code: SettingsFileErrorCode, details: MessageValues, options?: { cause?: unknown }) {
    super(settingsFileMessage(code, details, 'en'), options);
    this.name = 'SettingsFileError';
    this.code = code;
    this.details = details;
  }
}

/** The sentence for a person: the file, the place, and what to do. */
export function settingsFileMessage(code: SettingsFileErrorCode, details: MessageValues, locale: Locale): string {
  const messages = claudeHooksMessages[locale];
  const faults: Record<string, string> = messages.faults;
  const fault = faults[String(details['fault'])] ?? '';
  return fill(messages.settings[code], { ...details, fault });
}
