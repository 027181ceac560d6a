import { createLocalDays, dayText } from '../../search/local-days.ts';
import type { UsageRow } from '../../store/tables/embedding-usage.ts';
import { quarterHourMs, toSpend, type SpendGroupRow, type SpendRow } from '../../store/tables/model-call-reader.ts';
import type { CostGroup, CostRow } from '../../../shared/cost-views.ts';

/** The key of embeddings among the purposes; no model is asked for them. */
export const embeddingPurpose = 'embed';

const nothing: SpendRow = {
  calls: 0,
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  cost_micros: 0,
  saved_micros: 0,
};

export function addSpend(one: SpendRow, other: SpendRow): SpendRow {
  return {
    calls: one.calls + other.calls,
    input_tokens: one.input_tokens + other.input_tokens,
    output_tokens: one.output_tokens + other.output_tokens,
    cache_read_tokens: one.cache_read_tokens + other.cache_read_tokens,
    cache_write_tokens: one.cache_write_tokens + other.cache_write_tokens,
    cost_micros: one.cost_micros + other.cost_micros,
    saved_micros: one.saved_micros + other.saved_micros,
  };
}

/** Calls and embeddings together. */
export function spendOf(calls: SpendRow | null, embedded: readonly UsageRow[]): SpendRow {
  return embedded.reduce((sum, usage) => addSpend(sum, embeddingSpend(usage)), calls ?? nothing);
}

/** One list of rows: days the newest first, everything else the dearest first. */
export function groupRows(group: CostGroup, calls: readonly SpendGroupRow[], embedded: readonly UsageRow[]): CostRow[] {
  const toDay = createLocalDays();
  const rows = new Map<string, { label: string; spend: SpendRow }>();
  const put = (key: string, label: string, spend: SpendRow) =>
    rows.set(key, { label, spend: addSpend(rows.get(key)?.spend ?? nothing, spend) });
  for (const row of calls) {
    if (group !== 'day') put(String(row.key), row.label, row);
    else {
      const day = dayText(toDay(Number(row.key) * quarterHourMs));
      put(day, day, row);
    }
  }
  for (const usage of embedded) {
    const key = { day: usage.day, model: usage.modelId, project: '', purpose: embeddingPurpose }[group];
    put(key, key, embeddingSpend(usage));
  }
  const made = [...rows].map(([key, { label, spend }]): CostRow => ({ key, label, ...toSpend(spend) }));
  if (group === 'day') return made.toSorted((one, other) => (one.key < other.key ? 1 : -1));
  return made.toSorted((one, other) => other.cost_usd - one.cost_usd || other.calls - one.calls);
}

function embeddingSpend({ requests, tokens, costMicros }: UsageRow): SpendRow {
  return { ...nothing, calls: requests, input_tokens: tokens, cost_micros: costMicros };
}
