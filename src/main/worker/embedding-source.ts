import { EmbeddingError } from '../embed/embedding-error.ts';
import type { MadeVector, VectorBatch, VectorSource } from '../embed/embedding-job.ts';
import { patiently } from '../embed/endpoint/endpoint-provider.ts';
import type { ParsedAnswer } from '../embed/endpoint/parse-answer.ts';
import type { EmbeddingProvider } from '../embed/provider.ts';
import { embeddingProblems, type EmbeddingSettings } from '../../shared/embedding-views.ts';
import { staticDimension } from '../embed/static/static-model.ts';
import type { ProviderFactory } from './embedding-providers.ts';
import { ReaderError, type Reader } from './reader-pool.ts';

/** Rows in one commit: some milliseconds of the writer, which hooks can bear. */
const builtinRows = 64;
/** Fewer, because local models on a processor take a second for some. */
const endpointRows = 32;
/** Local models on a slow processor need their time. */
const batchTimeoutMs = 120_000;

export interface SourceParts {
  settings: EmbeddingSettings;
  intake: Reader;
  createProvider: ProviderFactory;
}

/** Vectors for the job: the built-in model in the intake thread; an endpoint from here, its answers parsed in that thread. */
export function createVectorSource({ settings, intake, createProvider }: SourceParts): VectorSource {
  let known: { provider: EmbeddingProvider; dimension: number | null } | null = null;

  async function providerFor(dimension: number | null): Promise<EmbeddingProvider> {
    if (known?.dimension === dimension) return known.provider;
    const provider = await createProvider(settings, {
      timeoutMs: batchTimeoutMs,
      retry: patiently,
      dimension,
      sparesTexts: true,
      parse(body, expected): Promise<ParsedAnswer> {
        const memory = body.buffer instanceof ArrayBuffer && body.byteLength === body.buffer.byteLength;
        return asEmbeddingError(intake.move(memory ? [body.buffer] : [], 'parseEmbeddings', { body, expected }));
      },
    });
    known = { provider, dimension };
    return provider;
  }

  return async ({ pk: modelPk, dimension }, signal): Promise<VectorBatch> => {
    if (settings.kind === 'builtin') {
      const request = { modelPk, limit: builtinRows, dimension: dimension ?? staticDimension };
      return asEmbeddingError(intake.call('embeddingBatch', request));
    }
    const { changed, unchanged, more } = await intake.call('embeddingTexts', { modelPk, limit: endpointRows });
    if (changed.length === 0) return { made: [], unchanged, dimension: null, more };
    const provider = await providerFor(dimension);
    const vectors = await provider.embed(
      changed.map(({ text }) => text),
      signal,
    );
    const made = changed.map(({ pk, revision, contentHash }, at): MadeVector => ({
      pk,
      revision,
      contentHash,
      vector: vectors[at] ?? null,
    }));
    return { made, unchanged, dimension: provider.dimension, more };
  };
}

/** An error that came from the thread, as what it was there. */
async function asEmbeddingError<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const code = error instanceof ReaderError ? embeddingProblems.find((known) => known === error.code) : undefined;
    throw code === undefined || !(error instanceof Error) ? error : new EmbeddingError(code, error.message);
  }
}
