import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { testWorkers } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const listed = z.object({
  data: z.array(z.object({ text: z.string() })),
  pagination: z.object({ has_next: z.boolean(), next_cursor: z.string().nullable(), total: z.number() }),
});

// Catches: a list that ends at 200 as if that were all, a page that comes twice, and one that is left out.
test('a list says that there is more, and --all gives all of it', async () => {
  const worker = await workers.start();
  const texts = Array.from({ length: 450 }, (_, index) => `The number of this memory is ${index + 1_000}.`);
  for (let from = 0; from < texts.length; from += 100) {
    const memories = texts.slice(from, from + 100).map((text) => ({ text }));
    await worker.client.memories.rememberMany.mutate({ memories });
  }
  const first = await runCmem(worker, ['memories']);
  expect(first.printed.trimEnd().split('\n')).toHaveLength(202);
  expect(first.printed).toContain('There is more: 200 of 450 are shown. --all shows the rest.');
  expect((await runCmem(worker, ['memories'], { locale: 'zh-CN' })).printed).toContain('共 450 条');
  const all = await runCmem(worker, ['memories', '--all']);
  expect(all.printed).not.toContain('There is more');
  expect(all.printed.trimEnd().split('\n')).toHaveLength(450);
  const { data, pagination } = listed.parse(
    JSON.parse((await runCmem(worker, ['memories', '--all', '--json'])).printed),
  );
  expect(data.map(({ text }) => text).toSorted()).toEqual(texts);
  expect(pagination).toEqual({ has_next: false, next_cursor: null, total: 450 });
  for (const list of [['keys', 'list'], ['users', 'list'], ['organizations', 'list'], ['deleted']]) {
    expect(await runCmem(worker, [...list, '--all']), list.join(' ')).toMatchObject({ exitCode: 0, failed: '' });
  }
});
