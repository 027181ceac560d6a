import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createLogger } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { openWritable } from '../store/database.ts';
import { newId } from '../store/ids.ts';
import { organizationFolder } from './memories.ts';
import { createOrganizationRemoval } from './organization-removal.ts';
import { testWorkers, type TestWorker } from './testing/test-worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

/** An organisation whose memory says something, and its folder. */
async function organization(worker: TestWorker, name: string): Promise<{ id: string; folder: string }> {
  const { id } = await worker.client.organizations.create.mutate({ name });
  const headers = { 'X-Organization-Id': id, 'content-type': 'application/json', ...bearer(worker) };
  const body = JSON.stringify({ text: 'The harbour opens at nine.' });
  const { status } = await fetch(`${worker.url}/api/v1/memories`, { method: 'POST', headers, body });
  expect(status).toBe(201);
  return { id, folder: organizationFolder(worker.dataDir, id) };
}

const bearer = ({ ownerToken }: TestWorker) => ({ authorization: `Bearer ${ownerToken}` });
const marksOf = ({ dataDir }: TestWorker) => readdirSync(dataPaths(dataDir).removals);

/** A worker that deletes an organisation and is gone once `leave` was called. */
async function dieWhileRemoving(worker: TestWorker, id: string, leave: () => void): Promise<void> {
  const removal = createOrganizationRemoval({
    dataDir: worker.dataDir,
    isThere: () => true,
    close: () => new Promise(() => {}),
    log: createLogger('error', () => {}),
  });
  const left = Promise.withResolvers<void>();
  void removal.remove(id, () => {
    leave();
    left.resolve();
    return Promise.resolve(true);
  });
  await left.promise;
}

function strike(worker: TestWorker, id: string): void {
  const { db, close } = openWritable(dataPaths(worker.dataDir).database);
  db.prepare('DELETE FROM organizations WHERE id = ?').run(id);
  close();
}

test('the memory of an organisation goes with it, and nothing says any longer that it is to go', async () => {
  const worker = await workers.start();
  const { id, folder } = await organization(worker, 'Acme');
  expect(existsSync(join(folder, 'memory.db'))).toBe(true);
  await worker.client.organizations.delete.mutate({ id });
  expect([existsSync(folder), marksOf(worker)]).toEqual([false, []]);
});

// Catches: a memory that was deleted and lies on the disk for good, because the worker was killed before it had removed it.
test('what a worker did not come to remove goes at the next start', async () => {
  const worker = await workers.start();
  const gone = await organization(worker, 'Gone');
  const kept = await organization(worker, 'Kept');
  await worker.close();
  await dieWhileRemoving(worker, gone.id, () => strike(worker, gone.id));
  expect(existsSync(gone.folder)).toBe(true);

  const again = await worker.restart();
  await expect.poll(() => marksOf(again), { timeout: 60_000 }).toEqual([]);
  expect([existsSync(gone.folder), existsSync(kept.folder)]).toEqual([false, true]);
});

// Catches: an organisation that is there and loses its memory; and, where an older copy of the owner's file was put back or the file
// is lost, all others losing theirs.
test('nothing else goes: neither what is there still, nor a folder of which nobody said so', async () => {
  const worker = await workers.start();
  const unharmed = await organization(worker, 'Unharmed');
  const unlisted = await organization(worker, 'Unlisted');
  await worker.close();
  await dieWhileRemoving(worker, unharmed.id, () => {});
  strike(worker, unlisted.id);
  for (const name of ['default', '..hidden', 'notes.txt']) {
    writeFileSync(join(dataPaths(worker.dataDir).removals, name), '');
  }
  mkdirSync(join(worker.dataDir, 'organizations', newId(0)));

  const again = await worker.restart();
  await expect.poll(() => marksOf(again).includes(unharmed.id), { timeout: 60_000 }).toBe(false);
  await again.close();
  expect(existsSync(join(unharmed.folder, 'memory.db'))).toBe(true);
  expect(existsSync(join(unlisted.folder, 'memory.db'))).toBe(true);
  expect(existsSync(dataPaths(worker.dataDir).database)).toBe(true);
  expect(readdirSync(join(worker.dataDir, 'organizations'))).toHaveLength(3);
});
