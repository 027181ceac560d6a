import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellSession } from '../worker/records/testing/record-memory.ts';
import { testWorkers, type TestWorker } from '../worker/testing/test-worker.ts';
import { runCli } from './run-cli.ts';

const workers = testWorkers();
let worker: TestWorker;
beforeAll(async () => {
  worker = await workers.start();
  const sent: Promise<unknown>[] = [];
  tellSession({ hook: (body) => void sent.push(worker.hook(body)) }, 'mine', 'marzipan');
  await Promise.all(sent);
});
afterAll(() => workers.end());

async function cmem(...args: string[]) {
  let printed = '';
  const out = (text: string) => void (printed += text);
  const terminal = { out, write: out, error: out, colour: false, columns: 100, locale: 'en' as const };
  return { exitCode: await runCli([...args, '--data', worker.dataDir], terminal), printed };
}

// Catches a command that says it was done when it was not, and a way back that is not the one that it names.
test('cmem deletes, takes back, and erases for good', async () => {
  expect(await cmem('delete', 'session', 'mine')).toEqual({
    exitCode: 0,
    printed: 'The session is deleted; `cmem undelete session mine` takes it back.',
  });
  expect((await cmem('deleted')).printed).toMatch(/session +mine +shop +Repair the marzipan queue/);
  expect((await cmem('delete', 'session', 'mine')).exitCode).toBe(1);
  expect((await cmem('undelete', 'session', 'mine')).printed).toBe('It is back: Repair the marzipan queue');
  const { data } = await worker.client.sessions.timeline.query({ session_id: 'mine' });
  const id = data[0]?.id ?? '';
  expect(JSON.parse((await cmem('delete', 'observation', id, '--json')).printed)).toEqual({
    kind: 'observation',
    id,
    erased: false,
  });
  expect((await cmem('undelete', 'observation', id)).exitCode).toBe(0);
  expect((await cmem('delete', 'session', 'mine', '--for-good')).printed).toBe('The session mine is erased.');
  expect(await cmem('undelete', 'session', 'mine')).toMatchObject({ exitCode: 1 });
  expect((await cmem('delete', 'project', 'mine')).exitCode).toBe(2);
});
