import type { HookInstallation } from '../../../shared/views.ts';
import { claudeHooksMessages } from '../../../shared/messages/claude-hooks.ts';
import { fill, type Locale } from '../../../shared/messages/fill.ts';
import { changeSettingsFile, readSettingsFile } from '../claude-settings-file.ts';
import { addressOf, isCurrent, readHooksDocument, type HooksDocument } from './hook-entries.ts';
import { hookEvents, type HookTarget } from './hook-events.ts';
import { memberOf, valueAt } from './json-text.ts';
import { withHooks, withoutHooks } from './merge-hooks.ts';
import { SettingsFileError, settingsFileMessage } from './settings-file-error.ts';

export interface StatusRequest extends Partial<HookTarget> {
  settingsFile: string;
  /** Of the problems' sentences; English unless said otherwise. */
  locale?: Locale;
}

const emptyFile = '{}\n';

/** Merges our hooks into the settings file, which is made when it is not there. Throws `SettingsFileError`, having written nothing. */
export function installHooks(request: { settingsFile: string } & HookTarget): HookInstallation {
  const { settingsFile, url, captureToken } = request;
  changeSettingsFile(settingsFile, (text) => withHooks(text ?? emptyFile, settingsFile, { url, captureToken }));
  return hooksStatus(request);
}

/** Takes exactly our entries out of the settings file. Throws `SettingsFileError`, having written nothing. */
export function uninstallHooks({ settingsFile }: { settingsFile: string }): HookInstallation {
  changeSettingsFile(settingsFile, (text) => (text === null ? null : withoutHooks(text, settingsFile)));
  return hooksStatus({ settingsFile });
}

/** What of ours is in the settings file; with `url` and `captureToken` also whether it is for that worker. Never throws. */
export function hooksStatus({ settingsFile, url, captureToken, locale = 'en' }: StatusRequest): HookInstallation {
  const messages = claudeHooksMessages[locale].installation;
  const answer = (state: HookInstallation['state'], events: string[], problems: string[]): HookInstallation => ({
    settings_file: settingsFile,
    state,
    events,
    problems,
  });
  let document: HooksDocument;
  try {
    document = readHooksDocument(readSettingsFile(settingsFile) ?? emptyFile, settingsFile);
  } catch (error) {
    if (!(error instanceof SettingsFileError)) throw error;
    return answer('unreadable', [], [settingsFileMessage(error.code, error.details, locale)]);
  }
  const { own } = document;
  const known = hookEvents.map(({ name }) => name).filter((name) => own.some(({ event }) => event === name));
  if (own.length === 0) return answer('absent', [], [messages.absent]);

  const missing = hookEvents.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  const target = url === undefined || captureToken === undefined ? null : { url, captureToken };
  const outdated = own
    .filter((entry, index) => {
      const repeated = own.findIndex(({ event }) => event === entry.event) !== index;
      return repeated || entry.mismatched || (target !== null && !isCurrent(entry, target));
    })
    .map(({ event }) => event);
  const problems = [
    ...(outdated.length > 0 ? [fill(messages.outdated, { events: [...new Set(outdated)].join(', ') })] : []),
    ...(missing.length > 0 ? [fill(messages.missing, { events: missing.join(', ') })] : []),
    ...switchedOff(document).map((setting) => fill(messages.switched_off, { setting })),
  ];
  const state = outdated.length > 0 ? 'outdated' : missing.length > 0 ? 'partial' : 'installed';
  return answer(state, known, problems);
}

/** Where the hooks of that token in the settings file send their events, `http://127.0.0.1:37700`; null where there are none. Never throws. */
export function installedAddress({
  settingsFile,
  captureToken,
}: { settingsFile: string } & Pick<HookTarget, 'captureToken'>): string | null {
  try {
    const { own } = readHooksDocument(readSettingsFile(settingsFile) ?? emptyFile, settingsFile);
    return own.map((entry) => addressOf(entry, captureToken)).find((address) => address !== null) ?? null;
  } catch (error) {
    if (error instanceof SettingsFileError) return null;
    throw error;
  }
}

/** Settings of the same file that keep Claude Code from calling hooks like ours. */
function switchedOff({ text, root }: HooksDocument): string[] {
  const isTrue = (key: string) => {
    const member = memberOf(root, key);
    return member !== undefined && valueAt(text, member.node) === true;
  };
  return ['disableAllHooks'].filter(isTrue);
}
