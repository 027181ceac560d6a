import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { createSettings } from '../settings/settings.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createCleanupHandler } from './cleanup-handler.ts';

let store: TemporaryStore;
beforeEach(() => void (store = temporaryStore()));
afterEach(() => store.close());

const dayMs = 24 * 60 * 60 * 1000;

async function cleanUp(endedKeptDays: number): Promise<string> {
  const writer = operatingWriter(store.writable);
  const settings = createSettings([], writer);
  await settings.set('jobs.ended_kept_days', endedKeptDays);
  const job = { id: 'j', kind: 'cleanup', payload: {}, projectPk: null, sessionPk: null, attempt: 1 } as const;
  const handle = createCleanupHandler({ writer, settings });
  return (await handle({ job, signal: new AbortController().signal, progress: () => {} })).result;
}

// Catches: a number of days that a person chose, overruled by a bound that a busy month goes beyond.
test('ended jobs are kept for as many days as were chosen, and all older ones go', async () => {
  store.writable
    .prepare(
      `WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 2500)
       INSERT INTO task_queue (id, kind, key, payload, state, priority, run_after, created_at, ended_at)
       SELECT 'job' || n, 'summarise', 'job' || n, '{}', 'done', 0, 0, 0, ? FROM counted`,
    )
    .run(Date.now() - 100 * dayMs);
  expect(await cleanUp(365)).toBe('There was nothing to remove.');
  expect(await cleanUp(99)).toBe('Removed: 2500 ended jobs.');
});
