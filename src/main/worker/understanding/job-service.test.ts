import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openReadable } from '../../store/database.ts';
import type { JobKind, JobView } from '../../../shared/job-views.ts';
import { testWorkers, type TestWorker } from '../testing/test-worker.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => {
  worker = await workers.start();
  const body = { session_id: 's1', cwd: '/repo', prompt_id: 'p1' };
  await worker.hook({
    ...body,
    hook_event_name: 'UserPromptSubmit',
    prompt: 'Why does the migration hang? 数据库锁超时',
  });
  await worker.hook({
    ...body,
    hook_event_name: 'PostToolUse',
    tool_name: 'Bash',
    tool_use_id: 't1',
    tool_input: { command: 'npm run migrate' },
    tool_response: { stdout: 'key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 done', stderr: '' },
  });
  await worker.client.memories.remember.mutate({ text: 'The port is 5433.' });
  await worker.client.learnings.create.mutate({
    category: 'best_practice',
    statement: 'Always use WAL for the ledger.',
    scope: 'global',
  });
});
afterAll(() => workers.end());

async function until(id: string, states: readonly JobView['state'][]): Promise<JobView> {
  const found: { view: JobView | null } = { view: null };
  await vi.waitUntil(
    async () => {
      found.view = await worker.client.jobs.get.query({ id });
      return states.includes(found.view.state);
    },
    { timeout: 30_000, interval: 20 },
  );
  if (found.view === null) throw new Error(`There is no job ${id}.`);
  return found.view;
}
async function done(kind: JobKind, more: { session_id?: string } = {}): Promise<JobView> {
  const view = await until((await worker.client.jobs.enqueue.mutate({ kind, ...more })).id, ['done', 'parked']);
  expect([view.kind, view.state, view.failure]).toEqual([kind, 'done', null]);
  return view;
}

test('a backup is a whole memory of its owner’s alone; what a kill left is gone, and older copies go', async () => {
  const folder = join(worker.dataDir, 'backups');
  await done('backup');
  writeFileSync(join(folder, 'memory-2020.db.part'), 'half');
  for (let n = 1; n <= 9; n++) writeFileSync(join(folder, `memory-2020-01-0${n}.db`), '');
  expect((await done('backup')).result).toMatch(/MB, checked/);
  const names = readdirSync(folder).filter((name) => name.startsWith('memory-'));
  expect([names.length, names.filter((name) => name.endsWith('.part'))]).toEqual([7, []]);
  const copy = join(folder, names.toSorted().at(-1) ?? '');
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  const { db, close } = openReadable(copy);
  expect(db.prepare('SELECT COUNT(*) FROM observations').pluck().get()).toBe(2);
  close();
});

test('an export holds every kind as lines of JSON, in both languages, without the secret', async () => {
  const { result } = await done('export');
  const folder = join(worker.dataDir, 'exports');
  const [name = '', ...others] = readdirSync(folder);
  expect([others, result?.includes(name)]).toEqual([[], true]);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  const text = readFileSync(join(folder, name), 'utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(new Set(lines.map((line) => line['kind']))).toEqual(new Set(['session', 'learning', 'memory', 'observation']));
  expect(lines.find((line) => line['kind'] === 'session')).toMatchObject({
    id: 's1',
    title: 'Why does the migration hang? 数据库锁超时',
  });
  expect(lines.find((line) => line['kind'] === 'memory')).toMatchObject({ versions: [{ text: 'The port is 5433.' }] });
  expect(text).toContain('Always use WAL for the ledger.');
  expect(text).not.toContain('abcdefghijklmnopqrstuvwxyz');
});

test('vectors are made anew, and a cleanup finds nothing to do', async () => {
  expect((await done('embed')).result).toMatch(/^2 vectors of /);
  expect((await done('cleanup')).result).toBe('There was nothing to remove.');
});

test('a session is summed up at a person’s word, and the same wish is one job', async () => {
  const wish = { kind: 'summarise', session_id: 's1' } as const;
  await worker.client.jobs.setPaused.mutate({ kind: 'summarise', paused: true });
  const one = await worker.client.jobs.enqueue.mutate(wish);
  const other = await worker.client.jobs.enqueue.mutate(wish);
  expect(other).toMatchObject({ id: one.id, session_id: 's1', state: 'waiting', priority: 10 });
  await worker.client.jobs.setPaused.mutate({ kind: 'summarise', paused: false });
  expect((await until(one.id, ['done', 'parked'])).state).toBe('done');
  expect((await worker.client.summaries.list.query({ session_id: 's1' })).data).toHaveLength(1);
  const page = await worker.client.jobs.list.query({ session_id: 's1', kinds: ['summarise'], states: ['done'] });
  expect(page.data[0]?.id).toBe(one.id);
});

// Catches an internal error where a person only has to say something else.
test('what cannot be done is said in a sentence', async () => {
  const { jobs } = worker.client;
  await expect(jobs.enqueue.mutate({ kind: 'summarise' })).rejects.toThrow('Say which session');
  await expect(jobs.enqueue.mutate({ kind: 'learn', session_id: 'none' })).rejects.toThrow(
    'There is no session with the id none.',
  );
  await expect(jobs.get.query({ id: 'none' })).rejects.toThrow('none');
  const cron = { kind: 'backup', cron: '61 * * * *', enabled: true } as const;
  await expect(jobs.setSchedule.mutate(cron)).rejects.toThrow('"61 * * * *" is no schedule');
  await expect(jobs.setSchedule.mutate({ ...cron, kind: 'learn' })).rejects.toThrow('have no schedule');
  await expect(jobs.list.query({ cursor: 'x' })).rejects.toThrow('cursor');
});

test('schedules and limits outlive the worker, and can be switched off', async () => {
  const { jobs } = worker.client;
  const before = await jobs.overview.query();
  expect(before.schedules.map(({ kind, enabled }) => `${kind} ${enabled}`)).toEqual(
    ['backup', 'cleanup', 'decay', 'consolidate', 'summarise'].map((kind) => `${kind} true`),
  );
  await jobs.setSchedule.mutate({ kind: 'backup', cron: '15 1 * * *', enabled: true });
  await jobs.setSchedule.mutate({ kind: 'decay', cron: '15 4 * * *', enabled: false });
  await jobs.setConcurrency.mutate({ kind: 'learn', concurrency: 5 });
  await jobs.setPaused.mutate({ kind: null, paused: true });
  worker = await worker.restart();
  await vi.waitUntil(async () => (await worker.client.jobs.overview.query()).paused, { timeout: 20_000, interval: 20 });
  const after = await worker.client.jobs.overview.query();
  const backup = after.schedules.find(({ kind }) => kind === 'backup');
  expect(backup).toMatchObject({ cron: '15 1 * * *', enabled: true, last_at: null });
  const next = new Date(backup?.next_at ?? 0);
  expect([next.getHours(), next.getMinutes()]).toEqual([1, 15]);
  expect(after.schedules.find(({ kind }) => kind === 'decay')).toMatchObject({ enabled: false, next_at: null });
  expect(after.kinds.find(({ kind }) => kind === 'learn')).toMatchObject({ concurrency: 5 });
});
