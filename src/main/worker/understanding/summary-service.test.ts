import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { recordedHooks, type RecordedSession } from '../../capture/testing/recorded.ts';
import { createProgram } from '../../cli/program.ts';
import { weekOf } from '../../../shared/weeks.ts';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { modelServers, settingsFor } from '../testing/model-source.ts';
import { testWorkers, type TestWorker } from '../testing/test-worker.ts';
import { among, saying } from '../../memory/summaries/testing/matchers.ts';

const workers = testWorkers();
const patience = { timeout: 60_000, interval: 50 };
let worker: TestWorker;

async function replay(name: RecordedSession): Promise<string> {
  let session = '';
  for (const body of recordedHooks(name)) {
    session = (JSON.parse(body) as { session_id: string }).session_id;
    expect((await worker.hook(body)).ok).toBe(true);
  }
  return session;
}

/** The first list of which it holds. */
async function until(
  request: Parameters<TestWorker['client']['summaries']['list']['query']>[0],
  holds: (summaries: SummaryView[]) => boolean,
): Promise<SummaryView[]> {
  const found: { summaries: SummaryView[] } = { summaries: [] };
  await vi.waitUntil(async () => {
    found.summaries = (await worker.client.summaries.list.query(request)).data;
    return holds(found.summaries);
  }, patience);
  return found.summaries;
}

async function cmem(...args: string[]): Promise<{ out: string; code: number }> {
  const lines: string[] = [];
  let code = -1;
  const out = (text: string) => void lines.push(text);
  const terminal = { out, write: out, error: out, colour: false, columns: 100, locale: 'en' as const };
  const program = createProgram(terminal, (exit) => (code = exit));
  await program.parseAsync(['node', 'cmem', ...args, '--data', worker.dataDir]);
  return { out: lines.join('\n'), code };
}

let lock: string;
beforeAll(async () => {
  worker = await workers.start();
  lock = await replay('fix-lock-timeout');
}, 60_000);
afterAll(() => workers.end());

// Catches: a part that is not wired into the worker, whatever it does by itself.
describe('a worker that hooks tell of a session', () => {
  test('sums it up when it ends, with nobody asking and no model', { timeout: 90_000 }, async () => {
    const [summary] = await until({ session_id: lock, scope: 'session' }, (found) => found.length > 0);
    expect(summary).toMatchObject({
      source: 'extractive',
      title: 'Fixed: the checkout endpoint fails with SQLITE_BUSY under load',
      learned: among(saying('two writers collided')),
    });
    const turns = await until({ session_id: lock, scope: 'turn' }, (found) => found.length === 2);
    expect(turns[1]).toMatchObject({
      learned: ['We always use WAL mode and a busy timeout for every SQLite file in this repo'],
    });
    const { data } = await worker.client.jobs.list.query({ kinds: ['summarise'], session_id: lock });
    const ended = data.filter(({ state }) => state === 'done').map(({ details }) => details['scope']);
    expect(ended).toHaveLength(3);
    expect(new Set(ended)).toEqual(new Set(['session', 'turn']));
  });

  test('the command line shows it', { timeout: 60_000 }, async () => {
    const { out, code } = await cmem('summary', lock.slice(0, 8));
    expect(code).toBe(0);
    expect(out).toContain('Fixed: the checkout endpoint fails');
    expect(out).toContain('  - The database was opened in rollback-journal mode');
    expect(out).toContain('[passed]  2 passed, 0 failed');
    const { out: json } = await cmem('summary', '--json', '--turns');
    expect(JSON.parse(json)).toHaveLength(3);
    await expect(cmem('summary', 'nowhere')).rejects.toMatchObject({ code: 'UNKNOWN_SESSION' });
    await expect(cmem('summary', lock, '--week')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(cmem('summary', '--week', 'someday')).rejects.toMatchObject({ code: 'USAGE' });
  });

  test(
    'a person has it made anew by a model, goes back to the first one, and asks for the week',
    { timeout: 90_000 },
    async () => {
      const server = await modelServers.anthropic();
      try {
        server.always({ json: { title: 'WAL ends the lock timeouts', language: 'en', done: ['Checkout passes.'] } });
        await worker.client.models.configure.mutate({ settings: settingsFor('anthropic', server) });
        const job = await worker.client.summaries.regenerate.mutate({ scope: 'session', session_id: lock });
        expect(job).toMatchObject({ kind: 'summarise', priority: 10 });
        const [better] = await until({ session_id: lock, scope: 'session' }, ([each]) => each?.source === 'model');
        expect(better).toMatchObject({
          title: 'WAL ends the lock timeouts',
          version: 2,
          files: [{ path: 'src/db.js', change: 'changed' }],
        });
        const versions = await worker.client.summaries.versions.query({ id: better?.id ?? '' });
        const first = versions.at(-1)?.id ?? '';
        expect(await worker.client.summaries.choose.mutate({ id: first })).toMatchObject({
          source: 'extractive',
          is_current: true,
        });
        server.always({ fault: 'auth' });
        const refused = await worker.client.summaries.regenerate.mutate({ scope: 'session', session_id: lock });
        await vi.waitUntil(
          async () => (await worker.client.jobs.get.query({ id: refused.id })).state === 'parked',
          patience,
        );
        expect(await worker.client.jobs.get.query({ id: refused.id })).toMatchObject({ failure: { class: 'auth' } });
        const project_id = better?.project.id ?? '';
        const week = weekOf(Date.now());
        await worker.client.summaries.regenerate.mutate({ scope: 'week', project_id, week, with_model: false });
        const [told] = await until({ scope: 'week', project_id }, (found) => found.length > 0);
        expect(told).toMatchObject({ week, title: 'Fixed: the checkout endpoint fails with SQLITE_BUSY under load' });
        expect((await cmem('summary', '--week', '--project', 'shop-api')).out).toContain(told?.title);
      } finally {
        await server.close();
      }
    },
  );

  test.each([
    [{ scope: 'week' as const, project_id: 'p', week: '2026-11-17' }, 'BAD_REQUEST'],
    [{ scope: 'session' as const, session_id: 'nowhere' }, 'NOT_FOUND'],
    [{ scope: 'turn' as const, session_id: 'nowhere', prompt_id: 'p' }, 'NOT_FOUND'],
  ])('refuses to make %j', async (request, code) => {
    await expect(worker.client.summaries.regenerate.mutate(request)).rejects.toMatchObject({ data: { code } });
  });
});
