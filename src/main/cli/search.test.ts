import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => void (worker = await workers.start()));
afterAll(() => workers.end());

// Catches "Nothing found" below what was found.
test.each([
  ['en', 'Nothing found'],
  ['zh-CN', '没有找到'],
] as const)('%s: what only a memory says is found', async (locale, nothing) => {
  await worker.client.memories.remember.mutate({ text: 'Deploys go out on Thursdays. 每逢周四发布。' });
  const found = await runCmem(worker, ['search', '周四'], { locale });
  expect(found).toMatchObject({ exitCode: 0, failed: '' });
  expect(found.printed).toContain('◆ Deploys go out on Thursdays.');
  expect(found.printed).not.toContain(nothing);
  expect((await runCmem(worker, ['search', '喷气发动机'], { locale })).printed).toContain(nothing);
});
