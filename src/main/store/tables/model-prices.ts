import type { ReadableDb, WritableDb } from '../database.ts';

/** A person's own price of a model, in US dollars for a million tokens. */
export interface ModelPriceRow {
  model: string;
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export function createModelPriceReader(db: ReadableDb) {
  const all = db.prepare<[], ModelPriceRow>(`
    SELECT model, input, output, cache_read AS cacheRead, cache_write AS cacheWrite FROM model_prices ORDER BY model`);
  return { all: (): ModelPriceRow[] => all.all() };
}

export function createModelPriceWriter(db: WritableDb) {
  const put = db.prepare<[object]>(`
    INSERT INTO model_prices (model, input, output, cache_read, cache_write, changed_at)
    VALUES (@model, @input, @output, @cacheRead, @cacheWrite, @at)
    ON CONFLICT (model) DO UPDATE SET input = excluded.input, output = excluded.output,
      cache_read = excluded.cache_read, cache_write = excluded.cache_write, changed_at = excluded.changed_at`);
  const drop = db.prepare<[string]>('DELETE FROM model_prices WHERE model = ?');
  return {
    put: (price: ModelPriceRow, at: number) => void put.run({ ...price, at }),
    drop: (model: string) => void drop.run(model),
  };
}
