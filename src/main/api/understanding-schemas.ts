import { z } from 'zod';
import { keyVariable, sendableKey } from '../../shared/embedding-views.ts';
import { entityKinds, relationTypes } from '../../shared/graph-views.ts';
import { jobKinds, jobStates } from '../../shared/job-views.ts';
import { modelKinds, modelTiers } from '../../shared/model-views.ts';
import { summaryScopes } from '../../shared/summary-views.ts';
import { isoTime } from './time-schema.ts';

const id = z.string().min(1).max(200);
const ids = z.array(id).min(1).max(500);
const limit = z.number().int().min(1).max(200).default(50);
const cursor = z.string().max(500).optional();
const dollars = z.number().min(0).max(100_000).nullable();

export const jobListInput = z.object({
  states: z.array(z.enum(jobStates)).optional(),
  kinds: z.array(z.enum(jobKinds)).optional(),
  project_id: id.optional(),
  session_id: id.optional(),
  cursor,
  limit,
});
export const jobEnqueueInput = z.object({
  kind: z.enum(jobKinds),
  project_id: id.optional(),
  session_id: id.optional(),
});
export const jobKindInput = z.object({ kind: z.enum(jobKinds).nullable() });
export const jobPauseInput = jobKindInput.extend({ paused: z.boolean() });
export const jobConcurrencyInput = z.object({
  kind: z.enum(jobKinds),
  concurrency: z.number().int().min(1).max(8),
});
export const jobScheduleInput = z.object({
  kind: z.enum(jobKinds),
  cron: z.string().trim().min(1).max(100),
  enabled: z.boolean(),
});

export const modelSettings = z
  .object({
    kind: z.enum(modelKinds),
    base_url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable()
      .default(null),
    models: z.object({
      small: z.string().trim().min(1).max(200).nullable().default(null),
      large: z.string().trim().min(1).max(200).nullable().default(null),
    }),
    key_source: z.enum(['none', 'environment', 'keychain']).default('none'),
    key_variable: z
      .string()
      .regex(keyVariable, {
        error: 'The name of the variable ends in _API_KEY or _TOKEN or begins with CLAUDE_MEM_; no other one is sent.',
      })
      .max(100)
      .nullable()
      .default(null),
    cli_path: z.string().trim().min(1).max(1_000).nullable().default(null),
    mode: z.string().trim().min(1).max(100).default('coding'),
    input_budget_tokens: z.number().int().min(1_000).max(200_000).default(12_000),
    use_for: z
      .object({
        turns: z.boolean().default(false),
        sessions: z.boolean().default(true),
        weeks: z.boolean().default(true),
        learnings: z.boolean().default(true),
        graph: z.boolean().default(false),
        ask: z.boolean().default(true),
      })
      .prefault({}),
  })
  .refine((settings) => settings.kind !== 'openai' || settings.base_url !== null, {
    error: 'An OpenAI-compatible endpoint needs its base URL.',
    path: ['base_url'],
  })
  // Anthropic's own models are known by name, those of an endpoint are not.
  .refine(
    ({ kind, models, base_url }) =>
      !(kind === 'openai' || (kind === 'anthropic' && base_url !== null)) || models.large !== null,
    {
      error: 'Name the model that is to be asked.',
      path: ['models', 'large'],
    },
  )
  .refine((settings) => settings.key_source !== 'environment' || settings.key_variable !== null, {
    error: 'Say which environment variable holds the key.',
    path: ['key_variable'],
  });

const key = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .regex(sendableKey, { error: 'The key has characters that cannot be sent in a header; copy it again.' })
  .nullable()
  .optional();
export const modelSettingsInput = z.object({ settings: modelSettings, key });
export const modelTestInput = modelSettingsInput.extend({ tier: z.enum(modelTiers).default('large') });

export const costInput = z
  .object({ since: isoTime.optional(), until: isoTime.optional(), project_id: id.optional() })
  .default({});
export const callListInput = z.object({ job_id: id.optional(), cursor, limit });
export const capsInput = z.object({ day_usd: dollars, month_usd: dollars });
const price = z.number().min(0).max(10_000);
export const priceInput = z.object({
  model: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^*]*\*?$/, { error: 'A * stands at the end of a name only.' }),
  input: price,
  output: price,
  cache_read: price,
  cache_write: price,
});
export const modelNameInput = z.object({ model: z.string().trim().min(1).max(200) });
export const estimateInput = z.object({ project_id: id.optional(), since: isoTime.optional() }).default({});

export const summaryListInput = z.object({
  scope: z.enum(summaryScopes).optional(),
  session_id: id.optional(),
  project_id: id.optional(),
  cursor,
  limit,
});
export const regenerateInput = z
  .object({
    scope: z.enum(summaryScopes),
    session_id: id.optional(),
    prompt_id: id.optional(),
    project_id: id.optional(),
    week: z.iso.date().optional(),
    with_model: z.boolean().default(true),
  })
  .refine((input) => input.scope === 'week' || input.session_id !== undefined, {
    error: 'Say which session.',
    path: ['session_id'],
  })
  .refine((input) => input.scope !== 'turn' || input.prompt_id !== undefined, {
    error: 'Say which prompt.',
    path: ['prompt_id'],
  })
  .refine((input) => input.scope !== 'week' || input.project_id !== undefined, {
    error: 'Say which project.',
    path: ['project_id'],
  })
  .refine((input) => input.scope !== 'week' || input.week !== undefined, {
    error: 'Say which week, by its Monday.',
    path: ['week'],
  });

export const entityListInput = z.object({
  text: z.string().max(500).optional(),
  kind: z.enum(entityKinds).optional(),
  project_id: id.optional(),
  cursor,
  limit,
});
const graphLimit = z.number().int().min(1).max(500).default(100);
export const neighboursInput = z.object({
  id,
  depth: z.number().int().min(1).max(3).default(1),
  types: z.array(z.enum(relationTypes)).optional(),
  limit: graphLimit,
});
export const pathInput = z.object({ from: id, to: id });
export const graphOverviewInput = z.object({ project_id: id.optional(), limit: graphLimit });
export const rankInput = z.object({ seeds: ids, limit: z.number().int().min(1).max(100).default(20) });

const unit = z.number().min(0).max(1).nullable();
export const agingPolicyInput = z.object({
  half_life_days: z.record(z.string().min(1).max(50), z.number().min(1).max(36_500)),
  expire_proposals_after_days: z.number().int().min(1).max(3_650).nullable(),
  archive_memories_below: unit,
  delete_observations_below: unit,
  merge_above: z.number().min(0.5).max(1).nullable(),
});

export const askInput = z.object({
  question: z.string().trim().min(1, { error: 'Ask something.' }).max(4_000),
  project_id: id.optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
});
