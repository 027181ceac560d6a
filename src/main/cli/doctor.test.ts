import { mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openWritable } from '../store/database.ts';
import { capture, embeddingWork, isDone, until, type EmbeddingWork } from '../worker/testing/embedding-work.ts';
import { runCli } from './run-cli.ts';

let work: EmbeddingWork;
beforeEach(async () => void (work = await embeddingWork()));
afterEach(() => work.end());

const answer = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ id: z.string(), state: z.string(), message: z.string() })),
});

async function doctor(dataDir: string, ...options: string[]) {
  let printed = '';
  const terminal = {
    out: (text: string) => void (printed += text),
    write: (text: string) => void (printed += text),
    error: (text: string) => void (printed += text),
    colour: false,
    columns: 100,
    locale: 'en' as const,
  };
  const settings = join(dataDir, '..', 'claude', 'settings.json');
  const exitCode = await runCli(['doctor', '--json', '--data', dataDir, '--settings', settings, ...options], terminal);
  const { checks } = answer.parse(JSON.parse(printed));
  const named = (wanted: string) => checks.filter(({ id }) => id === wanted);
  return { exitCode, printed, named, indexes: named('indexes')[0] };
}

/** Everything in a folder, with when it was changed. */
const stateOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => [name, statSync(join(folder, name)).mtimeMs]);

// Catches a doctor that calls a damaged index healthy, and a mending that leaves something to be mended.
test('names a damaged index, mends it when asked to, and finds nothing afterwards', async () => {
  const worker = await work.workers.start();
  await capture(worker, 5);
  await until(worker, isDone(5));
  expect((await doctor(worker.dataDir)).indexes).toMatchObject({
    state: 'ok',
    message: '5 rows are indexed as they read; 5 have a vector, 0 wait for one',
  });
  const { db, close } = openWritable(join(worker.dataDir, 'memory.db'));
  db.exec(`DELETE FROM observation_terms WHERE rowid < 3; DELETE FROM embeddings WHERE observation_pk = 4;`);
  close();
  const sick = await doctor(worker.dataDir);
  expect(sick).toMatchObject({ exitCode: 1, indexes: { state: 'fail' } });
  expect(sick.indexes?.message).toMatch(/2 .*not indexed.*--mend/u);
  expect((await doctor(worker.dataDir, '--mend')).indexes).toMatchObject({ state: 'ok' });
  await until(worker, isDone(5));
  expect((await doctor(worker.dataDir)).indexes).toMatchObject({
    state: 'ok',
    message: '5 rows are indexed as they read; 5 have a vector, 0 wait for one',
  });
});

// Catches: "no worker runs" for a memory that no worker can open, and a doctor that makes, mends or touches something by itself.
test('looks into the folder itself while no worker runs, and says what to do', async () => {
  const worker = await work.workers.start();
  await capture(worker, 5);
  await worker.client.admin.backUp.mutate();
  await worker.close();
  const { dataDir } = worker;
  const file = join(dataDir, 'memory.db');
  const seen = async (found: object) => {
    const before = stateOf(dataDir);
    const told = await doctor(dataDir);
    expect(stateOf(dataDir)).toEqual(before);
    expect(told.named('memory')).toMatchObject([found]);
    expect(told.named('worker')).toMatchObject([{ state: 'fail' }]);
  };
  await seen({ state: 'ok', message: expect.stringContaining('is sound') as unknown });
  writeFileSync(
    join(dataDir, 'worker.json'),
    JSON.stringify({ pid: 1, port: 9, url: 'http://127.0.0.1:9', started_at: '' }),
  );
  rmSync(join(dataDir, 'owner.token'));
  const { size } = statSync(file);
  truncateSync(file, size - 40_960);
  await seen({
    state: 'fail',
    message: expect.stringMatching(/is damaged \(.*-wal and -shm, put .*backups/u) as unknown,
  });
  rmSync(file);
  await seen({ state: 'warn', message: expect.stringContaining('newest copy') as unknown });
  mkdirSync(file);
  await seen({ state: 'fail', message: expect.stringContaining('is no file') as unknown });
  writeFileSync(join(dataDir, 'capture.token'), '');
  const told = await doctor(dataDir);
  expect(told.named('hooks')).toMatchObject([
    { state: 'fail', message: expect.stringContaining('damaged') as unknown },
  ]);
  const nowhere = await doctor(join(dataDir, 'worker.json'));
  expect(nowhere.named('data')).toMatchObject([
    { state: 'fail', message: expect.stringContaining('is no folder') as unknown },
  ]);
});
