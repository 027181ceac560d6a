import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Locale } from '../../shared/messages/fill.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCmem } from './testing/run-cmem.ts';

const recordings = join(import.meta.dirname, '../../../e2e/fixtures/recorded');
const listed = z.object({ data: z.array(z.object({ id: z.string(), category: z.string(), statement: z.string() })) });

const workers = testWorkers();
afterEach(() => workers.end());

const cmem = (worker: TestWorker, args: string[], locale: Locale = 'en') => runCmem(worker, args, { locale });

// Catches: what the recorded sessions teach not reaching a person, or a decision of theirs not reaching the file.
test('what was recorded is listed, decided on and exported', { timeout: 120_000 }, async () => {
  const worker = await workers.start();
  for (const name of ['fix-lock-timeout', 'zh-session']) {
    const bodies = readFileSync(join(recordings, `${name}.hooks.jsonl`), 'utf8')
      .trim()
      .split('\n');
    for (const body of bodies) expect((await worker.hook(body)).ok).toBe(true);
  }
  const found = await vi.waitFor(
    async () => {
      const { data } = listed.parse(JSON.parse((await cmem(worker, ['learnings', '--json'])).printed));
      expect(data).toHaveLength(2);
      return data;
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(found.map(({ category }) => category).toSorted()).toEqual(['best_practice', 'solution']);
  const rule = found.find(({ category }) => category === 'best_practice');
  const id = rule?.id ?? '';

  const search = await cmem(worker, [
    'learnings',
    'locked',
    'database',
    '--category',
    'solution',
    '--state',
    'proposed',
  ]);
  expect(search.printed).toContain('“SQLITE_BUSY: database is locked”');
  expect(search.printed).not.toContain(id);
  expect((await cmem(worker, ['learnings', '--state', 'believed'])).failed).toMatch(
    /is not one of: proposed, approved/,
  );
  expect((await cmem(worker, ['learnings', '--state', 'approved'], 'zh-CN')).printed).toMatch(/还没有学到/);

  await worker.client.learnings.edit.mutate({ id, change: { tags: ['sqlite', '数据库'] } });
  const tagged = await cmem(worker, ['learnings', '--tag', 'sqlite,数据库']);
  expect(tagged.printed).toMatch(/WAL mode.* #sqlite #数据库$/m);
  expect(tagged.printed).not.toContain('SQLITE_BUSY');
  expect((await cmem(worker, ['learnings', '--tag', 'sqlite', '--tag', 'none'])).printed).toMatch(/Nothing was learnt/);

  const approved = await cmem(worker, ['learnings', 'approve', id, '--note', 'so it is']);
  expect(approved.printed).toMatch(/approved .*WAL mode/);
  const batch = /undo (\S+)`/.exec(approved.printed)?.[1] ?? '';
  const file = join(worker.dataDir, 'CLAUDE.md');
  writeFileSync(file, '# Shop\n');
  expect((await cmem(worker, ['learnings', 'export', '--project', 'shop-api', '--file', file])).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(
    /^# Shop\n\n<!-- claude-mem:begin -->[^]*- We always use WAL mode[^]*end -->\n$/,
  );

  expect((await cmem(worker, ['learnings', 'undo', batch])).exitCode).toBe(0);
  expect((await cmem(worker, ['learnings', 'undo', batch])).failed).toMatch(/undone already/);
  expect((await cmem(worker, ['learnings', 'reject', 'nobody'])).exitCode).not.toBe(0);
  expect((await cmem(worker, ['learnings', 'export', '--project', 'shop-api'])).printed).not.toContain('WAL');
});
