import { startBareServer, startWorkerProcess } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';

const rounds = 7;

async function readyTimes(start: () => Promise<{ readyMs: number; stop(): Promise<unknown> }>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const server = await start();
    times.push(server.readyMs);
    await server.stop();
  }
  return times;
}

/** From the spawn to ready, on a folder that is already filled. */
export async function benchStart(folder: string, observations: number): Promise<Figure[]> {
  const ours = await readyTimes(() => startWorkerProcess(folder));
  const bare = await readyTimes(startBareServer);
  return [
    {
      name: `start to ready, ${observations} observations, median of ${rounds}`,
      unit: 'ms',
      value: percentile(ours, 0.5),
      baseline: { name: 'bare node:http', value: percentile(bare, 0.5) },
      target: { kind: 'at most', value: 400 },
    },
  ];
}
