import { z } from 'zod';
import { failureClasses } from '../../../shared/job-views.ts';
import {
  type ModelSettings,
  type ModelStatus,
  type ModelTest,
  modelKinds,
  modelStates,
  modelTiers,
} from '../../../shared/model-views.ts';
import { isoTime, shapeOf } from './shape.ts';

export const modelSettingsOutput = shapeOf<ModelSettings>()(
  'ModelSettings',
  z.object({
    kind: z.enum(modelKinds),
    base_url: z.string().nullable(),
    models: z.object({ small: z.string().nullable(), large: z.string().nullable() }),
    key_source: z.enum(['none', 'environment', 'keychain']),
    key_variable: z.string().nullable(),
    cli_path: z.string().nullable(),
    mode: z.string(),
    input_budget_tokens: z.number(),
    use_for: z.object({
      turns: z.boolean(),
      sessions: z.boolean(),
      weeks: z.boolean(),
      learnings: z.boolean(),
      graph: z.boolean(),
      ask: z.boolean(),
    }),
  }),
);

export const modelStatusOutput = shapeOf<ModelStatus>()(
  'ModelStatus',
  z.object({
    settings: modelSettingsOutput,
    keychain: z.boolean(),
    modes: z.array(z.object({ name: z.string(), title: z.string() })),
    mode_problems: z.array(z.string()),
    default_models: z.record(z.enum(['anthropic', 'claude-cli']), z.record(z.enum(modelTiers), z.string())),
    claude_path: z.string().nullable(),
    state: z.enum(modelStates),
    problem: z
      .object({
        class: z.enum(failureClasses),
        message: z.string(),
        at: isoTime,
      })
      .nullable(),
  }),
);

export const modelTestOutput = shapeOf<ModelTest>()(
  'ModelTest',
  z.object({
    model: z.string(),
    took_ms: z.number(),
    answer: z.string(),
    cost_usd: z.number().nullable(),
  }),
);
