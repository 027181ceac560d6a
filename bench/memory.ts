import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startBareServer, startWorkerProcess } from './lib/child-server.ts';
import type { Figure } from './lib/figure.ts';
import { searchOverHttp } from './lib/search-client.ts';

const queries = [
  'busy timeout',
  'SQLITE_BUSY',
  '登录',
  '时钟偏差',
  'checkout endpoint',
  'WAL journal mode',
  'test',
  'db.js',
];

/** Resident megabytes (10^6 bytes) of a process, as the system counts them. */
async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return (Number(stdout.trim()) * 1024) / 1e6;
}

/** Resident memory of the headless worker on a filled folder, before and after it was searched. */
export async function benchMemory(folder: string, observations: number): Promise<Figure[]> {
  const worker = await startWorkerProcess(folder);
  const bare = await startBareServer();
  try {
    const least = await residentMegabytes(bare.pid);
    const idle = await residentMegabytes(worker.pid);
    for (let round = 0; round < 10; round += 1) for (const text of queries) await searchOverHttp(worker, text);
    const used = await residentMegabytes(worker.pid);
    const baseline = { name: 'bare node:http', value: least };
    return [
      { name: `resident memory, ${observations} observations, after start`, unit: 'MB', value: idle, baseline },
      {
        name: `resident memory, ${observations} observations, after ${queries.length * 10} searches`,
        unit: 'MB',
        value: used,
        baseline,
        target: { kind: 'at most', value: 150 },
      },
    ];
  } finally {
    await Promise.all([worker.stop(), bare.stop()]);
  }
}
