import { TRPCError } from '@trpc/server';
import type { EmbeddingService } from '../api/services.ts';
import { EmbeddingError } from '../embed/embedding-error.ts';
import { createEmbeddingJob, type JobState } from '../embed/embedding-job.ts';
import { once } from '../embed/endpoint/endpoint-provider.ts';
import { waitFor } from '../embed/endpoint/retry.ts';
import type { QueryVector } from '../embed/query-vector.ts';
import type { SecretStore } from '../embed/secret-store.ts';
import { defaultEmbeddingSettings, faultIn, wantedModel } from '../embed/settings.ts';
import { embeddingProblems, type EmbeddingSettings, type EmbeddingStatus } from '../../shared/embedding-views.ts';
import { createProviderFactory } from './embedding-providers.ts';
import { createJobStore } from './embedding-job-store.ts';
import { createEndpointKeys } from './endpoint-keys.ts';
import { createVectorSource } from './embedding-source.ts';
import { createQueryEmbedder } from './query-embedder.ts';
import { ReaderError, type Reader } from './reader-pool.ts';
import { createThrottle } from './throttle.ts';
import type { EmbeddingSettingName, EmbeddingStart } from './thread-messages.ts';
import type { WriterClient } from './writer-client.ts';

/** Why a search has no vector of its query. */
export type NoQueryVector = 'off' | 'not_ready' | 'failed';

export interface Embedding {
  service: EmbeddingService;
  /** What a search needs to ask the vectors with; waits for an endpoint at most three seconds. Never rejects. */
  queryVector(text: string, signal?: AbortSignal): Promise<QueryVector | NoQueryVector>;
  /** Begins to work; nothing is read before. */
  start(): void;
  /** Rows were written. */
  wake(): void;
  /** Rows that had vectors may have none. */
  lookAgain(): Promise<void>;
  close(): Promise<void>;
}

export interface EmbeddingParts {
  /** Searches and the status page. */
  reader: Reader;
  /** The job's reading and the built-in model. */
  intake: Reader;
  writer: Pick<WriterClient, 'ready' | 'submit'>;
  secrets: SecretStore;
  /** What is wrong with the built-in model's files; null when they are there. */
  modelProblem: string | null;
  env: Readonly<Record<string, string | undefined>>;
  onFault(error: unknown): void;
}

const testTimeoutMs = 20_000;
const testText = 'The migration failed because the table was locked.';
/** Windows are told of progress at most this often. */
const tellEveryMs = 500;

/** Where vectors come from, the job that makes them, and what searches ask. */
export function createEmbedding(parts: EmbeddingParts): Embedding {
  const { reader, intake, writer, secrets, modelProblem, env, onFault } = parts;
  const start: EmbeddingStart = writer.ready.embedding;
  let settings = start.settings ?? defaultEmbeddingSettings;
  /** Those by which the model that answers was made; others than `settings` while another model is being built. */
  let answering = start.answering ?? settings;
  let { paused } = start;
  let queryProblem: EmbeddingStatus['problem'] = null;
  let turn: Promise<unknown> = Promise.resolve();
  let told = '';
  const startedAt = new Date().toISOString();
  /** Whoever closes does not wait for an endpoint. */
  const closing = new AbortController();

  const tell = createThrottle(tellEveryMs, () => {
    const { state, progress, active } = job.current;
    const data = {
      state,
      model_id: active?.modelId ?? null,
      done: progress?.done ?? null,
      total: progress?.total ?? null,
    };
    // A few rows that were embedded are no news.
    if (told === JSON.stringify(data)) return;
    told = JSON.stringify(data);
    void writer.submit({ kind: 'embedding-changed', data, at: Date.now() }).catch(() => {});
  });
  const keys = createEndpointKeys('embedding', parts);
  const createProvider = createProviderFactory({
    secrets,
    env,
    onUsage: (usage) => void writer.submit({ kind: 'embedding-usage', usage, at: Date.now() }).catch(onFault),
  });
  const job = createEmbeddingJob({
    store: createJobStore(intake, writer, async () => {
      queries.reset();
      await remember('answering', settings);
    }),
    onChange,
    onFault,
    wait: waitFor,
  });
  const queries = createQueryEmbedder({
    createProvider,
    onAnswer() {
      queryProblem = null;
      // Whoever answers a search answers the job as well.
      if (job.current.state === 'failing') job.hurry();
    },
    onProblem({ code, message }) {
      queryProblem = { code, message, at: new Date().toISOString() };
      tell();
    },
  });

  async function remember(name: EmbeddingSettingName, value: EmbeddingSettings | boolean): Promise<void> {
    await writer.submit({ kind: 'embedding-setting', name, value: JSON.stringify(value), at: Date.now() });
    if (typeof value === 'boolean') paused = value;
    else if (name === 'settings') settings = value;
    else answering = value;
  }

  function onChange(state: JobState): void {
    // A model that was opened where none answered answers at once.
    if (state.active?.modelId === wantedModel(settings)?.modelId && answering !== settings) {
      answering = settings;
      void remember('answering', settings).catch(onFault);
    }
    tell();
  }

  /** One after the other: two changes at the same time would start two jobs. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = turn.then(change);
    turn = result.catch(() => undefined);
    return result;
  }

  function aim(): Promise<void> {
    const wanted = wantedModel(settings);
    const source = createVectorSource({ settings, intake, createProvider });
    return job.aim(wanted === null ? null : { wanted, source }, paused ? 'pause' : 'run');
  }

  /** What keeps searches from the vectors although all rows have theirs. */
  function searchProblem(): EmbeddingStatus['problem'] {
    if (modelProblem === null || answering.kind !== 'builtin') return queryProblem;
    return { code: 'MODEL_MISSING', message: modelProblem, at: startedAt };
  }

  /** Where all is done there is nothing to read, and no thread to start for it. */
  async function begin(): Promise<void> {
    const wanted = wantedModel(settings);
    const { done } = start;
    if (wanted === null || done === null || paused || modelProblem !== null) return aim();
    const { active } = done;
    const fits =
      active === null ||
      (active.modelId === wanted.modelId && (wanted.dimension ?? active.dimension) === active.dimension);
    if (!fits) return aim();
    job.aimDone({ wanted, source: createVectorSource({ settings, intake, createProvider }) }, active);
  }

  async function status(): Promise<EmbeddingStatus> {
    const { state, progress, problem } = job.current;
    const { active, backend, usage } = await reader.call('embeddingState');
    const isFailing = state === 'idle' && searchProblem() !== null;
    return {
      settings,
      keychain: await secrets.available(),
      state: isFailing ? 'failing' : state,
      active: state === 'off' ? null : active,
      progress,
      problem: problem === null ? searchProblem() : { ...problem, at: new Date(problem.at).toISOString() },
      backend,
      usage,
    };
  }

  async function keep(next: EmbeddingSettings, key: string | null | undefined): Promise<void> {
    const fault = faultIn(next);
    if (fault !== null) throw new TRPCError({ code: 'BAD_REQUEST', message: fault });
    const source = next.kind === 'endpoint' ? next : { ...next, key_source: 'none' as const };
    await keys.keep(source, next.base_url ?? '', key);
    await remember('settings', next);
  }

  const service: EmbeddingService = {
    status,
    configure: (next, key) =>
      inTurn(async () => {
        await keep(next, key);
        queryProblem = null;
        queries.reset();
        await aim();
        return status();
      }),
    async test(next, key) {
      const fault = faultIn(next);
      if (fault !== null) throw new TRPCError({ code: 'BAD_REQUEST', message: fault });
      const startedAt = performance.now();
      const took = () => Math.round(performance.now() - startedAt);
      try {
        if (next.kind === 'none') return { dimension: 0, took_ms: 0 };
        if (next.kind === 'builtin') {
          return {
            dimension: await reader.call('testBuiltinModel', wantedModel(next)?.dimension ?? 0),
            took_ms: took(),
          };
        }
        const provider = await createProvider(next, { timeoutMs: testTimeoutMs, retry: once }, key);
        const timeout = AbortSignal.timeout(testTimeoutMs * 2);
        const [vector] = await provider.embed([testText], AbortSignal.any([timeout, closing.signal]));
        if (!vector) throw new EmbeddingError('BAD_ANSWER', 'The endpoint answers vectors of zeros.');
        return { dimension: vector.length, took_ms: took() };
      } catch (error) {
        throw asFailedTest(error);
      }
    },
    pause: () => inTurn(() => setPaused(true)),
    resume: () => inTurn(() => setPaused(false)),
    rebuild: () =>
      inTurn(async () => {
        await beginAnew();
        return setPaused(false);
      }),
  };

  /** A second set of the wanted model, while the first goes on to answer. */
  async function beginAnew(): Promise<void> {
    const wanted = wantedModel(settings);
    if (wanted === null) throw new TRPCError({ code: 'BAD_REQUEST', message: 'No embedding model is chosen.' });
    // Asked, because the model behind the same name may be another one by now.
    const { dimension } = wanted.dimension === null ? await service.test(settings) : { dimension: wanted.dimension };
    // It would take the new set for one that is no longer wanted.
    await job.hold();
    try {
      await writer.submit({ kind: 'vector-model', change: { what: 'create', modelId: wanted.modelId, dimension } });
    } catch (error) {
      await aim();
      throw error;
    }
  }

  async function setPaused(wanted: boolean): Promise<EmbeddingStatus> {
    await remember('paused', wanted);
    queryProblem = null;
    queries.reset();
    await aim();
    return status();
  }

  return {
    service,
    async queryVector(text, signal) {
      const { active, state } = job.current;
      if (state === 'off' || settings.kind === 'none') return 'off';
      if (active === null) return job.current.problem === null ? 'not_ready' : 'failed';
      const made = active.modelId === wantedModel(settings)?.modelId ? settings : answering;
      return (await queries.vector(text, active, made, signal)) ?? 'failed';
    },
    start: () => void inTurn(begin).catch(onFault),
    wake: () => job.wake(),
    async lookAgain() {
      await intake.call('lookAtAllAgain');
      job.hurry();
    },
    async close() {
      tell.close();
      closing.abort(new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: 'The memory is closing.' }));
      queries.reset();
      await turn;
      if (job.isDone()) await writer.submit({ kind: 'embedding-done', at: Date.now() }).catch(onFault);
      await job.close();
    },
  };
}

/** What a test finds is the person's to mend, with the reason as it is. */
function asFailedTest(error: unknown): unknown {
  const code = error instanceof EmbeddingError || error instanceof ReaderError ? error.code : null;
  if (!embeddingProblems.some((known) => known === code)) return error;
  const message = error instanceof Error ? error.message : '';
  return new TRPCError({ code: 'PRECONDITION_FAILED', message: `${message} (${code})` });
}
