import { mkdirSync } from 'node:fs';
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
  const settings = join(dataDir, 'claude', 'settings.json');
  mkdirSync(join(dataDir, 'claude'), { recursive: true });
  const exitCode = await runCli(['doctor', '--json', '--data', dataDir, '--settings', settings, ...options], terminal);
  return { exitCode, indexes: answer.parse(JSON.parse(printed)).checks.find(({ id }) => id === 'indexes') };
}

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
