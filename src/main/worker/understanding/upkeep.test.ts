import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultPolicy } from '../../memory/aging/policy.ts';
import { createTestGraph, type TestGraph } from '../../memory/graph/test-graph.ts';
import type { ClaimedJob, JobEnd, JobRun } from '../../jobs/job.ts';
import type { AgingPolicy, AgingReport } from '../../../shared/upkeep-views.ts';
import type { Reader } from '../reader-pool.ts';
import { Refusal } from '../refusal.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import type { WriterClient } from '../writer-client.ts';
import { createConsolidateHandler, createDecayHandler } from './upkeep-handlers.ts';
import { createGraphHandler } from './graph-handler.ts';
import { createUseCounter } from './use-counter.ts';

const dayMs = 86_400_000;

let memory: TestGraph;
let writer: Pick<WriterClient, 'call'>;
let intake: Pick<Reader, 'call'>;
beforeEach(() => {
  memory = createTestGraph();
  writer = operatingWriter(memory.writable);
  intake = operatingReader(memory.readable);
});
afterEach(() => memory.close());

function jobRun<Kind extends 'decay' | 'consolidate' | 'graph'>(
  kind: Kind,
  payload: ClaimedJob<Kind>['payload'],
): JobRun<Kind> {
  return {
    job: { id: 'j', kind, payload, projectPk: null, sessionPk: null, attempt: 1 },
    signal: new AbortController().signal,
    progress() {},
  };
}
const decay = (): Promise<JobEnd> => createDecayHandler({ intake, writer })(jobRun('decay', {}));
const consolidate = (): Promise<JobEnd> => createConsolidateHandler({ intake, writer })(jobRun('consolidate', {}));
const graph = (): Promise<JobEnd> =>
  createGraphHandler({ intake, writer, gateway: noModel, mode: () => expect.unreachable() })(
    jobRun('graph', { rebuild: false }),
  );
const noModel = {
  isWanted: () => false,
  settings: () => expect.unreachable(),
  complete: () => Promise.reject(new Error('No model is set.')),
};
const report = (): Promise<AgingReport> => intake.call('agingReport', Date.now());
const setPolicy = (change: Partial<AgingPolicy>) =>
  writer.call('upkeepSetPolicy', { policy: { ...defaultPolicy, ...change }, at: Date.now() });
const count = (table: string) => memory.readable.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();

/** Forty rows, most of them years old; the first is pinned, the second was opened today. */
function fillAncient(): string[] {
  for (let place = 0; place < 40; place++) {
    memory.tool(`session ${place % 3}`, 'Read', { file_path: `/home/dev/shop/src/f${place}.ts` });
  }
  const old = Date.now() - 3_000 * dayMs;
  memory.writable.prepare('UPDATE observations SET occurred_at = ? WHERE pk <= 30').run(old);
  memory.writable.prepare("INSERT INTO observation_marks VALUES (1, 'pinned', 0)").run();
  return memory.readable.prepare<[], string>('SELECT id FROM observations ORDER BY pk').pluck().all();
}

// Catches: a default, a half-life or an absent choice that lets anything go by itself.
it('deletes nothing by default, however ancient and weak', async () => {
  fillAncient();
  addLearning('Old proposal about nothing', 'proposed', 3_000);
  const before = memory.readable.prepare('SELECT pk, id FROM observations').all();
  const { counts, strengths } = await report();
  expect([counts.delete_observation, counts.expire_learning, counts.archive_memory, counts.merge_learnings]).toEqual([
    0, 0, 0, 0,
  ]);
  expect(strengths.observations[0]).toBeGreaterThan(20);
  await decay();
  await consolidate();
  expect(memory.readable.prepare('SELECT pk, id FROM observations').all()).toEqual(before);
  expect(count("learnings WHERE state = 'proposed'")).toBe(1);
});

// Catches: a run that does other things than its report says, or does them to rows that a person keeps.
it('does exactly what the report says, and takes everything of a row along', async () => {
  const ids = fillAncient();
  await graph();
  const counter = createUseCounter(writer, (error) => expect.unreachable(String(error)));
  counter.opened(ids[1] ?? '');
  counter.opened(ids[1] ?? '');
  counter.opened('nobody');
  void counter.flush();
  await expect.poll(() => count('observation_uses'), { timeout: 20_000 }).toBe(1);
  addLearning('Use the file f3 as it is', 'approved', 1, 3);
  await setPolicy({ delete_observations_below: 0.01 });
  const told = await report();
  const gone = new Set(
    told.items.filter(({ action }) => action === 'delete_observation').map((item) => item.target_id),
  );
  expect([gone.size, told.counts.delete_observation]).toEqual([27, 27]);
  const end = await decay();
  expect(end.result).toContain('27 observations deleted');
  expect(end.enqueue?.map(({ kind }) => kind)).toEqual(['graph']);
  const left = new Set(memory.readable.prepare<[], string>('SELECT id FROM observations').pluck().all());
  expect(ids.filter((id) => !left.has(id)).toSorted()).toEqual([...gone].toSorted());
  // Pinned, used, evidence of an approved learning.
  expect([ids[0], ids[1], ids[2]].every((id) => left.has(id ?? ''))).toBe(true);
  const indexed = memory.readable
    .prepare<[], number>('SELECT count(DISTINCT doc) FROM observation_term_instances')
    .pluck();
  expect([indexed.get(), count('observation_tombstones')]).toEqual([13, 27]);
  expect(memory.lines().some((line) => line.includes('src/f10.ts'))).toBe(false);
  await graph();
  const kept = memory.lines();
  memory.rebuild();
  expect(memory.lines()).toEqual(kept);
  expect((await report()).counts.delete_observation).toBe(0);
});

// Catches: a plan that is carried out although a person changed his mind, or pinned the row, in between.
it('looks again before it deletes', async () => {
  fillAncient();
  await setPolicy({ delete_observations_below: 0.01 });
  await setPolicy({ delete_observations_below: null });
  expect(await writer.call('upkeepDelete', { pks: [5, 6], at: Date.now() })).toBe(0);
  await setPolicy({ delete_observations_below: 0.01 });
  memory.writable.prepare("INSERT INTO observation_marks VALUES (5, 'pinned', 0)").run();
  expect(await writer.call('upkeepDelete', { pks: [5, 6, 99_999], at: Date.now() })).toBe(1);
});

// Catches: an automatic act on a learning that cannot be seen in its history, or not be undone.
it('expires proposals and merges duplicates as the policy says, so that it can be undone', async () => {
  addLearning('Always run the database in WAL mode', 'approved', 50);
  addLearning('Always run the database in WAL mode.', 'proposed', 40);
  addLearning('Never commit generated files to git', 'proposed', 400);
  const { counts } = await report();
  expect([counts.expire_learning, counts.merge_learnings]).toEqual([0, 0]);
  expect((await consolidate()).result).toContain('1 pairs of learnings are alike and wait for a person');
  await setPolicy({ expire_proposals_after_days: 90, merge_above: 0.9 });
  const told = (await report()).counts;
  expect([told.expire_learning, told.merge_learnings]).toEqual([1, 1]);
  await decay();
  await consolidate();
  const states = memory.readable.prepare<[], string>('SELECT state FROM learnings ORDER BY pk').pluck();
  expect(states.all()).toEqual(['approved', 'superseded', 'expired']);
  const actors = memory.readable.prepare<[], string>('SELECT DISTINCT actor FROM learning_changes').pluck();
  expect(actors.all()).toEqual(['rule']);
  const batches = memory.readable
    .prepare<[], string>('SELECT DISTINCT batch_id FROM learning_changes ORDER BY pk DESC')
    .pluck();
  for (const batchId of batches.all()) await writer.call('learningUndo', { batchId });
  expect(states.all()).toEqual(['approved', 'proposed', 'proposed']);
});

// Catches: things tied that have nothing to do with each other; the same tie told again every night.
it('ties what is named alike, once, and nothing at random', async () => {
  memory.tool('a', 'Edit', { file_path: '/home/dev/shop/src/lock.ts', old_string: 'a', new_string: 'b' });
  memory.tool('b', 'Edit', { file_path: '/home/dev/shop/test/lock.test.ts', old_string: 'a', new_string: 'b' });
  memory.tool('c', 'Edit', { file_path: '/home/dev/shop/src/unlike.ts', old_string: 'a', new_string: 'b' });
  memory.post({
    session_id: 'd',
    cwd: '/home/dev/shop',
    hook_event_name: 'UserPromptSubmit',
    prompt: 'set busy_timeout, or busyTimeout',
  });
  await graph();
  const told = await report();
  expect(told.items.map(({ action, label }) => `${action}: ${label}`).toSorted()).toEqual([
    'relate: busy_timeout ~ busyTimeout',
    'relate: src/lock.ts ~ test/lock.test.ts',
  ]);
  await consolidate();
  expect(memory.relations().filter((line) => line.includes('related_to'))).toHaveLength(2);
  expect((await report()).counts.relate).toBe(0);
});

// Catches: working memories that are met again after their time, and a run that archives others.
it('archives memories that are over or have faded', async () => {
  const memoryOf = (text: string, type: 'working' | 'semantic') => ({
    text,
    type,
    tags: [],
    metadata: {},
    importance: 0.5,
  });
  const long = Date.now() - 4_000 * dayMs;
  await writer.call('rememberMemory', {
    memory: { ...memoryOf('for an hour', 'working'), ttl_seconds: 3_600 },
    at: long,
  });
  await writer.call('rememberMemory', { memory: memoryOf('an old fact', 'semantic'), at: long });
  await writer.call('rememberMemory', { memory: memoryOf('a new fact', 'semantic'), at: Date.now() });
  const archived = memory.readable
    .prepare<[], number>('SELECT archived_at IS NOT NULL FROM memories ORDER BY pk')
    .pluck();
  await decay();
  expect(archived.all()).toEqual([0, 0, 0]);
  await setPolicy({ archive_memories_below: 0.1 });
  expect((await report()).counts.archive_memory).toBe(2);
  await decay();
  await consolidate();
  expect(archived.all()).toEqual([1, 1, 0]);
});

// Catches: a half-life of something that does not age, which would silently do nothing.
it.each([
  { half_life_days: { ...defaultPolicy.half_life_days, nonsense: 3 } },
  { half_life_days: { note: 0 } },
  { merge_above: 0.1 },
])('refuses %j', async (change) => {
  await expect(setPolicy(change)).rejects.toBeInstanceOf(Refusal);
  expect(await intake.call('agingPolicy')).toEqual(defaultPolicy);
});

function addLearning(statement: string, state: string, daysAgo: number, evidence?: number): void {
  const at = Date.now() - daysAgo * dayMs;
  const { lastInsertRowid } = memory.writable
    .prepare(
      `INSERT INTO learnings (id, category, statement, language, scope, state, confidence, source, origin, created_at, updated_at)
       VALUES (?, 'best_practice', ?, 'en', 'global', ?, 0.7, 'person', ?, ?, ?)`,
    )
    .run(statement, statement, state, statement, at, at);
  if (evidence === undefined) return;
  memory.writable
    .prepare(
      `INSERT INTO learning_evidence (learning_pk, role, quote, observation_pk, occurred_at) VALUES (?, 'supports', 'q', ?, 0)`,
    )
    .run(lastInsertRowid, evidence);
}
