import type { ReadableDb } from '../../store/database.ts';
import { createToolReader } from '../../store/tables/tools.ts';
import { readToolSettings, toolSettingsKey } from './tool-settings.ts';

/** What the reader threads tell about tools. */
export function createToolReading(db: ReadableDb) {
  const tools = createToolReader(db);
  const stored = db.prepare<[string], string>('SELECT value FROM configurations WHERE key = ?').pluck();
  return {
    toolCatalogue: () =>
      db.snapshot(() => ({ scripts: tools.scripts(), usage: tools.usage(), disabled: tools.disabled() })),
    toolSettings: () => readToolSettings(JSON.parse(stored.get(toolSettingsKey) ?? 'null')),
  };
}
