import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { tellSession } from '../worker/records/testing/record-memory.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { exitCodes } from './cli-error.ts';
import { beginningsOf } from './session-option.ts';
import { runCmem } from './testing/run-cmem.ts';

const ids = [
  '55218e25-1c5f-4b52-9a3f-000000000001',
  '55218e25-1c5f-4b52-9a3f-000000000002',
  'aa218e25-0000-4b52-9a3f-0',
];
const [first = '', second = '', third = ''] = ids;

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => {
  worker = await workers.start();
  const words = ['marzipan', 'nougat', 'liquorice'];
  for (const [index, id] of ids.entries()) {
    const sent: Promise<unknown>[] = [];
    tellSession({ hook: (body) => void sent.push(worker.hook(body)) }, id, words[index] ?? '');
    await Promise.all(sent);
  }
}, 60_000);
afterAll(() => workers.end());

const cmem = (...args: string[]) => runCmem(worker, args);
const listed = z.object({ data: z.array(z.object({ id: z.string() })) });

test('sessions are listed with as much of the id as tells them apart', async () => {
  const { printed } = await cmem('sessions');
  expect(printed).toMatch(/^ID +LAST ACTIVE +STATE +PROMPTS +ENTRIES +FAILED +PROJECT +TITLE\n/);
  expect(printed).toMatch(new RegExp(`^${first} .* shop +Repair the marzipan queue`, 'm'));
  expect(printed).toMatch(/^aa218e25 .* shop +Repair the liquorice queue/m);
  expect((await runCmem(worker, ['sessions'], { locale: 'zh-CN' })).printed).toContain('最近活动');

  const narrowed = listed.parse(JSON.parse((await cmem('sessions', 'nougat', '--project', 'shop', '--json')).printed));
  expect(narrowed.data.map(({ id }) => id)).toEqual([second]);
  expect((await cmem('sessions', '--since', '2090-01-01')).printed).toBe('There are no such sessions.\n');
  expect((await cmem('sessions', '--project', 'nope')).exitCode).toBe(exitCodes.failed);
  expect((await cmem('sessions', '--since', 'soon')).exitCode).toBe(exitCodes.usage);
});

// Catches: an id that is asked for and shown nowhere, one that is not known and found "nothing", and one of several that is taken.
test('a session is meant by the beginning of its id wherever one is asked for', async () => {
  expect((await cmem('search', 'liquorice')).printed).toContain(`session ${third}`);
  const found = z.object({ hits: z.array(z.object({ observation: z.object({ session_id: z.string() }) })) });
  const { hits } = found.parse(JSON.parse((await cmem('search', 'queue', '--session', 'aa21', '--json')).printed));
  expect(new Set(hits.map(({ observation }) => observation.session_id))).toEqual(new Set([third]));

  const { printed, failed, exitCode } = await cmem('search', 'queue', '--session', '55218e25');
  expect([exitCode, printed]).toEqual([exitCodes.failed, '']);
  expect(failed).toMatch(/More than one session/);
  for (const id of [first, second]) expect(failed).toContain(id);
  for (const args of [
    ['search', 'x', '--session', 'nope'],
    ['summary', 'nope'],
    ['context', '--project', 'shop', '--session', 'nope'],
    ['delete', 'session', 'nope'],
  ]) {
    expect(await cmem(...args)).toMatchObject({
      exitCode: exitCodes.failed,
      failed: expect.stringContaining('`cmem sessions` lists them') as unknown,
    });
  }
  expect((await cmem('delete', 'session', '')).exitCode).toBe(exitCodes.failed);

  expect((await cmem('delete', 'session', 'aa218e25')).printed).toContain(`cmem undelete session ${third}`);
  expect((await cmem('search', 'x', '--session', 'aa218e25')).exitCode).toBe(exitCodes.failed);
  expect((await cmem('undelete', 'session', 'aa218e25')).printed).toContain('It is back');
  expect((await cmem('undelete', 'session', 'aa218e25')).failed).toContain('`cmem deleted` lists them');
  expect((await cmem('delete', 'session', 'aa218e25')).exitCode).toBe(0);
  expect((await cmem('delete', 'session', 'aa218e25', '--for-good')).printed).toContain(`${third} is erased`);
});

test.each([
  [['abc'], 'abc', 'abc'],
  [['0199a2b3c4d5-1', '0199a2b3c4d5-2'], '0199a2b3c4d5-2', '0199a2b3c4d5-2'],
  [['0199a2b3c4d5-1', '0199a2b3c400-2'], '0199a2b3c400-2', '0199a2b3c40'],
  [['55218e25-1', 'aa218e25-1'], 'aa218e25-1', 'aa218e25'],
])('of %j, %s is %s', (all, id, beginning) => expect(beginningsOf(all)(id)).toBe(beginning));
