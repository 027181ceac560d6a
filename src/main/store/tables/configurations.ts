import type { WritableDb } from '../database.ts';

/** What the app remembers about itself, by name; values are JSON. */
export function createConfigurationWriter(db: WritableDb) {
  const put = db.prepare<[string, string, number]>(`
    INSERT INTO configurations (key, value, updated_at) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const get = db.prepare<[string], { value: string }>('SELECT value FROM configurations WHERE key = ?');
  return {
    putNumber: (key: string, value: number, at: number) => void put.run(key, JSON.stringify(value), at),
    /** Null when it was never set or is no number. */
    number(key: string): number | null {
      const value: unknown = JSON.parse(get.get(key)?.value ?? 'null');
      return typeof value === 'number' ? value : null;
    },
  };
}
