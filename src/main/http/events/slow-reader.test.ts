import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { openWritable } from '../../store/database.ts';
import { createEventLogWriter } from '../../store/tables/event-log.ts';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';
import { openSocket, openStream } from './testing/stream-clients.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const count = 4_000;
const filler = 'x'.repeat(10_000);
const ofEach = 3;

/** What would be 40 MB for each client that is sent all of it. */
function fillLog(worker: TestWorker): void {
  const { db, close } = openWritable(join(worker.dataDir, 'memory.db'));
  const log = createEventLogWriter(db);
  db.transaction(() => {
    for (let n = 0; n < count; n++) {
      log.append({ type: 'job.changed', at: 0, projectPk: null, sessionPk: null, data: { n, filler } });
    }
  })();
  close();
}

/** Bytes of buffers that something still holds; how many more wait to be collected is the machine's affair. */
const heldBytes = (() => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
})();

test('clients that do not read cost no memory without bound, and are given everything once they do', async () => {
  const worker = await workers.start();
  fillLog(worker);
  const authorization = { authorization: `Bearer ${worker.ownerToken}` };
  const streams = await Promise.all(
    Array.from({ length: ofEach }, () =>
      openStream(`${worker.url}/api/v1/stream/events?types=job.changed&last_event_id=0`, authorization),
    ),
  );
  for (const { response } of streams) response.pause();
  const sockets = await Promise.all(
    Array.from({ length: ofEach }, () => openSocket(`${worker.url}/api/v1/ws`, authorization)),
  );
  for (const socket of sockets) {
    socket.say({ type: 'subscribe', types: ['job.changed'], after: 0 });
    socket.socket.pause();
  }
  const before = heldBytes();
  // One that reads is not held up by those that do not.
  const reader = await openStream(
    `${worker.url}/api/v1/stream/events?types=job.changed&last_event_id=0`,
    authorization,
  );
  await reader.until(({ events }) => events.length === count);
  // What the kernel takes for a connection is some megabytes; three without a bound would hold a hundred here.
  await expect.poll(() => heldBytes() - before).toBeLessThan(50_000_000);
  for (const { response } of streams) response.resume();
  for (const { socket } of sockets) socket.resume();
  const ids = reader.events.map(({ id }) => Number(id));
  expect(ids).toEqual(ids.toSorted((one, other) => one - other));
  for (const stream of streams) {
    await stream.until(({ events }) => events.length >= count);
    expect(stream.events.map(({ id }) => Number(id))).toEqual(ids);
  }
  for (const { said } of sockets) {
    const known = () => said.filter(({ type }) => type === 'job.changed');
    await expect.poll(() => known().length, { timeout: 20_000 }).toBe(count);
    expect(known().map(({ id }) => id)).toEqual(ids);
  }
  for (const stream of [reader, ...streams]) stream.close();
  for (const { socket } of sockets) socket.terminate();
}, 240_000);
