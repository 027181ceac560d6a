import { z } from 'zod';
import { modelKinds, type ModelSettings } from '../../shared/model-views.ts';

/** Nothing is asked of any model until a person chooses one. */
export const defaultModelSettings: ModelSettings = {
  kind: 'none',
  base_url: null,
  models: { small: null, large: null },
  key_source: 'none',
  key_variable: null,
  cli_path: null,
  mode: 'coding',
  input_budget_tokens: 12_000,
  use_for: { turns: false, sessions: true, weeks: true, learnings: true, graph: false, ask: true },
};

const name = z.string().nullable();
const stored = z.object({
  kind: z.enum(modelKinds),
  base_url: name,
  models: z.object({ small: name, large: name }),
  key_source: z.enum(['none', 'environment', 'keychain']),
  key_variable: name,
  cli_path: name,
  mode: z.string(),
  input_budget_tokens: z.number().int().positive(),
  use_for: z.object({
    turns: z.boolean(),
    sessions: z.boolean(),
    weeks: z.boolean(),
    learnings: z.boolean(),
    graph: z.boolean(),
    ask: z.boolean(),
  }),
}) satisfies z.ZodType<ModelSettings>;

/** Settings as they were stored; the usual ones when there are none, or of a version that meant something else. */
export function readModelSettings(value: unknown): ModelSettings {
  const parsed = stored.safeParse(value);
  return parsed.success ? parsed.data : defaultModelSettings;
}
