import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestGraph, type TestGraph } from '../../memory/graph/test-graph.ts';
import type { ClaimedJob, JobRun } from '../../jobs/job.ts';
import { operatingReader } from '../testing/operating-reader.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import { createGraphHandler } from './graph-handler.ts';

let memory: TestGraph;
beforeEach(() => void (memory = createTestGraph()));
afterEach(() => memory.close());

const run = (
  sessionPk: number | null,
  payload: ClaimedJob<'graph'>['payload'],
  signal = new AbortController().signal,
) => {
  const handler = createGraphHandler({
    intake: operatingReader(memory.readable),
    writer: operatingWriter(memory.writable),
    gateway: {
      isWanted: () => false,
      settings: () => expect.unreachable(),
      complete: () => Promise.reject(new Error('No model is set.')),
    },
    mode: () => expect.unreachable(),
  });
  const job: JobRun<'graph'>['job'] = { id: 'j', kind: 'graph', payload, projectPk: null, sessionPk, attempt: 1 };
  return handler({ job, signal, progress() {} });
};

// Catches: a job that counts twice when it is done again after a crash, or one that reads other sessions than its own.
it('reads one session, or all, and writes nothing the second time', async () => {
  memory.replayRecorded();
  const [first = 0] = memory.sessions();
  expect((await run(first, { rebuild: false })).result).toMatch(/^1 sessions read: \d+ new mentions/);
  expect(memory.changes.stale(100)).toHaveLength(memory.sessions().length - 1);
  await run(null, { rebuild: false });
  const kept = memory.lines();
  expect(memory.changes.stale(100)).toEqual([]);
  expect((await run(first, { rebuild: false })).result).toContain('says it all already');
  expect((await run(null, { rebuild: true })).result).toContain('says it all already');
  expect(memory.lines()).toEqual(kept);
});

// Catches: a graph that keeps what it should not have after a rebuild, which is to mend it.
it('mends a graph that was damaged', async () => {
  memory.replayRecorded();
  await run(null, { rebuild: false });
  const kept = memory.lines();
  memory.writable.exec(`
    DELETE FROM entity_mentions WHERE observation_pk % 2 = 0;
    INSERT INTO entities (id, kind, key) VALUES ('x', 'concept', 'ghost');
    INSERT INTO entity_mentions SELECT (SELECT pk FROM entities WHERE id = 'x'), pk, session_pk FROM observations LIMIT 1;
    DELETE FROM relations WHERE type = 'solves';`);
  await run(null, { rebuild: true });
  expect(memory.lines()).toEqual(kept);
});

it('stops when it is cancelled', async () => {
  memory.replayRecorded();
  await expect(run(null, { rebuild: false }, AbortSignal.abort())).rejects.toThrow(/abort/i);
  expect(memory.lines()).toEqual([]);
});
