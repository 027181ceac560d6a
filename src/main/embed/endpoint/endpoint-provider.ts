import type { EmbeddingProvider } from '../provider.ts';
import { parseAnswer, type Expected, type ParsedAnswer } from './parse-answer.ts';
import { postTexts } from './post-texts.ts';
import { RequestFailure } from './request-failure.ts';
import { waitFor, withRetry, type RetryRule, type Wait } from './retry.ts';

export interface EndpointOptions {
  /** Up to and without `/embeddings`. */
  baseUrl: string;
  model: string;
  /** Known from earlier vectors or from `asked`; null takes what the first answer has. */
  dimension: number | null;
  /** Sent along: only models that can be cut take it. */
  asksDimension: boolean;
  key: string | null;
  timeoutMs: number;
  retry: RetryRule;
  onUsage(usage: { requests: number; tokens: number }): void;
  /** Where the answer is parsed; in another thread, where this one must not stand still. */
  parse?: (body: Uint8Array, expected: Expected) => Promise<ParsedAnswer> | ParsedAnswer;
  /** Replaced by tests. */
  wait?: Wait;
  random?: () => number;
}

/** For the background: patient. */
export const patiently: RetryRule = { attempts: 4, firstPauseMs: 500, longestPauseMs: 20_000 };
/** For a search, which answers without vectors rather than wait. */
export const once: RetryRule = { attempts: 1, firstPauseMs: 0, longestPauseMs: 0 };

/** In one request; local models take about this many at once, and more gains little. */
const mostTexts = 64;
const mostCharacters = 48_000;
/** A text that a model finds too long is halved down to this. */
const shortestText = 250;

/** Says which model made a vector: the same name at another place may be another model. */
export function endpointModelId(baseUrl: string, model: string): string {
  return `${model}@${URL.parse(baseUrl)?.host ?? baseUrl}`;
}

/** Vectors from an OpenAI-compatible endpoint: one request at a time, its failures as `EmbeddingError`. */
export function createEndpointProvider(options: EndpointOptions): EmbeddingProvider {
  const url = new URL(`${options.baseUrl.replace(/\/+$/, '').replace(/\/embeddings$/, '')}/embeddings`);
  const parse = options.parse ?? parseAnswer;
  const wait = options.wait ?? waitFor;
  const random = options.random ?? Math.random;
  let { dimension } = options;
  let last: Promise<unknown> = Promise.resolve();

  async function request(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const asked = options.asksDimension && dimension !== null ? { dimensions: dimension } : {};
    const body = JSON.stringify({ model: options.model, input: texts, ...asked });
    const bytes = await postTexts({ url, key: options.key, body, timeoutMs: options.timeoutMs }, signal);
    const { vectors, tokens } = await parse(bytes, { count: texts.length, dimension });
    options.onUsage({ requests: 1, tokens });
    dimension ??= vectors[0]?.length ?? null;
    return vectors;
  }

  async function embedBatch(texts: readonly string[], rule: RetryRule, signal: AbortSignal): Promise<Float32Array[]> {
    try {
      return await withRetry(() => request(texts, signal), rule, { wait, random, signal });
    } catch (error) {
      if (!(error instanceof RequestFailure) || !error.mayBeTooLarge) throw error;
      // One text that is too long must not hold up all others for ever.
      const [single = ''] = texts;
      if (texts.length === 1) {
        if (single.length < shortestText * 2) throw error;
        return await embedBatch([single.slice(0, single.length / 2).toWellFormed()], once, signal);
      }
      const middle = Math.ceil(texts.length / 2);
      const first = await embedBatch(texts.slice(0, middle), once, signal);
      return [...first, ...(await embedBatch(texts.slice(middle), once, signal))];
    }
  }

  async function embedAll(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const batch of batchesOf(texts)) {
      signal.throwIfAborted();
      vectors.push(...(await embedBatch(batch, options.retry, signal)));
    }
    return vectors;
  }

  return {
    modelId: endpointModelId(options.baseUrl, options.model),
    get dimension() {
      return dimension;
    },
    embed(texts, signal) {
      const result = last.then(() => embedAll(texts, signal));
      last = result.catch(() => undefined);
      return result;
    },
  };
}

/** In order, each within the limits of one request. */
export function batchesOf(texts: readonly string[]): string[][] {
  const batches: string[][] = [];
  let characters = Infinity;
  for (const text of texts) {
    const current = batches.at(-1);
    characters += text.length;
    if (current !== undefined && current.length < mostTexts && characters <= mostCharacters) {
      current.push(text);
      continue;
    }
    batches.push([text]);
    characters = text.length;
  }
  return batches;
}
