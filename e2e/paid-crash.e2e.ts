import Database from 'better-sqlite3';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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
/** Between the answer and the job's end lie some milliseconds, and some kills come too late. */
const mostTries = 12;
const patience = { timeout: 60_000, interval: 50 };

// Catches: an answer that was paid for and is lost, or asked for again, when the app dies before the job has ended.
test('a worker that is killed between a paid answer and the end of its job pays once', { timeout: 240_000 }, () =>
  withTemporaryFolder(async (folder) => {
    const server = await startAnthropicServer();
    server.always({ json: summary });
    let worker = await startWorkerProcess(folder);
    await prepare(worker, folder, server.url);
    const db = new Database(join(folder, 'memory.db'), { readonly: true });
    const state = db.prepare<[string], string>('SELECT state FROM task_queue WHERE id = ?').pluck();
    const isAnswered = db
      .prepare<[string], number>(
        `SELECT EXISTS (SELECT 1 FROM model_calls c JOIN task_queue t ON t.pk = c.job_pk WHERE t.id = ? AND c.state = 'answered')`,
      )
      .pluck();
    let cutOff: string | null = null;
    const sessions = mintedSessions();
    for (let tries = 0; tries < mostTries && cutOff === null; tries++) {
      const session = sessions.next().value;
      await sendAll(worker, session.events, 1);
      const { id } = await jobClient(worker).enqueue('summarise', session.id);
      await expect
        .poll(async () => {
          for (let looks = 0; looks < 2_000 && isAnswered.get(id) !== 1; looks++) await setImmediate();
          return isAnswered.get(id);
        }, patience)
        .toBe(1);
      if (state.get(id) !== 'running') continue;
      await worker.kill();
      if (state.get(id) === 'running') cutOff = id;
      worker = await startWorkerProcess(folder);
    }
    if (cutOff === null) throw new Error('No kill came between an answer and the end of its job.');
    const id = cutOff;
    const asked = server.requests.length;
    await expect.poll(() => state.get(id), patience).toBe('waiting');
    await jobClient(worker).retry(id);
    await expect.poll(() => state.get(id), patience).toBe('done');
    const calls = db.prepare<[string], string>(
      'SELECT c.state FROM model_calls c JOIN task_queue t ON t.pk = c.job_pk WHERE t.id = ?',
    );
    expect(calls.pluck().all(id)).toEqual(['answered']);
    expect(server.requests).toHaveLength(asked);
    const contract = await connectContract(worker.url, folder);
    const { data } = await contract<{ data: { title: string }[] }>('summaries.list', { scope: 'session', limit: 50 });
    expect(data.map(({ title }) => title)).toContain(summary.title);
    db.close();
    await worker.stop();
    await server.close();
  }),
);

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
