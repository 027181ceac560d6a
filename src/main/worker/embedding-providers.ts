import { createHash } from 'node:crypto';
import { EmbeddingError } from '../embed/embedding-error.ts';
import { createEndpointProvider, type EndpointOptions } from '../embed/endpoint/endpoint-provider.ts';
import type { EmbeddingProvider } from '../embed/provider.ts';
import type { SecretStore } from '../embed/secret-store.ts';
import { sendableKey, type EmbeddingSettings } from '../../shared/embedding-views.ts';

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

/** Where the key for this endpoint lies in the keychain: each endpoint has its own, so that none is sent another's. */
export function secretName(settings: EmbeddingSettings): string {
  const origin = URL.parse(settings.base_url ?? '')?.origin ?? '';
  return `embedding-${createHash('sha256').update(origin).digest('hex').slice(0, 16)}`;
}

/** Makes a provider of an endpoint's settings; `key` is tried instead of the kept one. Rejects with `EmbeddingError` NO_KEY or REFUSED. */
export function createProviderFactory({ secrets, env, onUsage }: ProviderParts) {
  async function keyOf(settings: EmbeddingSettings): Promise<string | null> {
    if (settings.key_source === 'none') return null;
    if (settings.key_source === 'environment') {
      const name = settings.key_variable ?? '';
      const value = env[name]?.trim();
      if (value) return value;
      throw new EmbeddingError('NO_KEY', `The environment variable ${name} is not set where the memory was started.`);
    }
    const kept = (await secrets.get(secretName(settings)).catch(unreadable))?.trim();
    if (kept) return kept;
    throw new EmbeddingError('NO_KEY', 'The keychain holds none for this endpoint.');
  }

  return async (settings: EmbeddingSettings, manner: Manner, key?: string): Promise<EmbeddingProvider> => {
    const model = settings.model ?? '';
    const provider = createEndpointProvider({
      baseUrl: settings.base_url ?? '',
      model,
      dimension: settings.dimension,
      asksDimension: settings.dimension !== null,
      key: sendable(key?.trim() || (await keyOf(settings))),
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

function unreadable(error: unknown): never {
  throw new EmbeddingError('NO_KEY', `The file of keys cannot be read${codeOf(error)}.`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
}

/** A key with other characters never leaves here, and would look like an endpoint that cannot be reached. */
function sendable(key: string | null): string | null {
  if (key === null || sendableKey.test(key)) return key;
  throw new EmbeddingError('REFUSED', 'The key has characters that cannot be sent in a header; copy it again.');
}

export type ProviderFactory = ReturnType<typeof createProviderFactory>;
