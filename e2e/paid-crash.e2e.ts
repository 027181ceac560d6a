import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWorkerProcess, type WorkerServer } from '../bench/lib/child-server.ts';
import { jobClient } from '../bench/lib/job-client.ts';
import { sendAll } from '../bench/lib/load.ts';
import { mintedSessions } from '../bench/lib/recorded-events.ts';
import { withTemporaryFolder } from '../bench/lib/temporary-folder.ts';
import { defaultModelSettings } from '../src/main/ai/settings.ts';
import { startAnthropicServer } from '../src/main/ai/testing/anthropic-server.ts';
import { connectContract } from './contract-client.ts';

const summary = {
  title: 'The lock timed out',
  language: 'en',
  request: 'Find out why the table is locked.',
  investigated: [],
  done: ['Opened the database in WAL mode.'],
  learned: [],
  open_ends: [],
  key_points: [],
};
const patience = { timeout: 60_000, interval: 50 };

// Catches: an answer that was paid for and is lost, or asked for again, when the app dies before the job has ended.
test('a worker that is killed between a paid answer and the end of its job pays once', { timeout: 240_000 }, () =>
  withTemporaryFolder(async (folder) => {
    const server = await startAnthropicServer();
    server.always({ json: summary });
    const first = await startWorkerProcess(folder);
    await prepare(first, folder, server.url);
    const db = new Database(join(folder, 'memory.db'), { timeout: 60_000 });
    const state = db.prepare<[string], string>('SELECT state FROM task_queue WHERE id = ?').pluck();
    const calls = db
      .prepare<[string], string>(
        'SELECT c.state FROM model_calls c JOIN task_queue t ON t.pk = c.job_pk WHERE t.id = ?',
      )
      .pluck();

    const session = mintedSessions().next().value;
    await sendAll(first, session.events, 1);
    const id = await enqueueWithoutEnd(first, db, session.id);
    await expect.poll(() => calls.all(id), patience).toEqual(['answered']);
    await first.kill();
    expect(state.get(id)).toBe('running');
    letEnd(db);

    const second = await startWorkerProcess(folder);
    const asked = server.requests.length;
    await expect.poll(() => state.get(id), patience).toBe('waiting');
    await jobClient(second).retry(id);
    await expect.poll(() => state.get(id), patience).toBe('done');
    expect(calls.all(id)).toEqual(['answered']);
    expect(server.requests).toHaveLength(asked);
    const contract = await connectContract(second.url, folder);
    const { data } = await contract<{ data: { title: string }[] }>('summaries.list', { scope: 'session', limit: 50 });
    expect(data.map(({ title }) => title)).toContain(summary.title);
    db.close();
    await second.stop();
    await server.close();
  }),
);

/** Sums up a session by a job whose end takes for ever to write, and is undone when the worker is killed over it. */
async function enqueueWithoutEnd(worker: WorkerServer, db: Database.Database, sessionId: string): Promise<string> {
  const jobs = jobClient(worker);
  await jobs.setPaused(true);
  const { id } = await jobs.enqueue('summarise', sessionId);
  db.exec(`
    CREATE VIEW endless AS WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted) SELECT n FROM counted;
    CREATE TRIGGER held_end AFTER UPDATE OF state ON task_queue WHEN new.id = '${id}' AND new.state = 'done' BEGIN
      SELECT COUNT(*) FROM endless;
    END`);
  await jobs.setPaused(false);
  return id;
}

function letEnd(db: Database.Database): void {
  db.exec('DROP TRIGGER held_end; DROP VIEW endless');
}

/** A model that is asked for sessions only, has a price, and no cap. */
async function prepare(worker: WorkerServer, folder: string, url: string): Promise<void> {
  const contract = await connectContract(worker.url, folder);
  const use_for = { turns: false, sessions: true, weeks: false, learnings: false, graph: false, ask: false };
  const models = { small: null, large: 'test-model' };
  const settings = { ...defaultModelSettings, kind: 'anthropic', base_url: url, models, use_for };
  await contract('models.configure', { settings });
  await contract('costs.setPrice', { model: 'test-model', input: 1, output: 1, cache_read: 1, cache_write: 1 });
  await contract('costs.setCaps', { day_usd: null, month_usd: null });
}
