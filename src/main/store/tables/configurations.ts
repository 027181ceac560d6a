import type { ReadableDb, WritableDb } from '../database.ts';

/** What the app remembers about itself, by name; values are JSON. */
export function createConfigurationWriter(db: WritableDb) {
  const put = db.prepare<[string, string, number]>(`
    INSERT INTO configurations (key, value, updated_at) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const find = db.prepare<[string], { value: string }>('SELECT value FROM configurations WHERE key = ?');

  function get(key: string): unknown {
    return JSON.parse(find.get(key)?.value ?? 'null');
  }

  return {
    /** The value is JSON. */
    put: (key: string, value: string, at: number) => void put.run(key, value, at),
    /** Null when it was never set. */
    get,
    putNumber: (key: string, value: number, at: number) => void put.run(key, JSON.stringify(value), at),
    /** Null when it was never set or is no number. */
    number(key: string): number | null {
      const value = get(key);
      return typeof value === 'number' ? value : null;
    },
  };
}

/** Values by name, for reader threads. */
export function createConfigurationReader(db: ReadableDb) {
  const find = db.prepare<[string], string>('SELECT value FROM configurations WHERE key = ?').pluck();
  return {
    /** Null when it was never set. */
    get: (key: string): unknown => JSON.parse(find.get(key) ?? 'null'),
  };
}
