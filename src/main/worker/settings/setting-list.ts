import type { SettingView } from '../../../shared/configuration-views.ts';

/** The type of each setting's value, as code reads it. */
export interface SettingValues {
  'capture.excluded_projects': readonly string[];
  'capture.excluded_files': readonly string[];
  'records.deleted_kept_days': number;
  'learnings.history_kept_days': number;
  'jobs.ended_kept_days': number;
  'access.audit_kept_days': number;
  'backups.kept': number;
}

export type SettingKey = keyof SettingValues;
export type SettingKind = SettingValues[SettingKey];

interface Definition<Value extends SettingKind> {
  type: SettingView['type'];
  initial: Value;
  /** A sentence that says what it does. */
  description: string;
  /** Of a number. */
  minimum?: number;
  maximum?: number;
  choices?: readonly string[];
  /** `worker`: one value for all organisations, which the owner's memory keeps. */
  of: 'memory' | 'worker';
}

const days = (initial: number, minimum: number, maximum: number, description: string): Definition<number> => ({
  type: 'number',
  initial,
  minimum,
  maximum,
  description,
  of: 'memory',
});

/** However many days are chosen: some 20 megabytes, and the list still answers at once. Two hundred turns a day fill 120 days. */
export const endedJobsKept = 50_000;
/** However many days are chosen: a hundred megabytes at most. */
export const auditRowsKept = 500_000;

/** The one list of settings: each of them is read where it acts, and none is here that does nothing. */
export const settingList: { readonly [Key in SettingKey]: Definition<SettingValues[Key]> } = {
  'capture.excluded_projects': {
    type: 'list',
    initial: [],
    description:
      'Folders whose sessions are not recorded: patterns with *, ** and ? for a project or a working directory; one without a slash is any folder of that name.',
    of: 'memory',
  },
  'capture.excluded_files': {
    type: 'list',
    initial: [],
    description:
      'Files whose contents are not kept: patterns with *, ** and ?; one without a slash is any file of that name. That a tool used them is kept, what it read or wrote is not. Known is the file or folder that a tool names as file_path, notebook_path or path: what a shell command or a search above it prints is kept.',
    of: 'memory',
  },
  'records.deleted_kept_days': days(
    30,
    1,
    365,
    'For how many days what was deleted can be restored before it is erased.',
  ),
  'learnings.history_kept_days': days(365, 30, 3_650, 'For how many days changes of learnings can be undone.'),
  'jobs.ended_kept_days': days(
    30,
    1,
    365,
    `For how many days ended jobs are listed: the latest ${endedJobsKept.toLocaleString('en')} of them at most.`,
  ),
  'access.audit_kept_days': {
    ...days(
      90,
      7,
      3_650,
      `For how many days the audit is kept (what was changed, refused, and who logged in): the latest ${auditRowsKept.toLocaleString('en')} entries at most.`,
    ),
    of: 'worker',
  },
  'backups.kept': {
    type: 'number',
    initial: 7,
    minimum: 1,
    maximum: 100,
    description: 'How many copies of the memory are kept; the oldest goes first.',
    of: 'memory',
  },
};

export const settingKeys = Object.keys(settingList).filter(isSettingKey);

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settingList, key);
}

/** True for what the setting takes. */
export function isValueOf<Key extends SettingKey>(key: Key, value: unknown): value is SettingValues[Key] {
  return faultInSetting(key, value) === null;
}

const longestList = 200;

/** What is wrong with a value, as a sentence; null when it is right. */
export function faultInSetting(key: SettingKey, value: unknown): string | null {
  const { type, minimum, maximum, choices }: Definition<SettingKind> = settingList[key];
  switch (type) {
    case 'number': {
      if (typeof value !== 'number' || !Number.isInteger(value)) return `${key} takes a whole number.`;
      const isWithin = value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
      return isWithin ? null : `${key} takes a number from ${minimum} to ${maximum}, not ${value}.`;
    }
    case 'boolean':
      return typeof value === 'boolean' ? null : `${key} takes true or false.`;
    case 'string':
      if (typeof value !== 'string') return `${key} takes a text.`;
      return choices === undefined || choices.includes(value) ? null : `${key} takes one of ${choices.join(', ')}.`;
    case 'list':
      if (!Array.isArray(value) || value.length > longestList) {
        return `${key} takes a list of at most ${longestList} texts.`;
      }
      return value.every((entry) => typeof entry === 'string' && entry.trim() !== '')
        ? null
        : `Each entry of ${key} is a text that is not empty.`;
  }
}
