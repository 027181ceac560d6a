import type { ReadableDb, WritableDb } from '../database.ts';

export interface StoredSetting {
  key: string;
  value: unknown;
  updatedAt: number;
}

interface SettingRow {
  key: string;
  value: string;
  updated_at: number;
}

/** What a person set of these; what is not here is as it ships. */
export function createSettingReader(db: ReadableDb) {
  const all = db.prepare<[string], SettingRow>(
    'SELECT key, value, updated_at FROM configurations WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key',
  );
  return {
    all: (keys: readonly string[]): StoredSetting[] =>
      all
        .all(JSON.stringify(keys))
        .map((row): StoredSetting => ({ key: row.key, value: JSON.parse(row.value), updatedAt: row.updated_at })),
  };
}

/** Takes back what a person set. */
export function createSettingRemover(db: WritableDb) {
  const remove = db.prepare<[string]>('DELETE FROM configurations WHERE key = ?');
  return (key: string): void => void remove.run(key);
}
