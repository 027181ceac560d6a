import type { StoredSetting } from '../../store/tables/settings.ts';
import type { WriterClient } from '../writer-client.ts';
import type { SettingKey } from './setting-list.ts';
import { settingValues, type ValueOf } from './setting-values.ts';

/** The settings of one memory, as they hold now: asked where they act, so that a change needs no restart. */
export interface Settings {
  value: ValueOf;
  /** When it was set; null when it is as it ships. */
  updatedAt(key: SettingKey): number | null;
  /** Calls the listener after each change of that setting; returns its stop. */
  onChange(key: SettingKey, listener: () => void): () => void;
  /** `undefined` takes it back to what it ships with. Rejects with `Refusal` for what the setting does not take. */
  set(key: SettingKey, value: unknown): Promise<void>;
}

/** Begins with what the writer found when it opened the file. */
export function createSettings(initial: readonly StoredSetting[], writer: Pick<WriterClient, 'call'>): Settings {
  let stored = initial;
  let values = settingValues(stored);
  const listeners = new Map<SettingKey, Set<() => void>>();

  return {
    value: (key) => values(key),
    updatedAt: (key) => stored.find((setting) => setting.key === key)?.updatedAt ?? null,
    onChange(key, listener) {
      const heard = listeners.get(key) ?? new Set();
      listeners.set(key, heard.add(listener));
      return () => void heard.delete(listener);
    },
    async set(key, value) {
      stored = await writer.call('settingPut', { key, value, at: Date.now() });
      values = settingValues(stored);
      for (const listener of listeners.get(key) ?? []) listener();
    },
  };
}
