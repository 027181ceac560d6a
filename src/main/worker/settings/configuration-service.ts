import type { ConfigurationService } from '../../api/record-services.ts';
import { isoTimeOrNull } from '../../store/times.ts';
import type { SettingView } from '../../../shared/configuration-views.ts';
import { asCallersError } from './callers-error.ts';
import { isSettingKey, type SettingKey, settingKeys, type SettingKind, settingList } from './setting-list.ts';
import type { Settings } from './settings.ts';

/** The contract's operations on settings; those of the whole worker are the owner's memory's alone. */
export function createConfigurationService(settings: Settings, isOwnMemory: boolean): ConfigurationService {
  const isHere = (key: SettingKey) => isOwnMemory || settingList[key].of === 'memory';

  function view(key: SettingKey): SettingView {
    const { type, initial, description, minimum, maximum, choices } = settingList[key];
    return {
      key,
      value: wire(settings.value(key)),
      default_value: wire(initial),
      type,
      description,
      minimum: minimum ?? null,
      maximum: maximum ?? null,
      choices: choices === undefined ? null : [...choices],
      updated_at: isoTimeOrNull(settings.updatedAt(key)),
    };
  }

  async function set(key: string, value: unknown): Promise<SettingView | null> {
    if (!isSettingKey(key) || !isHere(key)) return null;
    await asCallersError(settings.set(key, value), 'value');
    return view(key);
  }

  return {
    list: () => Promise.resolve(settingKeys.filter(isHere).map(view)),
    get: (key) => Promise.resolve(isSettingKey(key) && isHere(key) ? view(key) : null),
    set,
    reset: (key) => set(key, undefined),
  };
}

function wire(value: SettingKind): SettingView['value'] {
  return typeof value === 'object' ? [...value] : value;
}
