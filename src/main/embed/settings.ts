import { z } from 'zod';
import { embeddingKinds, type EmbeddingSettings } from '../../shared/embedding-views.ts';
import { endpointModelId } from './endpoint/endpoint-provider.ts';
import { staticDimension, staticDimensions, staticModelId } from './static/static-model.ts';

export const defaultEmbeddingSettings: EmbeddingSettings = {
  kind: 'builtin',
  base_url: null,
  model: null,
  dimension: null,
  key_source: 'none',
  key_variable: null,
  price_per_million_tokens: null,
};

/** A model as settings name it. */
export interface WantedModel {
  modelId: string;
  /** Null as long as the endpoint has not told it. */
  dimension: number | null;
}

const stored = z.object({
  kind: z.enum(embeddingKinds),
  base_url: z.string().nullable(),
  model: z.string().nullable(),
  dimension: z.number().int().positive().nullable(),
  key_source: z.enum(['none', 'environment', 'keychain']),
  key_variable: z.string().nullable(),
  price_per_million_tokens: z.number().nullable(),
}) satisfies z.ZodType<EmbeddingSettings>;

/** Settings as they were stored; null when there are none, or of a version that meant something else. */
export function readEmbeddingSettings(value: unknown): EmbeddingSettings | null {
  const parsed = stored.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Null when no vectors are wanted. */
export function wantedModel(settings: EmbeddingSettings): WantedModel | null {
  const { kind, base_url: baseUrl, model, dimension } = settings;
  if (kind === 'builtin') return { modelId: staticModelId, dimension: dimension ?? staticDimension };
  if (kind === 'none' || baseUrl === null || model === null) return null;
  return { modelId: endpointModelId(baseUrl, model), dimension };
}

/** A sentence that says what cannot work, or null. */
export function faultIn(settings: EmbeddingSettings): string | null {
  const { kind, base_url: baseUrl, dimension } = settings;
  if (kind === 'builtin' && dimension !== null && !staticDimensions.includes(dimension)) {
    return `The built-in model has ${staticDimensions.join(', ')} dimensions.`;
  }
  if (kind !== 'endpoint') return null;
  return faultInBaseUrl(baseUrl ?? '');
}

/** A sentence that says what is wrong with the address of an endpoint, or null. */
export function faultInBaseUrl(baseUrl: string): string | null {
  const url = URL.parse(baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'The base URL begins with http:// or https://.';
  if (url.username !== '' || url.password !== '') {
    return 'The base URL holds a name or password; keep the key in the keychain or in an environment variable instead.';
  }
  return url.search !== '' || url.hash !== '' ? 'The base URL ends before any ? or #.' : null;
}
