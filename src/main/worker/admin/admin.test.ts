import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSound } from '../../../shared/index-views.ts';
import { openWritable } from '../../store/database.ts';
import { capture, embeddingWork, isDone, until, type EmbeddingWork } from '../testing/embedding-work.ts';
import type { TestWorker } from '../testing/test-worker.ts';
import { whoWaits } from './maintenance.ts';
import { missingRoom } from './room-on-disk.ts';

const rows = 12;
let work: EmbeddingWork;
let worker: TestWorker;
beforeAll(async () => {
  work = await embeddingWork();
  worker = await work.workers.start();
  await capture(worker, rows);
  await until(worker, isDone(rows));
});
afterAll(() => work.end());

const prompt = (number: number) =>
  worker.hook({ session_id: 's2', cwd: '/repo', hook_event_name: 'UserPromptSubmit', prompt: `number ${number}` });

describe('maintenance', () => {
  // Catches: a task that refuses, loses or fails the hooks that arrive while it runs, and one that leaves the vectors of other rows.
  test('all tasks succeed while hooks go on, and everything is found afterwards', async () => {
    const tasks = ['integrity', 'optimize', 'checkpoint', 'vacuum', 'reindex'] as const;
    const running = worker.client.admin.maintain.mutate({ tasks: [...tasks] });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, number) => prompt(number)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const reports = await running;
    expect(reports.map(({ task }) => task)).toEqual(tasks);
    // A reader may hold the log for a moment; that is told and harms nothing.
    expect(reports.filter(({ ok, task }) => !ok && task !== 'checkpoint')).toEqual([]);
    expect(reports.every(({ findings }) => findings.length > 0)).toBe(true);
    expect((await worker.client.stats.overview.query({})).prompts).toBe(40);
    await until(worker, isDone(rows + answers.length));
    expect(isSound(await worker.client.indexes.check.query())).toBe(true);
    expect((await worker.client.search.query.query({ text: 'migrate', mode: 'lexical' })).total).toBeGreaterThanOrEqual(
      rows,
    );
    const [first] = (await worker.client.search.query.query({ text: 'migrate', mode: 'vector' })).hits;
    expect(first).toBeDefined();
  });

  test('what is wrong is told, and what can be mended is mended', async () => {
    const { db, close } = openWritable(join(worker.dataDir, 'memory.db'));
    db.exec('DELETE FROM observation_terms WHERE rowid IN (1, 2)');
    close();
    const [sick] = await worker.client.admin.maintain.mutate({ tasks: ['integrity'] });
    expect(sick).toMatchObject({
      ok: false,
      findings: [expect.stringMatching(/2 rows are wrong in the text index.*reindex/) as unknown],
    });
    const mended = await worker.client.admin.maintain.mutate({ tasks: ['reindex', 'integrity'] });
    expect(mended).toMatchObject([{ ok: true }, { ok: true }]);
  });

  // Catches: a large file that is written anew while agents work, whose hooks give up meanwhile.
  test('a file that takes long is not written anew while agents are at work', () => {
    const use = { usedBytes: 400_000_000, lastEventAt: Date.now() - 1_000 };
    expect(whoWaits(use, Date.now())).toMatch(/^400\.0 MB have to be written anew.*about 4 seconds/);
    expect(whoWaits({ ...use, usedBytes: 100_000_000 }, Date.now())).toBeNull();
    expect(whoWaits({ ...use, lastEventAt: Date.now() - 600_000 }, Date.now())).toBeNull();
    expect(whoWaits({ ...use, lastEventAt: null }, Date.now())).toBeNull();
  });

  test('a disk without room is told in a sentence, before anything is written', async () => {
    const database = join(worker.dataDir, 'memory.db');
    expect(await missingRoom(database, 1_000)).toBeNull();
    expect(await missingRoom(database, 2 ** 50)).toMatch(/too little room in .*MB more have to be free/);
  });
});

// Catches: a list that shows half a copy, or copies that the setting does not bound.
test('copies are made, listed newest first, and as many kept as the setting says', async () => {
  expect(await worker.client.admin.backups.query()).toEqual([]);
  await worker.client.configuration.set.mutate({ key: 'backups.kept', value: 2 });
  const made = [];
  for (let copy = 0; copy < 3; copy++) made.push(await worker.client.admin.backUp.mutate());
  const listed = await worker.client.admin.backups.query();
  expect(listed.map(({ file }) => file)).toEqual([made[2]?.file, made[1]?.file]);
  expect(existsSync(made[0]?.file ?? '')).toBe(false);
  const [newest] = listed;
  expect(newest?.size_bytes).toBe(statSync(newest?.file ?? '').size);
  expect(
    readFileSync(newest?.file ?? '')
      .subarray(0, 15)
      .toString(),
  ).toBe('SQLite format 3');
  // Catches: a queue of copies, each of seconds, that one impatient program makes.
  const atOnce = await Promise.all(Array.from({ length: 8 }, () => worker.client.admin.backUp.mutate()));
  expect(new Set(atOnce.map(({ file }) => file)).size).toBeLessThanOrEqual(2);
  const tasks = ['checkpoint' as const];
  const cared = await Promise.all(Array.from({ length: 8 }, () => worker.client.admin.maintain.mutate({ tasks })));
  expect(cared.every(([report]) => report?.task === 'checkpoint')).toBe(true);
});

describe('tools', () => {
  const tool = {
    name: 'add',
    title: 'Adds',
    description: 'Adds two numbers.',
    input_schema: {
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'number' } },
      required: ['a', 'b'],
    },
    source: 'if (input.b === 0) throw new Error("nothing to add"); return input.a + input.b',
  };
  const execute = (given: Record<string, unknown>) =>
    worker.client.tools.execute.mutate({ name: 'add', arguments: given });

  test('a script is off until the owner switches scripts on, then it runs, and each run is counted', async () => {
    await worker.client.tools.create.mutate(tool);
    await expect(execute({ a: 1, b: 2 })).rejects.toThrow(/switched off/);
    const settings = await worker.client.tools.settings.query();
    expect(settings.scripts_enabled).toBe(false);
    await worker.client.tools.setSettings.mutate({ ...settings, scripts_enabled: true, timeout_seconds: 60 });
    expect(await execute({ a: 1, b: 2 })).toMatchObject({ success: true, output: 3, exit_code: 0, error: null });
    expect(await execute({ a: 1, b: 0 })).toMatchObject({
      success: false,
      output: null,
      error: { code: 'SCRIPT_FAILED' },
    });
    await expect(execute({ a: 'one' })).rejects.toThrow(/b: It is missing/);
    await worker.client.tools.update.mutate({ name: 'add', change: { enabled: false } });
    await expect(execute({ a: 1, b: 2 })).rejects.toThrow(/disabled/);
    const { usage } = await worker.client.tools.get.query({ name: 'add' });
    expect(usage).toMatchObject({ count: 2, failure_count: 1, average_ms: expect.any(Number) as unknown });
  });

  test('what cannot be run is not registered, and names of built-in tools are taken', async () => {
    const refused: [object, RegExp][] = [
      [{ source: 'return (' }, /cannot be run/],
      [{ source: 'return import("x")' }, /import/],
      [{ input_schema: { type: 'object', properties: { a: { type: 'numbre' } } } }, /schema/],
      [{ name: 'search' }, /built-in/],
      [{ name: 'add' }, /already/],
    ];
    for (const [change, message] of refused) {
      await expect(worker.client.tools.create.mutate({ ...tool, name: 'other', ...change })).rejects.toThrow(message);
    }
    await expect(worker.client.tools.delete.mutate({ name: 'search' })).rejects.toThrow(/built in/);
    await worker.client.tools.delete.mutate({ name: 'add' });
    await expect(execute({ a: 1, b: 2 })).rejects.toThrow(/no tool/);
  });

  test('a built-in tool can be switched off and on, and is counted', async () => {
    const run = () => worker.client.tools.execute.mutate({ name: 'search', arguments: { query: 'migrate' } });
    const before = await worker.client.tools.get.query({ name: 'search' });
    await run();
    const after = await worker.client.tools.get.query({ name: 'search' });
    expect(after.usage.count).toBe(before.usage.count + 1);
    expect((await worker.client.tools.update.mutate({ name: 'search', change: { enabled: false } })).enabled).toBe(
      false,
    );
    await expect(run()).rejects.toThrow(/switched off/);
    await worker.client.tools.update.mutate({ name: 'search', change: { enabled: true } });
    expect(await run()).toMatchObject({ success: true });
  });
});
