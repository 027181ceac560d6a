import Database from 'better-sqlite3';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { recordedTranscript } from '../capture/testing/recorded.ts';
import { dataPaths } from '../store/data-folder.ts';
import { testWorkers, type TestWorker } from './testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => void (worker = await workers.start()));
afterAll(() => workers.end());

const patience = { timeout: 30_000, interval: 50 };

function execute(sql: string): void {
  const db = new Database(dataPaths(worker.dataDir).database);
  db.exec(sql);
  db.close();
}

const ready = async () => (await worker.get('/api/v1/health/ready')).status;
const writerState = async () => {
  const { dependencies } = await worker.client.health.dependencies.query();
  return dependencies.find(({ name }) => name === 'writer')?.state;
};
const hook = (id: string) =>
  worker.hook({ session_id: 'live', cwd: '/shop', hook_event_name: 'PreToolUse', tool_use_id: id, tool_name: 'Bash' });

// Catches a health that is good while every hook is refused, and what agents did meanwhile being read at the next start only.
test('while nothing can be stored the memory is not ready, and afterwards it reads what it missed', async () => {
  expect((await hook('t1')).status).toBe(204);
  await vi.waitFor(async () => expect(await ready()).toBe(200), patience);
  for (const table of ['events', 'configurations']) {
    execute(`CREATE TRIGGER refuse_${table} BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'No room.'); END`);
  }
  const refused = await hook('t2');
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('NOT_STORED')]);
  await vi.waitFor(async () => expect(await writerState()).toBe('down'), patience);
  expect(await ready()).toBe(503);

  const projects = join(worker.claudeDir, 'projects', '-home-dev-shop-api');
  mkdirSync(projects, { recursive: true });
  cpSync(recordedTranscript('fix-lock-timeout'), join(projects, 'fix-lock-timeout.jsonl'));
  for (const table of ['events', 'configurations']) execute(`DROP TRIGGER refuse_${table}`);
  await vi.waitFor(async () => expect(await ready()).toBe(200), patience);
  expect(await writerState()).toBe('up');
  const sessions = async () => (await worker.client.status.get.query()).database.counts.sessions;
  await vi.waitFor(async () => expect(await sessions()).toBe(2), patience);
});
