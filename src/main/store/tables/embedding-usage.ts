import type { ReadableDb, WritableDb } from '../database.ts';

export interface UsageRecord {
  modelId: string;
  requests: number;
  tokens: number;
  /** Millionths of a US dollar. */
  costMicros: number;
}

/** What endpoints were asked and what it cost, a row a day (UTC) and model. */
export function createEmbeddingUsageWriter(db: WritableDb) {
  const add = db.prepare<[object]>(`
    INSERT INTO embedding_usage (day, model_id, requests, tokens, cost_micros)
    VALUES (@day, @modelId, @requests, @tokens, @costMicros)
    ON CONFLICT (day, model_id) DO UPDATE SET requests = requests + excluded.requests,
      tokens = tokens + excluded.tokens, cost_micros = cost_micros + excluded.cost_micros`);
  return {
    add: (usage: UsageRecord, at: number) => void add.run({ ...usage, day: new Date(at).toISOString().slice(0, 10) }),
  };
}

/** One day (UTC, as YYYY-MM-DD) of one model. */
export interface UsageRow extends UsageRecord {
  day: string;
}

export function createEmbeddingUsageReader(db: ReadableDb) {
  const total = db.prepare<[], { requests: number; tokens: number; cost_micros: number }>(`
    SELECT COALESCE(SUM(requests), 0) AS requests, COALESCE(SUM(tokens), 0) AS tokens,
      COALESCE(SUM(cost_micros), 0) AS cost_micros FROM embedding_usage`);
  const days = db.prepare<[string, string], UsageRow>(`
    SELECT day, model_id AS modelId, requests, tokens, cost_micros AS costMicros FROM embedding_usage
    WHERE day >= ? AND day <= ? ORDER BY day, model_id`);
  return {
    /** From one day to another, both among them. */
    days: (first: string, last: string): UsageRow[] => days.all(first, last),
    /** Since the memory was made. */
    total(): { requests: number; tokens: number; cost_usd: number } {
      const sum = total.get() ?? { requests: 0, tokens: 0, cost_micros: 0 };
      return { requests: sum.requests, tokens: sum.tokens, cost_usd: sum.cost_micros / 1_000_000 };
    },
  };
}
