import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestGraph, type TestGraph } from '../../memory/graph/test-graph.ts';
import type { ModelSettings } from '../../../shared/model-views.ts';
import { operatingWriter } from '../testing/operating-writer.ts';
import type { WriterClient } from '../writer-client.ts';
import { createHistoryService } from './history-service.ts';

let memory: TestGraph;
let writer: Pick<WriterClient, 'call'>;
beforeEach(() => {
  memory = createTestGraph();
  writer = operatingWriter(memory.writable);
  for (const session of ['first', 'second', 'third']) {
    memory.tool(session, 'Read', { file_path: '/home/dev/shop/src/db.ts' });
  }
  memory.writable.exec('DELETE FROM task_queue');
});
afterEach(() => memory.close());

const queued = () =>
  memory.readable
    .prepare<[], string>(
      `SELECT t.kind || ' ' || s.id FROM task_queue t JOIN sessions s ON s.pk = t.session_pk ORDER BY 1`,
    )
    .pluck()
    .all();

function history(...wanted: (keyof ModelSettings['use_for'])[]) {
  const calls: string[] = [];
  const queue = { hurry: () => void calls.push('hurry'), tell: () => void calls.push('tell') };
  const isWanted = (use: keyof ModelSettings['use_for']) => wanted.includes(use);
  return { calls, service: createHistoryService({ writer: writer as WriterClient }, { isWanted }, queue) };
}

// Catches: a session that is paid for twice, or again although a model has read it.
test('queues what no model has read, once', async () => {
  const first = memory.readable.prepare<[], number>('SELECT min(pk) FROM sessions').pluck().get() ?? 0;
  memory.writable.exec(`
    INSERT INTO summaries (id, subject, scope, source, project_pk, session_pk, version, is_current, input_hash, title, content,
      occurred_at, created_at)
    SELECT 's', 'session:' || pk, 'session', 'model', project_pk, pk, 1, 1, x'00', 'Read', '{}', 0, 0
    FROM sessions WHERE pk = ${first}`);
  const { service, calls } = history('sessions', 'learnings');
  expect(await service.read({})).toBe(2);
  expect(await service.read({})).toBe(2);
  expect(queued()).toEqual(['learn second', 'learn third', 'summarise second', 'summarise third']);
  expect(calls).toContain('hurry');
});

// Catches: a history that is paid for with each click, where a model is asked for learnings alone.
test('what a model has learned from is not asked again until there is news', async () => {
  const { service } = history('learnings');
  expect(await service.read({})).toBe(3);
  memory.writable.exec(`
    INSERT INTO model_calls (id, purpose, job_pk, provider, model, request_hash, state, started_at)
    SELECT id, 'learn', pk, 'openai', 'm', x'00', 'answered', 4102444800000 FROM task_queue ORDER BY pk LIMIT 2;
    UPDATE task_queue SET state = 'done', ended_at = 0 WHERE pk IN (SELECT job_pk FROM model_calls);
    DELETE FROM task_queue WHERE state = 'waiting'`);
  expect(await service.read({})).toBe(1);
  memory.writable.exec('UPDATE model_calls SET started_at = 0');
  expect(await service.read({})).toBe(3);
});

// Catches: learnings that are paid for although they are switched off.
test('asks only for what the model is used for', async () => {
  expect(await history('sessions').service.read({})).toBe(3);
  expect(queued()).toEqual(['summarise first', 'summarise second', 'summarise third']);
});

// Catches: jobs that do nothing, where no model is set.
test('without a model it says what to do', async () => {
  await expect(history('ask').service.read({})).rejects.toThrow(/choose one/);
  expect(queued()).toEqual([]);
});

test('keeps to the project and the time', async () => {
  const later = new Date(Date.now() + 86_400_000).toISOString();
  expect(await history('sessions').service.read({ since: later })).toBe(0);
  expect(await history('sessions').service.read({ project_id: 'nowhere' })).toBe(0);
  expect(queued()).toEqual([]);
});
