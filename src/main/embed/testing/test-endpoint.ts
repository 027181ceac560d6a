import { createEndpointProvider, type EndpointOptions } from '../endpoint/endpoint-provider.ts';
import type { EmbeddingProvider } from '../provider.ts';
import { EmbeddingError } from '../embedding-error.ts';
import { startEmbeddingServer, vectorOf, type EmbeddingServer } from './embedding-server.ts';

export interface TestEndpoint {
  server: EmbeddingServer;
  /** Of all tries, in milliseconds; told, not spent. */
  pauses: number[];
  usage: { requests: number; tokens: number };
  provider(options?: Partial<EndpointOptions>): EmbeddingProvider;
}

export const testKey = 'sk-this-is-the-key';

/** A server of 8 dimensions and providers that ask it. */
export async function testEndpoint(): Promise<TestEndpoint> {
  const server = await startEmbeddingServer(8);
  const pauses: number[] = [];
  const usage = { requests: 0, tokens: 0 };
  return {
    server,
    pauses,
    usage,
    provider: (options = {}) =>
      createEndpointProvider({
        baseUrl: server.baseUrl,
        model: 'small',
        dimension: null,
        asksDimension: false,
        key: testKey,
        timeoutMs: 5_000,
        retry: { attempts: 3, firstPauseMs: 100, longestPauseMs: 10_000 },
        onUsage({ requests, tokens }) {
          usage.requests += requests;
          usage.tokens += tokens;
        },
        wait(ms) {
          pauses.push(ms);
          return Promise.resolve();
        },
        random: () => 1,
        ...options,
      }),
  };
}

/** What an `embed` fails with. */
export async function failureOf(embedding: Promise<unknown>): Promise<EmbeddingError> {
  const failure: unknown = await embedding.then(
    () => new Error('It did not fail.'),
    (error: unknown) => error,
  );
  if (failure instanceof EmbeddingError) return failure;
  throw failure;
}

/** Whether a vector has the direction of the one that the server made of the text. */
export function isOf(vector: Float32Array | null | undefined, text: string): boolean {
  const other = vectorOf(text, 8);
  return vector?.length === 8 && cosine(vector, other) > 0.9999;
}

function cosine(a: Float32Array, b: readonly number[]): number {
  const norm = Math.hypot(...b);
  return a.reduce((sum, value, at) => sum + (value * (b[at] ?? 0)) / norm, 0);
}
