import { EmbeddingError } from '../embedding-error.ts';
import type { EmbeddingProvider } from '../provider.ts';
import { parseAnswer, type Expected, type ParsedAnswer } from './parse-answer.ts';
import { postTexts } from './post-texts.ts';
import { RequestFailure } from './request-failure.ts';
import { waitFor, withRetry, type RetryRule, type Wait } from './retry.ts';

type Vectors = (Float32Array | null)[];

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
  /** Whether a text that the endpoint fails at, and only at it, has no vector instead of failing all. */
  sparesTexts?: boolean;
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

/** Every model has a vector for it; asked when others have none, to tell a bad text from a bad endpoint. */
const harmlessText = 'The table was locked.';

/** A number with its comma and indentation; what else is in an answer; what no server exceeds for a text. */
const bytesPerNumber = 32;
const bytesAround = 64 * 1024;
const leastBound = 1024 * 1024;
const usualLongestDimension = 4_096;

/** Bytes that an honest answer does not exceed; `dimension` is null when it is not known. */
export function mostAnswerBytes(count: number, dimension: number | null): number {
  return Math.max(count * (dimension ?? usualLongestDimension) * bytesPerNumber + bytesAround, leastBound);
}

/** Up to and without `/embeddings`, however it was pasted. */
function plainBaseUrl(baseUrl: string): string {
  return baseUrl
    .replace(/\/+$/, '')
    .replace(/\/embeddings$/, '')
    .replace(/\/+$/, '');
}

/** Says which model made a vector: the same name at another place may be another model. */
export function endpointModelId(baseUrl: string, model: string): string {
  const url = URL.parse(plainBaseUrl(baseUrl));
  return `${model}@${url === null ? baseUrl : plainBaseUrl(url.origin + url.pathname)}`;
}

/** Vectors from an OpenAI-compatible endpoint, its failures as `EmbeddingError`. */
export function createEndpointProvider(options: EndpointOptions): EmbeddingProvider {
  const url = new URL(`${plainBaseUrl(options.baseUrl)}/embeddings`);
  const parse = options.parse ?? parseAnswer;
  const wait = options.wait ?? waitFor;
  const random = options.random ?? Math.random;
  let { dimension } = options;
  /** Before a row goes without its vector for good, a passing failure has had its time to pass. */
  const ruleOfOne = options.sparesTexts ? options.retry : once;

  async function request(texts: readonly string[], signal: AbortSignal): Promise<Vectors> {
    const asked = options.asksDimension && dimension !== null ? { dimensions: dimension } : {};
    const body = JSON.stringify({ model: options.model, input: texts, ...asked });
    const { key, timeoutMs } = options;
    const mostBytes = mostAnswerBytes(texts.length, dimension);
    const bytes = await postTexts({ url, key, body, timeoutMs, mostAnswerBytes: mostBytes }, signal);
    const { vectors, tokens } = await parse(bytes, { count: texts.length, dimension });
    options.onUsage({ requests: 1, tokens });
    dimension ??= vectors.find((vector) => vector !== null)?.length ?? null;
    return vectors;
  }

  async function isWell(signal: AbortSignal): Promise<boolean> {
    try {
      const [vector] = await request([harmlessText], signal);
      return vector !== null;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof EmbeddingError) return false;
      throw error;
    }
  }

  async function embedBatch(texts: readonly string[], rule: RetryRule, signal: AbortSignal): Promise<Vectors> {
    try {
      const vectors = await withRetry(() => request(texts, signal), rule, { wait, random, signal });
      const areAllZeros = vectors.length > 0 && vectors.every((vector) => vector === null);
      if (!areAllZeros || !options.sparesTexts || (await isWell(signal))) return vectors;
    } catch (error) {
      return spare(texts, error, signal);
    }
    throw new EmbeddingError('BAD_ANSWER', 'The endpoint answers vectors of zeros.');
  }

  /** One text that is too long, or that the endpoint stumbles over, must not hold up all others for ever. */
  async function spare(texts: readonly string[], error: unknown, signal: AbortSignal): Promise<Vectors> {
    const isTooLarge = error instanceof RequestFailure && error.mayBeTooLarge;
    if (!isTooLarge && !(options.sparesTexts && mayBeOfText(error))) throw error;
    // Asked each time: an endpoint that goes away meanwhile must not leave all rows without their vectors.
    if (options.sparesTexts && !(await isWell(signal))) throw error;
    const [single = ''] = texts;
    if (texts.length === 1) {
      if (isTooLarge && single.length >= shortestText * 2) {
        const half = single.slice(0, single.length / 2).toWellFormed();
        return embedBatch([half], half.length < shortestText * 2 ? ruleOfOne : once, signal);
      }
      if (!options.sparesTexts) throw error;
      return [null];
    }
    const middle = Math.ceil(texts.length / 2);
    const halves = [texts.slice(0, middle), texts.slice(middle)];
    const vectors: Vectors = [];
    for (const half of halves) vectors.push(...(await embedBatch(half, half.length === 1 ? ruleOfOne : once, signal)));
    return vectors;
  }

  async function embed(texts: readonly string[], signal: AbortSignal): Promise<Vectors> {
    const vectors: Vectors = [];
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
    embed,
  };
}

/** Whether it may be a text at which the endpoint fails, and not the endpoint itself. */
function mayBeOfText(error: unknown): boolean {
  return error instanceof EmbeddingError && (error.code === 'BAD_ANSWER' || error.code === 'SERVER_ERROR');
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
