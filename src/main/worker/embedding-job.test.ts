import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EmbeddingError } from '../embed/embedding-error.ts';
import {
  createEmbeddingJob,
  type EmbeddingJob,
  type JobState,
  type JobStore,
  type VectorSource,
} from '../embed/embedding-job.ts';
import { RequestFailure } from '../embed/endpoint/request-failure.ts';
import { waitFor } from '../embed/endpoint/retry.ts';
import { builtinModelFolder } from '../embed/static/model-folder.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { createTextEmbedder } from '../embed/query-vector.ts';
import { createEmbeddingWriter } from '../store/tables/embeddings.ts';
import { temporaryStore, type TemporaryStore } from '../store/testing/temporary-store.ts';
import { createEmbeddingOperations } from './embedding-operations.ts';

const dimension = 64;
const wanted = { modelId: 'static-en-zh-1', dimension };

let file: TemporaryStore;
let job: EmbeddingJob;
let states: JobState[];
/** Pauses after failures; they end when the test says so. */
let pauses: { ms: number; end(): void }[];
let faults: unknown[];

beforeEach(() => {
  file = temporaryStore();
  [states, pauses, faults] = [[], [], []];
});
afterEach(async () => {
  await job.close();
  file.close();
});

function start() {
  const db = file.writable;
  const embeddings = createEmbeddingWriter(db);
  const read = createEmbeddingOperations(file.readable, createTextEmbedder(createSharedModel(builtinModelFolder())));
  const committed = <T>(change: () => T): Promise<T> => Promise.resolve(db.transaction(change)());
  const store: JobStore = {
    models: () => Promise.resolve(read.embeddingModels()),
    counts: (modelPk) => Promise.resolve(read.embeddingCounts(modelPk)),
    open: ({ modelId, dimension: size, activate }) =>
      committed(() => {
        const { pk } = embeddings.ensure(modelId, size, 0);
        if (activate) embeddings.activate(pk);
      }),
    put: (modelPk, { made, unchanged }) =>
      committed(() => {
        embeddings.put(modelPk, made);
        embeddings.confirm(modelPk, unchanged);
      }),
    activate: (modelPk) => committed(() => void embeddings.activate(modelPk)),
    retire: (modelPk) => committed(() => embeddings.retire(modelPk)),
    clearSome: () => committed(() => embeddings.clearRetired(2)),
  };
  job = createEmbeddingJob({
    store,
    onChange: (state) => void states.push(state),
    onFault: (fault) => void faults.push(fault),
    wait: (ms, signal) => {
      if (ms < 1_000) return waitFor(0, signal);
      return new Promise((end) => pauses.push({ ms, end }));
    },
  });
  const source: VectorSource = ({ pk, dimension: size }) =>
    Promise.resolve(read.embeddingBatch({ modelPk: pk, dimension: size ?? dimension, limit: 4 }));
  return { source, read };
}

let revision = 0;

function addRows(count: number, title = 'A migration that locked the table'): void {
  const db = file.writable;
  db.exec(`
    INSERT OR IGNORE INTO projects (pk, id, name, root, created_at, last_event_at) VALUES (1, 'p', 'p', '/', 0, 0);
    INSERT OR IGNORE INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
      VALUES (1, 's', 1, 'claude-code', '/', 'active', 0, 0)`);
  for (let n = 0; n < count; n++) {
    const event = db
      .prepare(
        `INSERT INTO events (event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
         VALUES (randomblob(16), 'hook', 3, 'PostToolUse', 1, 0, 0, 2, '{}')`,
      )
      .run().lastInsertRowid;
    db.prepare(
      `INSERT INTO observations (id, session_pk, project_pk, event_pk, type, title, importance, failed, occurred_at, term_count,
         revision) VALUES (hex(randomblob(8)), 1, 1, ?, 'change', ?, 0.5, 0, 0, 1, ?)`,
    ).run(event, `${title} ${n}`, ++revision);
  }
}

function edit(pk: number, title: string): void {
  file.writable.prepare('UPDATE observations SET title = ?, revision = ? WHERE pk = ?').run(title, ++revision, pk);
}

/** Row → revision and hash of what was embedded. */
function embedded(): Map<number, { revision: number; hash: string }> {
  const rows = file.readable
    .prepare<[], { pk: number; revision: number; hash: string }>(
      'SELECT observation_pk AS pk, revision, hex(content_hash) AS hash FROM embeddings',
    )
    .all();
  return new Map(rows.map(({ pk, ...row }) => [pk, row]));
}

const untilIdle = () => vi.waitUntil(() => job.current.state === 'idle', { timeout: 30_000, interval: 5 });

test('a row that is edited while its vector is made keeps no vector of the older text', async () => {
  addRows(6);
  const { source } = start();
  let edits = 0;
  const editing: VectorSource = async (request, signal) => {
    const batch = await source(request, signal);
    // As another hook would, between the reading of the text and the writing of its vector.
    if (edits++ === 0) for (const { pk } of batch.made) edit(pk, `edited ${pk}`);
    return batch;
  };
  await job.aim({ wanted, source: editing }, 'run');
  await untilIdle();
  const rows = embedded();
  const current = file.readable
    .prepare<[], { pk: number; revision: number }>('SELECT pk, revision FROM observations')
    .all();
  expect(rows.size).toBe(6);
  for (const row of current) expect(rows.get(row.pk)?.revision).toBe(row.revision);
});

test('a row whose text stayed the same costs no embedding', async () => {
  addRows(3);
  const { source } = start();
  const made: number[] = [];
  const counting: VectorSource = async (request, signal) => {
    const batch = await source(request, signal);
    made.push(batch.made.length);
    return batch;
  };
  await job.aim({ wanted, source: counting }, 'run');
  await untilIdle();
  const before = embedded();
  file.writable.prepare('UPDATE observations SET revision = ? WHERE pk = 2').run(++revision);
  made.length = 0;
  job.hurry();
  await vi.waitUntil(() => embedded().get(2)?.revision === revision, { timeout: 30_000 });
  expect(made.every((count) => count === 0)).toBe(true);
  expect(embedded().get(2)?.hash).toBe(before.get(2)?.hash);
});

test('new rows are seen after a moment of quiet, newest first', async () => {
  addRows(2);
  const { source } = start();
  await job.aim({ wanted, source }, 'run');
  await untilIdle();
  addRows(3);
  job.wake();
  job.wake();
  await vi.waitUntil(() => embedded().size === 5, { timeout: 30_000 });
});

test('a provider that fails is asked again after pauses that grow, and at once when somebody is in a hurry', async () => {
  addRows(2);
  const { source } = start();
  let failing: Error | null = new EmbeddingError('UNREACHABLE', 'The endpoint cannot be reached.');
  let asked = 0;
  const flaky: VectorSource = (request, signal) => {
    asked++;
    return failing === null ? source(request, signal) : Promise.reject(failing);
  };
  await job.aim({ wanted, source: flaky }, 'run');
  for (let round = 0; round < 8; round++) {
    await vi.waitUntil(() => pauses.length > round, { timeout: 30_000 });
    pauses[round]?.end();
  }
  await vi.waitUntil(() => pauses.length === 9, { timeout: 30_000 });
  expect(pauses.map(({ ms }) => ms / 1_000)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  expect(job.current).toMatchObject({ state: 'failing', problem: { code: 'UNREACHABLE' } });
  // New rows do not shorten the pause.
  job.wake();
  const before = asked;
  failing = null;
  job.hurry();
  await untilIdle();
  expect(asked).toBeGreaterThan(before);
  expect(job.current.problem).toBeNull();
  expect(faults).toEqual([]);
});

test('a provider that asks for time is given it', async () => {
  addRows(1);
  start();
  const failure = new RequestFailure('RATE_LIMITED', 'Slow down.', { isPassing: true, retryAfterMs: 90_000 });
  await job.aim({ wanted, source: () => Promise.reject(failure) }, 'run');
  await vi.waitUntil(() => pauses.length === 1, { timeout: 30_000 });
  expect(pauses[0]?.ms).toBe(90_000);
});

test('a bug is told as one, and does not end the job', async () => {
  addRows(1);
  const { source } = start();
  let first = true;
  const broken: VectorSource = (request, signal) => {
    if (!first) return source(request, signal);
    first = false;
    return Promise.reject(new TypeError('undefined is not a function'));
  };
  await job.aim({ wanted, source: broken }, 'run');
  await vi.waitUntil(() => pauses.length === 1, { timeout: 30_000 });
  expect(faults).toHaveLength(1);
  pauses[0]?.end();
  await untilIdle();
});

test('a model of which nothing is wanted any more is cleared away, and all others with it', async () => {
  addRows(10);
  const { source, read } = start();
  await job.aim({ wanted, source }, 'run');
  await untilIdle();
  const other: VectorSource = async (request, signal) => {
    const { made, ...batch } = await source({ ...request, dimension }, signal);
    return { ...batch, dimension: 3, made: made.map((row) => ({ ...row, vector: Float32Array.of(1, 0, 0) })) };
  };
  await job.aim({ wanted: { modelId: 'other', dimension: null }, source: other }, 'run');
  await untilIdle();
  expect(read.embeddingModels()).toMatchObject([
    { pk: 2, modelId: 'other', dimension: 3, state: 'active', usable: true },
  ]);
  expect(embedded().size).toBe(10);
  // While the other was built, the first answered.
  const building = states.filter(({ progress }) => progress?.model_id === 'other' && progress.done < 10);
  expect(building.length).toBeGreaterThan(0);
  expect(building.every(({ active }) => active?.modelId === 'static-en-zh-1')).toBe(true);
});

test('a memory without rows is done at once, and stays without a model', async () => {
  const { source, read } = start();
  await job.aim({ wanted, source }, 'run');
  await untilIdle();
  expect(read.embeddingModels()).toEqual([]);
  addRows(1);
  job.hurry();
  await vi.waitUntil(() => job.current.active !== null, { timeout: 30_000 });
});

test('standing still says how much is left', async () => {
  addRows(9);
  const { source } = start();
  const stop = new AbortController();
  await job.aim(
    {
      wanted,
      source: async (request, signal) => {
        const batch = await source(request, signal);
        if (request.pk !== null) stop.abort();
        return request.pk === null
          ? batch
          : new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
      },
    },
    'run',
  );
  await vi.waitUntil(() => stop.signal.aborted, { timeout: 30_000 });
  await job.aim({ wanted, source }, 'pause');
  expect(job.current).toMatchObject({ state: 'paused', progress: { done: 4, total: 9 } });
  await job.aim(null, 'pause');
  expect(job.current).toMatchObject({ state: 'off', progress: null });
  expect(faults).toEqual([]);
});

test('what is known to be done is not looked at before something new may be there', async () => {
  addRows(2);
  const { source, read } = start();
  await job.aim({ wanted, source }, 'run');
  await untilIdle();
  const [active] = read.embeddingModels();
  await job.close();
  start();
  let asked = 0;
  const counting: VectorSource = (request, signal) => {
    asked++;
    return source(request, signal);
  };
  job.aimDone({ wanted, source: counting }, active ?? null);
  expect(job.current).toMatchObject({ state: 'idle', active: { modelId: 'static-en-zh-1' } });
  expect([asked, job.isDone()]).toEqual([0, true]);
  addRows(1);
  job.wake();
  expect(job.isDone()).toBe(false);
  await vi.waitUntil(() => embedded().size === 3, { timeout: 30_000 });
  await vi.waitUntil(() => job.isDone(), { timeout: 30_000 });
});
