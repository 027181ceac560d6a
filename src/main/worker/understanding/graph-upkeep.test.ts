import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { testWorkers } from '../testing/test-worker.ts';

const workers = testWorkers();
afterAll(() => workers.end());

const patience = { timeout: 60_000, interval: 200 };
const recorded = resolve(import.meta.dirname, '../../../../e2e/fixtures/recorded/fix-lock-timeout.hooks.jsonl');

// Catches: a service, a job or an operation that is there and not wired; a search that does not know the graph.
it('makes a graph of what happened and keeps house, over the contract', { timeout: 120_000 }, async () => {
  const worker = await workers.start();
  const { graph, jobs, upkeep, search } = worker.client;
  const lines = readFileSync(recorded, 'utf8').split('\n').filter(Boolean);
  for (const line of lines) expect((await worker.hook(line)).ok).toBe(true);
  await jobs.enqueue.mutate({ kind: 'graph' });
  const errors = () => graph.entities.query({ kind: 'error', limit: 5 });
  await expect.poll(async () => (await errors()).data.length, patience).toBe(1);
  const [error] = (await errors()).data;
  const around = await graph.neighbours.query({ id: error?.id ?? '', depth: 1 });
  expect(around.relations.find(({ type }) => type === 'solves')?.evidence).toHaveLength(3);
  await expect(graph.neighbours.query({ id: 'nobody', depth: 1 })).rejects.toMatchObject({
    data: { code: 'NOT_FOUND' },
  });
  const ranked = await graph.rank.query({ seeds: [error?.id ?? ''], limit: 5 });
  expect(ranked[0]?.entity.name).toBe('SQLITE_BUSY: database is locked');
  const found = await search.query.query({ text: 'SQLITE_BUSY', mode: 'lexical' });
  expect(found.hits.some((hit) => hit.graph_entity === error?.name && hit.boosts.graph > 0)).toBe(true);

  const [first] = found.hits;
  await worker.client.observations.get.query({ id: first?.observation.id ?? '' });
  const policy = await upkeep.policy.query();
  expect(policy.delete_observations_below).toBeNull();
  await expect(
    upkeep.setPolicy.mutate({ ...policy, half_life_days: { ...policy.half_life_days, nonsense: 4 } }),
  ).rejects.toMatchObject({ data: { code: 'BAD_REQUEST' } });
  await upkeep.setPolicy.mutate({ ...policy, delete_observations_below: 0.99 });
  const count = async () => (await worker.client.status.get.query()).database.counts.observations;
  const before = await count();
  expect((await upkeep.report.query()).counts.delete_observation).toBeGreaterThan(0);
  expect((await upkeep.run.mutate()).map(({ kind }) => kind)).toEqual(['decay', 'consolidate']);
  await expect.poll(async () => (await upkeep.report.query()).counts.delete_observation, patience).toBe(0);
  expect(await count()).toBeLessThan(before);
  await expect
    .poll(async () => (await jobs.list.query({ kinds: ['decay'] })).data[0]?.result, patience)
    .toContain('deleted');
});
