import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { startChild, startWorkerProcess, type WorkerServer } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { openRawConnection } from './lib/raw-connection.ts';
import { seededRandom } from './lib/seeded-random.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const clients = 50;
/** By each client and for each kind of read; without a pause four times as often. */
const asked = 8;
/** A client does something with what it was sent before it asks again: fifty of them offer fifty requests a second. */
const longestPauseMs = 2_000;
/** A worker lives for days; until a search was asked some hundred times, the engine still compiles it (a third slower). */
const askedBefore = 200;
const offeredPerSecond = (clients * 1_000) / (longestPauseMs / 2);
const paces = {
  'with pauses': `${clients} clients that pause, ${offeredPerSecond} requests a second`,
  'without a pause': `${clients} clients that do not pause`,
} as const;

interface Read {
  name: string;
  paths: string[];
}

type Pace = keyof typeof paces;

/** REST reads of fifty clients at once on a filled folder, beside a bare server that answers with the same bytes. */
export async function benchRest(folder: string, observations: number): Promise<Figure[]> {
  const worker = await startWorkerProcess(folder);
  try {
    const reads = await findReads(worker);
    const texts = await answersTo(worker, reads);
    return await withTemporaryFolder(async (home) => {
      const file = join(home, 'answers.json');
      await writeFile(file, JSON.stringify(texts));
      const bare = await startChild('bench/lib/bare-answers.mjs', [file]);
      try {
        const figures: Figure[] = [];
        for (const { paths } of reads) {
          await warmUp(worker.port, worker.ownerToken, paths);
          await warmUp(bare.port, '', paths);
        }
        for (const pace of ['with pauses', 'without a pause'] as const) {
          for (const read of reads) {
            const ours = await latencies(worker.port, worker.ownerToken, read.paths, pace);
            const least = await latencies(bare.port, '', read.paths, pace);
            figures.push(
              ...toFigures(`REST, ${observations} observations, ${paces[pace]}, ${read.name}`, pace, ours, least),
            );
          }
        }
        return figures;
      } finally {
        await bare.stop();
      }
    });
  } finally {
    await worker.stop();
  }
}

const page = z.object({ data: z.array(z.object({ id: z.string() })) });

async function findReads(worker: WorkerServer): Promise<Read[]> {
  const ids = async (path: string) => page.parse(JSON.parse(await textOf(worker, path))).data.map(({ id }) => id);
  const sessions = await ids('/api/v1/sessions?limit=100');
  const observations = await ids('/api/v1/observations?limit=100');
  const words = ['error', 'test', 'file', 'database', 'Read', 'npm run', 'fix', 'config', 'server', 'why'];
  const reads = [
    { name: 'GET /sessions', paths: ['/api/v1/sessions?limit=20', '/api/v1/sessions?limit=50&status=ended'] },
    {
      name: 'GET /observations?session_id',
      paths: sessions.map((id) => `/api/v1/observations?session_id=${id}&limit=50`),
    },
    { name: 'GET /observations/{id}', paths: observations.map((id) => `/api/v1/observations/${id}`) },
    { name: 'GET /search', paths: words.map((word) => `/api/v1/search?q=${encodeURIComponent(word)}&limit=10`) },
  ];
  return [...reads, { name: 'all of these in turn', paths: inTurn(reads.map(({ paths }) => paths)) }];
}

/** One of each kind after the other; kinds with fewer paths begin again. */
function inTurn(kinds: readonly (readonly string[])[]): string[] {
  const longest = Math.max(...kinds.map((paths) => paths.length));
  return Array.from({ length: longest }, (_, round) =>
    kinds.flatMap((paths) => paths[round % paths.length] ?? []),
  ).flat();
}

async function textOf(worker: WorkerServer, path: string): Promise<string> {
  const response = await fetch(worker.url + path, { headers: { authorization: `Bearer ${worker.ownerToken}` } });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}.`);
  return response.text();
}

async function answersTo(worker: WorkerServer, reads: readonly Read[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const path of reads.flatMap(({ paths }) => paths)) answers[path] = await textOf(worker, path);
  return answers;
}

function requestFor(port: number, token: string, path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
}

/** One after the other, over one connection. */
async function warmUp(port: number, token: string, paths: readonly string[]): Promise<void> {
  const connection = await openRawConnection(port);
  for (let asking = 0; asking < askedBefore; asking++) {
    await connection.send(requestFor(port, token, paths[asking % paths.length] ?? '/'));
  }
  connection.close();
}

/** Milliseconds of each answer, over a kept connection for each client. */
async function latencies(port: number, token: string, paths: readonly string[], pace: Pace): Promise<number[]> {
  const requests = paths.map((path) => requestFor(port, token, path));
  const random = seededRandom(7);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const connection = await openRawConnection(port);
      const rounds = pace === 'with pauses' ? asked : asked * 4;
      for (let round = 0; round < rounds; round++) {
        if (pace === 'with pauses') await new Promise((resolve) => setTimeout(resolve, random() * longestPauseMs));
        const request = requests[(client * 7 + round) % requests.length] ?? Buffer.alloc(0);
        const startedAt = performance.now();
        const status = await connection.send(request);
        // The first rounds find cold caches and open what is opened once.
        if (round >= rounds / 4) times.push(performance.now() - startedAt);
        if (status !== 200) throw new Error(`A read was answered with ${status}.`);
      }
      connection.close();
    }),
  );
  return times;
}

function toFigures(name: string, pace: Pace, ours: readonly number[], least: readonly number[]): Figure[] {
  return ([0.5, 0.95, 0.99] as const).map((share) => ({
    name: `${name}, p${share * 100}`,
    unit: 'ms',
    value: percentile(ours, share),
    baseline: { name: 'bare node:http, same bytes', value: percentile(least, share) },
    ...(share === 0.95 && pace === 'with pauses' ? { target: { kind: 'at most' as const, value: 20 } } : {}),
  }));
}
