import { redactSecrets } from '../capture/secrets.ts';
import { EmbeddingError } from '../embed/embedding-error.ts';
import { once } from '../embed/endpoint/endpoint-provider.ts';
import type { StoredModel } from '../embed/embedding-job.ts';
import type { EmbeddingProvider } from '../embed/provider.ts';
import { longestEmbeddedText, type QueryVector } from '../embed/query-vector.ts';
import { staticModelId } from '../embed/static/static-model.ts';
import type { EmbeddingSettings } from '../../shared/embedding-views.ts';
import type { ProviderFactory } from './embedding-providers.ts';
import { createNewestFirst } from './newest-first.ts';

export interface QueryEmbedder {
  /** Null when the endpoint did not answer in time or not as it should, or had no time for this text; not sent once `signal` is aborted. */
  vector(
    text: string,
    model: StoredModel,
    settings: EmbeddingSettings,
    signal?: AbortSignal,
  ): Promise<QueryVector | null>;
  /** Drops what is known of the endpoint, and what it is asked now. */
  reset(): void;
}

export interface QueryEmbedderParts {
  createProvider: ProviderFactory;
  onAnswer(): void;
  onProblem(problem: EmbeddingError): void;
  /** How long an endpoint may take, and a text may wait for its turn. */
  timeoutMs?: number;
}

/** The endpoint of one model, and its answers. */
interface Connection {
  /** The model and the settings that it was made for. */
  madeFor: string;
  provider: Promise<EmbeddingProvider> | null;
  failedAt: number;
  /** Oldest use first; what is on its way is in here too. */
  remembered: Map<string, Query>;
  gone: AbortController;
}

interface Query {
  /** Who waits for it; undefined for one that stays. */
  callers: (AbortSignal | undefined)[];
  /** Null when it was not sent. */
  vector: Promise<Float32Array | null>;
}

/** A search that waits longer has answered with words already. */
const queryTimeoutMs = 1_500;
/** After a failure, searches do without for so long, instead of each waiting for its own. */
const restAfterFailureMs = 5_000;
const mostRemembered = 200;
/** Whoever types asks faster than an endpoint answers; a local model takes so many at once. */
const limits = { atOnce: 4, mostWaiting: 8 };
/** A secret that is cut in two is not recognised: it is looked for in more than what is sent. */
const lookedThrough = 4 * longestEmbeddedText;

/** Vectors of queries: of the built-in model in the searching thread, else from the endpoint, which is asked once for a text. */
export function createQueryEmbedder(parts: QueryEmbedderParts): QueryEmbedder {
  const { createProvider, onAnswer, onProblem, timeoutMs = queryTimeoutMs } = parts;
  const takeTurns = () => createNewestFirst({ ...limits, longestWaitMs: timeoutMs });
  let current: Connection | null = null;
  let turns = takeTurns();

  function reset(): void {
    current?.gone.abort();
    current = null;
    // What still ends of the old endpoint holds up nobody.
    turns = takeTurns();
  }

  function connectionTo(model: StoredModel, settings: EmbeddingSettings): Connection {
    const madeFor = JSON.stringify([model.pk, model.dimension, settings]);
    if (current?.madeFor === madeFor) return current;
    reset();
    const gone = new AbortController();
    current = { madeFor, provider: null, failedAt: -Infinity, remembered: new Map(), gone };
    return current;
  }

  async function send(to: Connection, text: string, model: StoredModel, settings: EmbeddingSettings) {
    const { dimension } = model;
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), to.gone.signal]);
    to.provider ??= createProvider(settings, { timeoutMs, retry: once, dimension });
    const asked = to.provider.then((endpoint) => endpoint.embed([text], signal));
    // The keychain may be slow as well.
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('Too late.')));
    });
    const [vector] = await Promise.race([asked, late]);
    // As the built-in model answers a text in which there is nothing.
    return vector ?? new Float32Array(dimension);
  }

  async function ask(to: Connection, query: Query, ...about: [string, StoredModel, EmbeddingSettings]) {
    return turns.run(async () => {
      const isWanted = to === current && !isResting(to) && query.callers.some((caller) => !caller?.aborted);
      if (!isWanted) return null;
      try {
        const vector = await send(to, ...about);
        if (to === current) {
          to.failedAt = -Infinity;
          onAnswer();
        }
        return vector;
      } catch (error) {
        // Of an endpoint that was left, a failure says nothing.
        if (to === current) {
          to.provider = null;
          to.failedAt = performance.now();
          onProblem(toEmbeddingError(error, timeoutMs));
        }
        return null;
      }
    });
  }

  function remember({ remembered }: Connection, text: string, query: Query): void {
    remembered.delete(text);
    remembered.set(text, query);
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  }

  return {
    async vector(text, model, settings, signal) {
      const place = { modelPk: model.pk, modelId: model.modelId, dimension: model.dimension };
      if (model.modelId === staticModelId) return { ...place, vector: null };
      const cut = redactSecrets(text.slice(0, lookedThrough)).slice(0, longestEmbeddedText).toWellFormed().trim();
      if (cut === '') return { ...place, vector: new Float32Array(model.dimension) };
      const to = connectionTo(model, settings);
      const known = to.remembered.get(cut);
      if (known === undefined && isResting(to)) return null;
      const query = known ?? { callers: [], vector: Promise.resolve(null) };
      query.callers.push(signal);
      if (known === undefined) query.vector = ask(to, query, cut, model, settings);
      remember(to, cut, query);
      const vector = await query.vector;
      query.callers = [];
      if (vector !== null) return { ...place, vector };
      // Unless somebody has asked for it anew.
      if (to.remembered.get(cut) === query) to.remembered.delete(cut);
      return null;
    },
    reset,
  };
}

function isResting({ failedAt }: Connection): boolean {
  return performance.now() - failedAt < restAfterFailureMs;
}

function toEmbeddingError(error: unknown, timeoutMs: number): EmbeddingError {
  if (error instanceof EmbeddingError) return error;
  // The abort of a query that came too late.
  return new EmbeddingError('TIMEOUT', `The endpoint did not answer a search within ${timeoutMs / 1_000} s.`);
}
