import { EmbeddingError } from '../embed/embedding-error.ts';
import { once } from '../embed/endpoint/endpoint-provider.ts';
import type { StoredModel } from '../embed/embedding-job.ts';
import type { EmbeddingProvider } from '../embed/provider.ts';
import { longestEmbeddedText, type QueryVector } from '../embed/query-vector.ts';
import { staticModelId } from '../embed/static/static-model.ts';
import type { EmbeddingSettings } from '../../shared/embedding-views.ts';
import type { ProviderFactory } from './embedding-providers.ts';

export interface QueryEmbedder {
  /** Null when the endpoint did not answer in time or not as it should. */
  vector(text: string, model: StoredModel, settings: EmbeddingSettings): Promise<QueryVector | null>;
  /** Drops what is known of the endpoint, after its settings were changed. */
  reset(): void;
}

export interface QueryEmbedderParts {
  createProvider: ProviderFactory;
  onAnswer(): void;
  onProblem(problem: EmbeddingError): void;
}

/** A search that waits longer has answered with words already. */
const queryTimeoutMs = 1_500;
/** After a failure, searches do without for so long, instead of each waiting for its own. */
const restAfterFailureMs = 5_000;
const mostRemembered = 200;

/** Vectors of queries: of the built-in model in the searching thread, else from the endpoint, which is asked once for a text. */
export function createQueryEmbedder({ createProvider, onAnswer, onProblem }: QueryEmbedderParts): QueryEmbedder {
  /** Oldest use first; what is on its way is in here too. */
  const remembered = new Map<string, Promise<Float32Array>>();
  let provider: Promise<EmbeddingProvider> | null = null;
  let failedAt = -Infinity;

  async function ask(text: string, model: StoredModel, settings: EmbeddingSettings): Promise<Float32Array> {
    // Counted from here: a query behind a slow one waits no longer than another.
    const signal = AbortSignal.timeout(queryTimeoutMs);
    provider ??= createProvider(settings, { timeoutMs: queryTimeoutMs, retry: once, dimension: model.dimension });
    const asked = provider.then((endpoint) => endpoint.embed([text], signal));
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(
          new EmbeddingError('TIMEOUT', `The endpoint did not answer a search within ${queryTimeoutMs / 1_000} s.`),
        );
      });
    });
    const [vector] = await Promise.race([asked, late]);
    if (vector === undefined) throw new EmbeddingError('BAD_ANSWER', 'The endpoint answered no vector.');
    return vector;
  }

  function remember(key: string, vector: Promise<Float32Array>): Promise<Float32Array> {
    remembered.delete(key);
    remembered.set(key, vector);
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    return vector;
  }

  return {
    async vector(text, model, settings) {
      const place = { modelPk: model.pk, modelId: model.modelId, dimension: model.dimension };
      if (model.modelId === staticModelId) return { ...place, vector: null };
      const cut = text.slice(0, longestEmbeddedText).trim();
      // As the built-in model answers a text in which there is nothing.
      if (cut === '') return { ...place, vector: new Float32Array(model.dimension) };
      const key = `${model.pk} ${cut}`;
      const known = remembered.get(key);
      if (known === undefined && performance.now() - failedAt < restAfterFailureMs) return null;
      try {
        const vector = await remember(key, known ?? ask(cut, model, settings));
        if (known === undefined) onAnswer();
        return { ...place, vector };
      } catch (error) {
        remembered.delete(key);
        provider = null;
        failedAt = performance.now();
        onProblem(toEmbeddingError(error));
        return null;
      }
    },
    reset() {
      remembered.clear();
      provider = null;
      failedAt = -Infinity;
    },
  };
}

function toEmbeddingError(error: unknown): EmbeddingError {
  if (error instanceof EmbeddingError) return error;
  // The abort of a query that came too late.
  return new EmbeddingError('TIMEOUT', `The endpoint did not answer a search within ${queryTimeoutMs / 1_000} s.`);
}
