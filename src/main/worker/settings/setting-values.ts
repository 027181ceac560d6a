import type { StoredSetting } from '../../store/tables/settings.ts';
import { isValueOf, type SettingKey, settingList, type SettingValues } from './setting-list.ts';

export type ValueOf = <Key extends SettingKey>(key: Key) => SettingValues[Key];

/** The values that hold: what was set, where it is still one that the setting takes, else as it ships. */
export function settingValues(stored: readonly StoredSetting[]): ValueOf {
  const set = new Map(stored.map(({ key, value }) => [key, value]));
  return (key) => {
    const value = set.get(key);
    return isValueOf(key, value) ? value : settingList[key].initial;
  };
}
