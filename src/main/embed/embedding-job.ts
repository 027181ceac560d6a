import type { EmbeddingProblem, EmbeddingProgress } from '../../shared/embedding-views.ts';
import { createBell } from './bell.ts';
import { EmbeddingError } from './embedding-error.ts';
import { RequestFailure } from './endpoint/request-failure.ts';
import type { Wait } from './endpoint/retry.ts';
import type { WantedModel } from './settings.ts';

/** A set of vectors of one model in the file. While a model is made again there are two of it. */
export interface StoredModel {
  pk: number;
  modelId: string;
  dimension: number;
  /** retired: out of use, and not yet cleared away. */
  state: 'building' | 'active' | 'retired';
  /** Whether vectors can be added to it here; not those that another platform kept in another way. */
  usable: boolean;
}

/** A row as it was read, and its vector; null when its text says nothing to the model. */
export interface MadeVector {
  pk: number;
  revision: number;
  contentHash: Uint8Array;
  vector: Float32Array | Int8Array | null;
}

export interface VectorBatch {
  made: MadeVector[];
  /** Rows that have changed, but not in what is embedded of them: their vectors stay. */
  unchanged: { pk: number; revision: number }[];
  /** Of the vectors; null when none had to be made. */
  dimension: number | null;
  /** Whether there may be more rows. */
  more: boolean;
}

export interface JobStore {
  models(): Promise<StoredModel[]>;
  /** Rows that have a vector of the model, and all rows. */
  counts(modelPk: number): Promise<{ done: number; total: number }>;
  /** Makes room for a model; it answers at once when `activate` says so. */
  open(model: { modelId: string; dimension: number; activate: boolean }): Promise<void>;
  put(modelPk: number, batch: Pick<VectorBatch, 'made' | 'unchanged'>): Promise<void>;
  /** The model answers from now on; the one before is retired. */
  activate(modelPk: number): Promise<void>;
  retire(modelPk: number): Promise<void>;
  /** Clears away a part of what is retired; false when nothing is left. */
  clearSome(): Promise<boolean>;
}

/** Makes vectors of the next rows that need one, newest first. Rejects with `EmbeddingError`. */
export type VectorSource = (
  model: { pk: number | null; dimension: number | null },
  signal: AbortSignal,
) => Promise<VectorBatch>;

export interface JobTarget {
  wanted: WantedModel;
  source: VectorSource;
}

export interface JobState {
  state: 'off' | 'idle' | 'indexing' | 'paused' | 'failing';
  progress: EmbeddingProgress | null;
  problem: { code: EmbeddingProblem; message: string; at: number } | null;
  /** The model that answers; null while there is none. */
  active: StoredModel | null;
}

export interface EmbeddingJob {
  readonly current: JobState;
  /** Works towards the target from now on, or stands still; resolves when what ran before was given up. */
  aim(target: JobTarget | null, how: 'run' | 'pause'): Promise<void>;
  /** The same for a target of which all is known to be done: looks only once new rows may be there. */
  aimDone(target: JobTarget, active: StoredModel | null): void;
  /** Whether every row is known to have its vector. */
  isDone(): boolean;
  /** Gives up what runs until the next aim, and tells nobody. */
  hold(): Promise<void>;
  /** New rows may be there; looked at after a moment of quiet. */
  wake(): void;
  /** Looks at once, also when it waits after a failure. */
  hurry(): void;
  close(): Promise<void>;
}

export interface JobParts {
  store: JobStore;
  onChange(state: JobState): void;
  /** A bug; problems of the provider are in the state. */
  onFault(error: unknown): void;
  wait: Wait;
}

/** New rows are embedded after so long without another one, or when the first of them has waited for so long. */
const quietMs = 300;
const longestDelayMs = 2_000;
const firstRetryMs = 5_000;
const longestRetryMs = 5 * 60_000;
/** After each batch the job rests as long as the batch took, or several times that while rows come in (bench: ingest). */
const restsWhileRowsCome = 8;
const longestRestMs = 500;

/** Gives every row a vector of the wanted model, in the background; the model before it answers until all rows are done. */
export function createEmbeddingJob({ store, onChange, onFault, wait }: JobParts): EmbeddingJob {
  const bell = createBell({ quietMs, longestDelayMs });
  let current: JobState = { state: 'idle', progress: null, problem: null, active: null };
  let aborter = new AbortController();
  let running: Promise<void> = Promise.resolve();
  /** While a few new rows are embedded the state stays idle. */
  let isWorking = false;

  function change(next: Partial<JobState>): void {
    current = { ...current, ...next };
    onChange(current);
  }

  /** The set to work on; notes the one that answers. */
  async function findModel(wanted: WantedModel | null): Promise<StoredModel | null> {
    const models = (await store.models()).filter(({ state }) => state !== 'retired');
    const active = models.find(({ state }) => state === 'active') ?? null;
    if (active?.pk !== current.active?.pk) change({ active });
    const fitting = models.filter(
      ({ modelId, dimension, usable }) =>
        usable && modelId === wanted?.modelId && (wanted.dimension === null || wanted.dimension === dimension),
    );
    // One that is being built was wanted after the one that answers.
    return fitting.findLast(({ state }) => state === 'building') ?? fitting[0] ?? null;
  }

  async function openModel(modelId: string, dimension: number): Promise<StoredModel> {
    // Where no model answers, one that is half done is better than none.
    await store.open({ modelId, dimension, activate: current.active === null });
    const model = await findModel({ modelId, dimension });
    if (model === null) throw new Error(`The model ${modelId} was not kept.`);
    return model;
  }

  async function rest(startedAt: number, signal: AbortSignal): Promise<void> {
    const share = bell.isQuiet() ? 1 : restsWhileRowsCome;
    await wait(Math.min(share * (performance.now() - startedAt), longestRestMs), signal);
  }

  /** One run over all rows that wait. */
  async function work({ wanted, source }: JobTarget, signal: AbortSignal): Promise<void> {
    let model = await findModel(wanted);
    let counted: { done: number; total: number } | null = null;
    for (let more = true; more;) {
      const startedAt = performance.now();
      const dimension: number | null = model?.dimension ?? wanted.dimension;
      const batch = await source({ pk: model?.pk ?? null, dimension }, signal);
      signal.throwIfAborted();
      more = batch.more;
      if (batch.made.length + batch.unchanged.length > 0) {
        model ??= await openModel(wanted.modelId, batch.dimension ?? wanted.dimension ?? 0);
        await store.put(model.pk, batch);
      }
      // Counting is dear, and of a few rows nobody has to know.
      if (model !== null && more && batch.made.length > 0) {
        counted = advance(counted, batch.made.length) ?? (await store.counts(model.pk));
        const progress = { model_id: model.modelId, dimension: model.dimension, ...counted };
        change({ state: 'indexing', problem: null, progress });
      }
      if (more) await rest(startedAt, signal);
    }
    if (model !== null) await finish(model, signal);
    change({ state: 'idle', progress: null, problem: null });
  }

  async function finish(model: StoredModel, signal: AbortSignal): Promise<void> {
    if (model.state === 'building') await store.activate(model.pk);
    const models = await store.models();
    const active = models.find(({ pk }) => pk === model.pk) ?? null;
    if (active?.pk !== current.active?.pk) change({ active, progress: null });
    for (const { pk, state } of models) if (pk !== model.pk && state !== 'retired') await store.retire(pk);
    if (models.length === 1) return;
    for (let startedAt = performance.now(); await store.clearSome(); startedAt = performance.now()) {
      await rest(startedAt, signal);
    }
  }

  async function run(target: JobTarget, signal: AbortSignal, isDone = false): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      try {
        isWorking = !isDone;
        if (isWorking) await work(target, signal);
        isWorking = isDone = false;
        failures = 0;
        await bell.heard(signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof EmbeddingError)) onFault(error);
        change({ state: 'failing', problem: problemOf(error) });
        const asked = error instanceof RequestFailure ? (error.retryAfterMs ?? 0) : 0;
        await pause(Math.max(asked, Math.min(firstRetryMs * 2 ** failures++, longestRetryMs)), signal);
      }
    }
  }

  /** Until the time is over, or somebody is in a hurry, or the signal is aborted. */
  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    await Promise.race([wait(ms, either), bell.struck(either)]).catch(() => undefined);
    over.abort();
  }

  async function stand(target: JobTarget | null): Promise<void> {
    const model = await findModel(target?.wanted ?? null);
    if (target === null) return change({ state: 'off', progress: null, problem: null });
    const counted = model === null ? null : await store.counts(model.pk);
    const progress =
      model === null || counted === null || counted.done === counted.total
        ? null
        : { model_id: model.modelId, dimension: model.dimension, ...counted };
    change({ state: 'paused', progress, problem: null });
  }

  async function stop(): Promise<void> {
    aborter.abort();
    await running;
  }

  return {
    get current() {
      return current;
    },
    async aim(target, how) {
      await stop();
      aborter = new AbortController();
      const isStanding = target === null || how === 'pause';
      if (!isStanding) change({ state: 'indexing', progress: null, problem: null });
      running = (isStanding ? stand(target) : run(target, aborter.signal)).catch(onFault);
      if (isStanding) await running;
    },
    aimDone(target, active) {
      change({ state: 'idle', progress: null, problem: null, active });
      running = run(target, aborter.signal, true).catch(onFault);
    },
    isDone: () => current.state === 'idle' && !isWorking && bell.isQuiet(),
    hold: stop,
    wake: () => bell.ring(),
    hurry: () => bell.strike(),
    async close() {
      bell.close();
      await stop();
    },
  };
}

function advance(counted: { done: number; total: number } | null, rows: number) {
  return counted === null ? null : { done: Math.min(counted.done + rows, counted.total), total: counted.total };
}

function problemOf(error: unknown): JobState['problem'] {
  const code = error instanceof EmbeddingError ? error.code : 'SERVER_ERROR';
  return { code, message: error instanceof Error ? error.message : String(error), at: Date.now() };
}
