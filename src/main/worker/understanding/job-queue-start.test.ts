import { expect, test, vi } from 'vitest';
import type { JobHandler } from '../../jobs/job.ts';
import { temporaryStore } from '../../store/testing/temporary-store.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createJobQueue } from './job-queue.ts';

// Catches a full disk at the start after which nothing runs until the app is started anew.
test('a queue that could not be opened is opened later', async () => {
  const store = temporaryStore();
  const reader = operatingReader(store.readable);
  const writer = operatingWriter(store.writable);
  let failures = 2;
  const failing: typeof writer = {
    call: (name, ...given) =>
      name === 'jobsOpen' && failures-- > 0
        ? Promise.reject(new Error('The disk is full.'))
        : writer.call(name, ...given),
  };
  const faults: unknown[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const queue = createJobQueue({ reader, writer: failing, onFault, openAgainMs: 1 });
  const done: JobHandler = () => Promise.resolve({ result: 'Done.', apply: null });
  const rest = { summarise: done, learn: done, embed: done, graph: done, decay: done, consolidate: done };
  queue.start({ ...rest, backup: done, cleanup: done, export: done });
  const job = { kind: 'learn', key: 'k', payload: { final: true }, projectPk: null, sessionPk: null } as const;
  const { id } = await queue.enqueue({ ...job, priority: 10, runAfter: 0 });
  const state = async () => (await reader.call('getJob', { id, now: Date.now() }))?.state;
  await vi.waitUntil(async () => (await state()) === 'done', { timeout: 20_000, interval: 10 });
  expect(faults).toHaveLength(2);
  await queue.close();
  store.close();
});
