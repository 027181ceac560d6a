import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import { createSettingReader, createSettingRemover, type StoredSetting } from '../../store/tables/settings.ts';
import { Refusal } from '../refusal.ts';
import type { GatedWriterParts } from './intake-gate.ts';
import { faultInSetting, isSettingKey, settingKeys } from './setting-list.ts';

/** Keeps settings; those that act in the writer thread hold from the next event on. */
export function createSettingOperations({ db, ledger, gate }: GatedWriterParts) {
  const reader = createSettingReader(db);
  const remove = createSettingRemover(db);
  const configurations = createConfigurationWriter(db);
  return {
    /** All that are set now. `undefined` takes one back. Refuses what the setting does not take. */
    settingPut({ key, value, at }: { key: string; value: unknown; at: number }): StoredSetting[] {
      if (!isSettingKey(key)) throw new Refusal('NOT_FOUND', `There is no setting ${key}.`);
      const fault = value === undefined ? null : faultInSetting(key, value);
      if (fault !== null) throw new Refusal('REFUSED', fault);
      if (value === undefined) remove(key);
      else configurations.put(key, JSON.stringify(value), at);
      gate.refresh();
      ledger.log({ type: 'setting.changed', at, projectPk: null, sessionPk: null, data: { key } });
      return reader.all(settingKeys);
    },
  };
}
