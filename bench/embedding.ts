import { setTimeout as delay } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '../src/main/api/router.ts';
import { builtinModelFolder } from '../src/main/embed/static/model-folder.ts';
import { createSharedModel } from '../src/main/embed/static/shared-model.ts';
import { openStaticModel } from '../src/main/embed/static/static-model.ts';
import { startWorkerProcess, type WorkerServer } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { hookPath, sendAll } from './lib/load.ts';
import { openRawConnection, postRequest } from './lib/raw-connection.ts';
import { mintedEvents, mintEvents } from './lib/recorded-events.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const texts = [
  'The login test failed with SQLITE_BUSY because two writers held the lock; a busy timeout of 5 s and WAL mode cured it. ',
  '数据库迁移失败,因为表被锁定;改用 WAL 模式并设置超时后,并发登录测试通过。src/db/openDatabase.ts parseJSON2HTTP ',
];
const rounds = 3_000;
const observations = 1_000;
const asksEveryMs = 10;

/** Microseconds a text of about so many characters, after a warm-up. */
function modelFigures(): Figure[] {
  const startedAt = performance.now();
  const model = openStaticModel(createSharedModel(builtinModelFolder()));
  const opened = performance.now() - startedAt;
  const timed = [300, 2_000].map((length): Figure => {
    const long = texts.map((text) => text.repeat(40).slice(0, length));
    for (let round = 0; round < 500; round++) for (const text of long) model.embed(text);
    const from = performance.now();
    for (let round = 0; round < rounds; round++) for (const text of long) model.embed(text);
    const value = ((performance.now() - from) * 1_000) / (rounds * long.length);
    const target = length === 300 ? { target: { kind: 'at most' as const, value: 60 } } : {};
    return { name: `built-in model, a text of ${length} characters`, unit: 'µs', value, ...target };
  });
  return [{ name: 'built-in model, first use', unit: 'ms', value: opened }, ...timed];
}

function clientOf(worker: WorkerServer) {
  const headers = { authorization: `Bearer ${worker.ownerToken}` };
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${worker.url}/trpc`, transformer: superjson, methodOverride: 'POST', headers })],
  });
}

/** Milliseconds of hooks, one at a time, until `isOver`. */
async function hookTimes(worker: WorkerServer, isOver: () => boolean): Promise<number[]> {
  const connection = await openRawConnection(worker.port);
  const times: number[] = [];
  const events = mintedEvents();
  while (!isOver()) {
    const request = postRequest(worker.port, hookPath, worker.captureToken, events.next().value.body);
    const startedAt = performance.now();
    await connection.send(request);
    times.push(performance.now() - startedAt);
    // An agent's tools take their time; without a pause this would be the ingest benchmark.
    await delay(2);
  }
  connection.close();
  return times;
}

/** The built-in model alone, and the background work of a worker with what it costs hooks. */
export async function benchEmbedding(): Promise<Figure[]> {
  const figures = modelFigures();
  await withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    const client = clientOf(worker);
    const vectors = async () => (await client.embedding.status.query()).active?.vectors ?? 0;
    try {
      await client.embedding.pause.mutate();
      const fruitful = mintEvents(30_000).filter(({ name }) => name === 'PostToolUse');
      await sendAll(worker, fruitful.slice(0, observations), 32);
      const startedAt = performance.now();
      await client.embedding.resume.mutate();
      while ((await vectors()) < observations) await delay(asksEveryMs);
      figures.push({
        name: `${observations} observations embedded in the background`,
        unit: 'ms',
        value: performance.now() - startedAt,
        target: { kind: 'at most', value: 1_000 },
      });

      await client.embedding.pause.mutate();
      await sendAll(worker, fruitful.slice(observations), 32);
      let asked = 0;
      const idle = await hookTimes(worker, () => ++asked > 400);
      await client.embedding.resume.mutate();
      let isOver = false;
      const work = (async () => {
        while ((await client.embedding.status.query()).state !== 'idle') await delay(asksEveryMs * 5);
        isOver = true;
      })();
      const busy = await hookTimes(worker, () => isOver);
      await work;
      for (const [share, label] of [
        [0.5, 'p50'],
        [0.99, 'p99'],
      ] as const) {
        figures.push({
          name: `hook while ${fruitful.length - observations} rows are embedded, ${label}`,
          unit: 'ms',
          value: percentile(busy, share),
          baseline: { name: 'work stands still', value: percentile(idle, share) },
          target: { kind: 'at most', value: share === 0.5 ? 2 : 20 },
        });
      }
    } finally {
      await worker.stop();
    }
  });
  return figures;
}
