import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { testWorkers, type TestWorker } from '../testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => void (worker = await workers.start()));
afterAll(() => workers.end());

const observation = {
  session_id: 'probe-1',
  type: 'discovery' as const,
  title: 'The marzipan is stored beside the harbour',
  concepts: ['sweets'],
};
const found = async (text: string) =>
  (await worker.client.search.query.query({ text })).hits.map((hit) => hit.observation.id);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'OK',
    (error: unknown) =>
      error instanceof TRPCClientError ? z.object({ code: z.string() }).parse(error.data).code : String(error),
  );

// Catches a service that answers before its write can be read, and one whose refusals are bugs to the caller.
test('a program records, corrects, deletes, restores and erases', async () => {
  const { sessions, observations, prompts, messages } = worker.client;
  const session = await sessions.create.mutate({ id: 'probe-1', agent: 'probe', cwd: '/shop', title: 'A probe' });
  expect(session).toMatchObject({ id: 'probe-1', agent: 'probe', title: 'A probe', status: 'active' });
  expect(await codeOf(sessions.create.mutate({ id: 'probe-1', agent: 'probe', cwd: '/shop' }))).toBe('CONFLICT');
  for (const cwd of ['shop', './shop', '~/shop', 'C:shop']) {
    const wrong = sessions.create.mutate({ agent: 'probe', cwd });
    await expect(wrong, cwd).rejects.toThrow(/Send the whole path of the folder[^]*at cwd/u);
  }
  expect(await codeOf(observations.create.mutate({ ...observation, session_id: 'never' }))).toBe('NOT_FOUND');

  const { id } = await observations.create.mutate(observation);
  expect(await found('marzipan')).toEqual([id]);
  expect(await observations.update.mutate({ id, change: { title: 'Nougat instead' } })).toMatchObject({
    title: 'Nougat instead',
  });
  // A row is embedded again when its text changed.
  await vi.waitUntil(async () => (await worker.client.embedding.status.query()).active?.vectors === 1, {
    timeout: 30_000,
  });
  expect(await found('nougat')).toEqual([id]);
  expect((await observations.list.query({ agent: 'probe' })).data.map((row) => row.id)).toEqual([id]);
  expect((await sessions.update.mutate({ id: 'probe-1', change: { status: 'ended' } })).status).toBe('ended');

  await sessions.delete.mutate({ id: 'probe-1' });
  expect(await codeOf(sessions.get.query({ id: 'probe-1' }))).toBe('NOT_FOUND');
  expect(await codeOf(sessions.delete.mutate({ id: 'probe-1' }))).toBe('NOT_FOUND');
  expect(await codeOf(observations.get.query({ id }))).toBe('NOT_FOUND');
  expect(await found('nougat')).toEqual([]);
  const deletions = await worker.client.deletions.list.query({});
  expect(deletions.data).toMatchObject([
    { kind: 'session', id: 'probe-1', title: 'A probe', project: { name: 'shop' } },
  ]);
  expect(deletions.pagination).toMatchObject({ total: 1, has_next: false });
  expect((await worker.client.deletions.list.query({ kind: 'observation' })).data).toEqual([]);
  expect((await observations.list.query({})).pagination.total).toBe(0);

  expect((await sessions.restore.mutate({ id: 'probe-1' })).title).toBe('A probe');
  expect(await codeOf(sessions.restore.mutate({ id: 'probe-1' }))).toBe('NOT_FOUND');
  expect(await found('nougat')).toEqual([id]);
  await vi.waitUntil(async () => (await worker.client.embedding.status.query()).active?.vectors === 1, {
    timeout: 30_000,
  });

  await observations.delete.mutate({ id });
  expect(await found('nougat')).toEqual([]);
  await observations.restore.mutate({ id });
  await sessions.erase.mutate({ id: 'probe-1' });
  expect(await codeOf(sessions.restore.mutate({ id: 'probe-1' }))).toBe('NOT_FOUND');
  expect(await codeOf(sessions.create.mutate({ id: 'probe-1', agent: 'probe', cwd: '/shop' }))).toBe('CONFLICT');
  expect((await prompts.list.query({})).data).toEqual([]);
  expect((await messages.list.query({})).data).toEqual([]);
  expect(await codeOf(observations.list.query({ cursor: 'forged' }))).toBe('BAD_REQUEST');
});
