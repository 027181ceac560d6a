import type { ModelPurpose } from './model-views.ts';
import type { JobFailure } from './job-views.ts';
import type { ProjectRef } from './views.ts';

/** What models cost, in US dollars. */

export interface PriceView {
  /** A model's name, or its beginning followed by `*`. */
  model: string;
  /** US dollars for a million tokens. */
  input: number;
  output: number;
  cache_read: number;
  cache_write: number;
  /** A person's own price, which goes before the list's. */
  edited: boolean;
}

export interface CostCaps {
  /** US dollars; null: no cap. */
  day_usd: number | null;
  month_usd: number | null;
}

export interface SpendView {
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cache_read_tokens: number;
  cache_write_tokens: number;
  cost_usd: number;
  /** What reading from the cache was cheaper than sending anew. */
  saved_usd: number;
}

export interface CostRow extends SpendView {
  /** A day as YYYY-MM-DD in the worker's time zone, a model, a project's id, or a purpose; by what was asked. */
  key: string;
  label: string;
}

export const costGroups = ['day', 'model', 'project', 'purpose'] as const;
export type CostGroup = (typeof costGroups)[number];

export interface CostOverview {
  today: SpendView;
  month: SpendView;
  total: SpendView;
  caps: CostCaps;
  /** Which cap keeps paid work waiting, until when; null while there is money. */
  capped: { cap: 'day' | 'month'; until: string; waiting_jobs: number } | null;
  /** Models that were used without a known price; paid work for them waits. */
  unpriced_models: string[];
  groups: Record<CostGroup, CostRow[]>;
}

/** One call to a model. */
export interface ModelCallView {
  id: string;
  purpose: ModelPurpose;
  provider: string;
  model: string;
  project: ProjectRef | null;
  job_id: string | null;
  state: 'sent' | 'answered' | 'failed';
  spend: SpendView;
  failure: JobFailure | null;
  started_at: string;
  took_ms: number | null;
}

export interface CostEstimate {
  /** How many things a model would be asked about, and how many calls that makes. */
  sessions: number;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  /** Null when the model's price is not known; 0 without a provider. */
  cost_usd: number | null;
  model: string | null;
  /** In words of the caps: whether it fits into what is left of the day and the month. */
  fits_day: boolean;
  fits_month: boolean;
}
