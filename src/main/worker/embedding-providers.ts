import { EmbeddingError } from '../embed/embedding-error.ts';
import { createEndpointProvider, type EndpointOptions } from '../embed/endpoint/endpoint-provider.ts';
import type { EmbeddingProvider } from '../embed/provider.ts';
import type { SecretStore } from '../embed/secret-store.ts';
import type { EmbeddingSettings } from '../../shared/embedding-views.ts';
import { createEndpointKeys, KeyError } from './endpoint-keys.ts';

export interface Usage {
  modelId: string;
  requests: number;
  tokens: number;
  costMicros: number;
}

export interface ProviderParts {
  secrets: SecretStore;
  env: Readonly<Record<string, string | undefined>>;
  onUsage(usage: Usage): void;
}

export type Manner = Pick<EndpointOptions, 'timeoutMs' | 'retry' | 'parse' | 'sparesTexts'> & {
  dimension?: number | null;
};

/** Makes a provider of an endpoint's settings; `key` is tried instead of the kept one. Rejects with `EmbeddingError` NO_KEY or REFUSED. */
export function createProviderFactory({ onUsage, ...parts }: ProviderParts) {
  const keys = createEndpointKeys('embedding', parts);

  return async (settings: EmbeddingSettings, manner: Manner, key?: string): Promise<EmbeddingProvider> => {
    const model = settings.model ?? '';
    const provider = createEndpointProvider({
      baseUrl: settings.base_url ?? '',
      model,
      dimension: settings.dimension,
      asksDimension: settings.dimension !== null,
      key: await keys.read(settings, settings.base_url ?? '', key).catch(asEmbeddingError),
      ...manner,
      onUsage({ requests, tokens }) {
        // A price per million tokens in dollars is one per token in millionths.
        const costMicros = Math.round(tokens * (settings.price_per_million_tokens ?? 0));
        onUsage({ modelId: provider.modelId, requests, tokens, costMicros });
      },
    });
    return provider;
  };
}

function asEmbeddingError(error: unknown): never {
  throw error instanceof KeyError ? new EmbeddingError(error.code, error.message) : error;
}

export type ProviderFactory = ReturnType<typeof createProviderFactory>;
