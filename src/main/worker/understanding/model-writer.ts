import { readModelSettings } from '../../ai/settings.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import type { WriterOperationParts } from '../writer-operations.ts';

const settingsKey = 'model.settings';

/** Which model is to be asked, as a person chose it. */
export function createModelOperations({ db }: Pick<WriterOperationParts, 'db'>) {
  const configurations = createConfigurationWriter(db);
  return {
    modelSettings: (): ModelSettings => readModelSettings(configurations.get(settingsKey)),
    setModelSettings: ({ settings, at }: { settings: ModelSettings; at: number }): void =>
      configurations.put(settingsKey, JSON.stringify(settings), at),
  };
}
