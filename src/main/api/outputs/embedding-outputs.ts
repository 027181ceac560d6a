import { z } from 'zod';
import {
  type EmbeddingProgress,
  type EmbeddingSettings,
  type EmbeddingStatus,
  embeddingKinds,
  embeddingProblems,
} from '../../../shared/embedding-views.ts';
import { isoTime, shapeOf } from './shape.ts';

export const embeddingSettingsOutput = shapeOf<EmbeddingSettings>()(
  'EmbeddingSettings',
  z.object({
    kind: z.enum(embeddingKinds),
    base_url: z.string().nullable(),
    model: z.string().nullable(),
    dimension: z.int().nullable(),
    key_source: z.enum(['none', 'environment', 'keychain']),
    key_variable: z.string().nullable(),
    price_per_million_tokens: z.number().nullable(),
  }),
);

export const embeddingProgressOutput = shapeOf<EmbeddingProgress>()(
  'EmbeddingProgress',
  z.object({
    model_id: z.string(),
    dimension: z.int(),
    done: z.int(),
    total: z.int(),
  }),
);

export const embeddingStatusOutput = shapeOf<EmbeddingStatus>()(
  'EmbeddingStatus',
  z.object({
    settings: embeddingSettingsOutput,
    keychain: z.boolean(),
    state: z.enum(['off', 'idle', 'indexing', 'paused', 'failing']),
    active: z
      .object({
        model_id: z.string(),
        dimension: z.int(),
        vectors: z.int(),
      })
      .nullable(),
    progress: embeddingProgressOutput.nullable(),
    problem: z
      .object({
        code: z.enum(embeddingProblems),
        message: z.string(),
        at: isoTime,
      })
      .nullable(),
    backend: z.enum(['sqlite-vec', 'table']),
    usage: z.object({ requests: z.int(), tokens: z.number(), cost_usd: z.number() }),
  }),
);

export const embeddingTestOutput = z.object({ dimension: z.int(), took_ms: z.number() });
