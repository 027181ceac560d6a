import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JobFailedError, type JobHandler, type JobHandlers, type JobRun, type NewJob } from '../../jobs/job.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import type { JobState, JobView } from '../../../shared/job-views.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createJobQueue, type SteeredQueue } from './job-queue.ts';
import { createJobService } from './job-service.ts';

let store: TemporaryStore;
let reader: ReturnType<typeof operatingReader>;
let writer: ReturnType<typeof operatingWriter>;
let queues: SteeredQueue[];
let faults: unknown[];
beforeEach(() => {
  store = temporaryStore();
  reader = operatingReader(store.readable);
  writer = operatingWriter(store.writable);
  queues = [];
  faults = [];
});
afterEach(async () => {
  for (const queue of queues) await queue.close();
  store.close();
});

const onFault = (error: unknown) => void faults.push(error);
const patience = { timeout: 20_000, interval: 10 };

/** A queue whose `learn` jobs are done by the handler. */
function start(learn: JobHandler<'learn'>): SteeredQueue {
  const other = () => Promise.reject(new JobFailedError('bug', 'Nobody does this here.'));
  const rest = { summarise: other, embed: other, graph: other, decay: other, consolidate: other };
  const handlers: JobHandlers = { ...rest, learn, backup: other, cleanup: other, export: other };
  const queue = createJobQueue({ reader, writer, onFault });
  queues.push(queue);
  queue.start(handlers);
  return queue;
}

const job = (key: string, more: Partial<NewJob> = {}): NewJob => ({
  kind: 'learn',
  key,
  payload: { final: true },
  projectPk: null,
  sessionPk: null,
  priority: 10,
  runAfter: 0,
  ...more,
});
const remembering = (text: string) => {
  const memory = { text, type: 'semantic', tags: [], metadata: {}, importance: 0.5 };
  return { name: 'rememberMemory', argument: { memory, at: 1 } };
};
/** How often the effect was applied: the same memory is kept once and counted. */
const applied = () =>
  store.readable
    .prepare<[], { text: string; times: number }>(
      'SELECT v.text, m.seen_count AS times FROM memories m JOIN memory_versions v ON v.memory_pk = m.pk ORDER BY v.text',
    )
    .all();
const view = (id: string) => reader.call('getJob', { id, now: Date.now() });
async function until(id: string, state: JobState): Promise<JobView> {
  await vi.waitUntil(async () => (await view(id))?.state === state, patience);
  const found = await view(id);
  if (found === null) throw new Error(`There is no job ${id}.`);
  return found;
}
/** A handler that waits until it is let go. */
function gate() {
  const runs: JobRun<'learn'>[] = [];
  const doors: (() => void)[] = [];
  const handler: JobHandler<'learn'> = async (run) => {
    runs.push(run);
    await new Promise<void>((resolve) => doors.push(resolve));
    return { result: 'Done.', apply: remembering(run.job.id) };
  };
  return {
    handler,
    runs,
    open: () => {
      for (const door of doors.splice(0)) door();
    },
    async entered(count: number) {
      await vi.waitUntil(() => runs.length === count, patience);
    },
  };
}

test('a job’s effect and its end are one, and what follows from it is queued', async () => {
  const queue = start(({ job: { id, payload } }) =>
    Promise.resolve(
      payload.final
        ? { result: 'It was learnt.', apply: remembering('a'), enqueue: [job('next', { payload: { final: false } })] }
        : { result: `After it: ${id !== ''}.`, apply: null },
    ),
  );
  const { id } = await queue.enqueue(job('first'));
  expect(await until(id, 'done')).toMatchObject({ result: 'It was learnt.', attempts: 1, failure: null });
  await vi.waitUntil(async () => (await reader.call('countJobs', 0))[0]?.done_today === 2, patience);
  expect(applied()).toEqual([{ text: 'a', times: 1 }]);
});

// Catches half an effect, an effect without its end, and an end without its effect.
test.each([
  ['does not exist', 'noSuchOperation', {}, /no operation/],
  ['is no effect', 'jobCancel', { id: 'none' }, /no operation/],
  [
    'is refused',
    'upkeepSetPolicy',
    { policy: { half_life_days: {}, merge_above: 7 }, at: 1 },
    /^(?!.*could not be done)/,
  ],
  ['throws in the middle', 'rememberMemory', { memory: null, at: 1 }, /could not be done/],
])('an effect that %s parks the job with nothing written', async (_, name, argument, reason) => {
  const queue = start(() => Promise.resolve({ result: 'Done.', apply: { name, argument } }));
  const parked = await until((await queue.enqueue(job('k'))).id, 'parked');
  expect(parked.failure?.class).toBe('bug');
  expect(parked.failure?.message).toMatch(reason);
  expect([parked.result, applied()]).toEqual([null, []]);
});

// Catches a job that two runners do, and two jobs of one key at the same time.
test('two runners share the queue: every job runs once, and none beside another of its key', async () => {
  const seen = new Map<string, number>();
  const handler: JobHandler<'learn'> = async ({ job: { id } }) => {
    seen.set(id, (seen.get(id) ?? 0) + 1);
    await new Promise((resolve) => setImmediate(resolve));
    return { result: 'Done.', apply: remembering(id) };
  };
  await writer.call('jobsSetConcurrency', { kind: 'learn', concurrency: 4 });
  const [one, other] = [start(handler), start(handler)];
  const ids = new Set<string>();
  for (let n = 0; n < 40; n++) ids.add((await (n % 2 ? one : other).enqueue(job(`k${n}`))).id);
  await vi.waitUntil(async () => (await reader.call('countJobs', 0))[0]?.done_today === 40, patience);
  expect([...seen.values()].filter((times) => times !== 1)).toEqual([]);
  expect(applied().map(({ times }) => times)).toEqual(Array.from({ length: 40 }, () => 1));
  expect(ids.size).toBe(40);
});

// Catches a runner that slept through its lease and then writes over what another has done.
test('a job whose lease was lost cannot finish: only the one who holds it does', async () => {
  const slow = gate();
  const quick = gate();
  const queue = start(slow.handler);
  const { id } = await queue.enqueue(job('k'));
  await slow.entered(1);
  store.writable.exec('UPDATE task_queue SET leased_until = 0');
  const second = start(quick.handler);
  await vi.waitUntil(async () => (await view(id))?.failure?.class === 'transient', patience);
  await writer.call('jobRetry', { id, now: Date.now() });
  second.hurry();
  await quick.entered(1);
  slow.open();
  await vi.waitUntil(() => slow.runs.length === 1, patience);
  expect((await view(id))?.state).toBe('running');
  quick.open();
  expect(await until(id, 'done')).toMatchObject({ attempts: 1 });
  expect(applied()).toEqual([{ text: id, times: 1 }]);
  expect(faults).toEqual([]);
});

test('what is cancelled is told so, and leaves nothing; retried, it is done', async () => {
  const work = gate();
  const queue = start(work.handler);
  const service = createJobService({ reader, writer }, queue);
  const { id } = await queue.enqueue(job('k'));
  await work.entered(1);
  expect(await service.cancel(id)).toMatchObject({ state: 'cancelled' });
  expect(work.runs[0]?.signal.aborted).toBe(true);
  work.open();
  const again = await service.retry(id);
  await work.entered(2);
  expect(applied()).toEqual([]);
  await expect(service.retry(id)).rejects.toThrow('This job is running.');
  work.open();
  expect(await until(again?.id ?? '', 'done')).toMatchObject({ id, attempts: 1 });
  expect(applied()).toEqual([{ text: id, times: 1 }]);
  await expect(service.cancel(id)).rejects.toThrow('nothing left to cancel');
  expect([await service.cancel('none'), await service.retry('none')]).toEqual([null, null]);
});

// Catches a job that brings the app down at each start, for ever.
test('an attempt that died counts, waits, and is parked when there were too many', async () => {
  const { id } = await start(gate().handler).enqueue(job('k'));
  await until(id, 'running');
  for (let deaths = 1; deaths < 6; deaths++) {
    await writer.call('jobsOpen', Date.now());
    expect(await view(id)).toMatchObject({ state: 'waiting', attempts: deaths, failure: { class: 'transient' } });
    store.writable.exec(
      `UPDATE task_queue SET state = 'running', attempts = attempts + 1, lease = 'x', leased_until = 1`,
    );
  }
  await writer.call('jobsOpen', Date.now());
  expect(await view(id)).toMatchObject({ state: 'parked', attempts: 6 });
  expect((await view(id))?.failure?.message).toMatch('6 times');
});

test('closing lets a job go without counting the attempt', async () => {
  const work = gate();
  const queue = start(async (run) => {
    const end = work.handler(run);
    run.signal.addEventListener('abort', work.open);
    await end;
    run.signal.throwIfAborted();
    return end;
  });
  const { id } = await queue.enqueue(job('k'));
  await work.entered(1);
  await queue.close();
  expect(await view(id)).toMatchObject({ state: 'waiting', attempts: 0, failure: null });
  expect(faults).toEqual([]);
});

test('nothing begins while it is paused, and no more at once than is allowed', async () => {
  const work = gate();
  const queue = start(work.handler);
  const service = createJobService({ reader, writer }, queue);
  await service.setPaused('learn', true);
  for (const key of ['a', 'b', 'c']) await queue.enqueue(job(key));
  await service.setPaused(null, true);
  await service.setPaused('learn', false);
  expect((await service.overview()).kinds.find(({ kind }) => kind === 'learn')).toMatchObject({
    waiting: 3,
    running: 0,
  });
  await service.setConcurrency('learn', 2);
  expect(work.runs).toEqual([]);
  const { paused } = await service.setPaused(null, false);
  await work.entered(2);
  expect(paused).toBe(false);
  expect((await service.overview()).kinds.find(({ kind }) => kind === 'learn')).toMatchObject({
    waiting: 1,
    running: 2,
  });
  work.open();
  await work.entered(3);
  work.open();
  await vi.waitUntil(async () => (await reader.call('countJobs', 0))[0]?.done_today === 3, patience);
});

// Catches a job without money that asks again and again, and one that still waits when there is some.
test('without money a job waits uncounted until there is some', async () => {
  const money = { is: false };
  const queue = start(() =>
    money.is
      ? Promise.resolve({ result: 'Paid.', apply: null })
      : Promise.reject(new JobFailedError('cap', 'The day’s money is spent.')),
  );
  const { id } = await queue.enqueue(job('k'));
  await vi.waitUntil(async () => (await view(id))?.failure !== null, patience);
  expect(await view(id)).toMatchObject({ state: 'waiting', attempts: 0, failure: { class: 'cap' } });
  money.is = true;
  await queue.releaseCapped();
  expect(await until(id, 'done')).toMatchObject({ result: 'Paid.', failure: null });
});

test('parked jobs go again together', async () => {
  const state = { isMended: false };
  const queue = start(() =>
    state.isMended
      ? Promise.resolve({ result: 'Done.', apply: null })
      : Promise.reject(new JobFailedError('auth', 'The key was refused.')),
  );
  const service = createJobService({ reader, writer }, queue);
  const ids: string[] = [];
  for (const key of ['a', 'b', 'c']) ids.push((await queue.enqueue(job(key))).id);
  for (const id of ids) await until(id, 'parked');
  state.isMended = true;
  expect([await service.retryParked('graph'), await service.retryParked(null)]).toEqual([0, 3]);
  for (const id of ids) await until(id, 'done');
});

test('a bug is parked at once and reported', async () => {
  const queue = start(() => Promise.reject(new TypeError('x is not a function')));
  expect(await until((await queue.enqueue(job('k'))).id, 'parked')).toMatchObject({
    attempts: 1,
    failure: { class: 'bug' },
  });
  expect(faults).toHaveLength(1);
});

// Catches an event log full of nothing but progress.
test('a busy job is told of now and then', async () => {
  const queue = start(({ progress }) => {
    for (let n = 0; n <= 5_000; n++) progress(n, 5_000);
    return Promise.resolve({ result: 'Done.', apply: null });
  });
  await until((await queue.enqueue(job('k'))).id, 'done');
  const entries = store.readable
    .prepare<[], number>(`SELECT COUNT(*) FROM event_log WHERE type = 'job.changed'`)
    .pluck();
  expect(entries.get()).toBeLessThan(6);
});
