import { z } from 'zod';
import {
  type CostCaps,
  type CostEstimate,
  type CostOverview,
  type CostRow,
  type ModelCallView,
  type PriceView,
  type SpendView,
  costGroups,
} from '../../../shared/cost-views.ts';
import { modelPurposes } from '../../../shared/model-views.ts';
import { jobFailureOutput } from './job-outputs.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const priceOutput = shapeOf<PriceView>()(
  'Price',
  z.object({
    model: z.string(),
    input: z.number(),
    output: z.number(),
    cache_read: z.number(),
    cache_write: z.number(),
    edited: z.boolean(),
  }),
);

export const costCapsOutput = shapeOf<CostCaps>()(
  'CostCaps',
  z.object({
    day_usd: z.number().nullable(),
    month_usd: z.number().nullable(),
  }),
);

export const spendOutput = shapeOf<SpendView>()(
  'Spend',
  z.object({
    calls: z.int(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_tokens: z.number(),
    cache_write_tokens: z.number(),
    cost_usd: z.number(),
    saved_usd: z.number(),
  }),
);

export const costRowOutput = shapeOf<CostRow>()(
  'CostRow',
  spendOutput.extend({
    key: z.string(),
    label: z.string(),
  }),
);

export const costOverviewOutput = shapeOf<CostOverview>()(
  'CostOverview',
  z.object({
    today: spendOutput,
    month: spendOutput,
    total: spendOutput,
    caps: costCapsOutput,
    capped: z
      .object({
        cap: z.enum(['day', 'month']),
        until: isoTime,
        waiting_jobs: z.int(),
      })
      .nullable(),
    unpriced_models: z.array(z.string()),
    groups: z.record(z.enum(costGroups), z.array(costRowOutput)),
  }),
);

export const modelCallOutput = shapeOf<ModelCallView>()(
  'ModelCall',
  z.object({
    id: z.string(),
    purpose: z.enum(modelPurposes),
    provider: z.string(),
    model: z.string(),
    project: projectRef.nullable(),
    job_id: z.string().nullable(),
    state: z.enum(['sent', 'answered', 'failed']),
    spend: spendOutput,
    failure: jobFailureOutput.nullable(),
    started_at: isoTime,
    took_ms: z.number().nullable(),
  }),
);

export const costEstimateOutput = shapeOf<CostEstimate>()(
  'CostEstimate',
  z.object({
    sessions: z.int(),
    calls: z.int(),
    input_tokens: z.number(),
    output_tokens: z.number(),
    cost_usd: z.number().nullable(),
    model: z.string().nullable(),
    fits_day: z.boolean(),
    fits_month: z.boolean(),
  }),
);

export const modelCallPageOutput = pageOf(modelCallOutput);

export const pricesOutput = z.array(priceOutput);
