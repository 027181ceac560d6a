import { startBareServer, startWorkerProcess } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { hookPath, type LoadTarget } from './lib/load.ts';
import { openRawConnection, postRequest } from './lib/raw-connection.ts';
import { mintEvents } from './lib/recorded-events.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const warmUp = 300;
const samples = 2_000;

/** Milliseconds of each POST, one at a time, as the agent waits for them. */
async function latencies(target: LoadTarget, isFresh: boolean): Promise<number[]> {
  const times: number[] = [];
  let connection = await openRawConnection(target.port);
  for (const [index, event] of mintEvents(warmUp + samples).entries()) {
    const request = postRequest(target.port, hookPath, target.captureToken, event.body);
    const started = performance.now();
    if (isFresh) {
      connection.close();
      connection = await openRawConnection(target.port);
    }
    const status = await connection.send(request);
    if (index >= warmUp) times.push(performance.now() - started);
    if (status !== 200 && status !== 204) throw new Error(`A hook was answered with ${status}.`);
  }
  connection.close();
  return times;
}

/** What a hook costs the agent, over a kept connection and over a new one for each event. */
export async function benchHooks(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    const bare = await startBareServer();
    try {
      const figures: Figure[] = [];
      for (const isFresh of [false, true]) {
        const ours = await latencies(worker, isFresh);
        const least = await latencies({ port: bare.port, captureToken: '' }, isFresh);
        const kind = isFresh ? 'new connection' : 'kept connection';
        for (const [share, label, target] of [
          [0.5, 'p50', 2],
          [0.95, 'p95', null],
          [0.99, 'p99', 20],
        ] as const) {
          figures.push({
            name: `hook, ${kind}, ${label}`,
            unit: 'ms',
            value: percentile(ours, share),
            baseline: { name: 'bare node:http', value: percentile(least, share) },
            ...(target === null ? {} : { target: { kind: 'at most', value: target } }),
          });
        }
      }
      return figures;
    } finally {
      await Promise.all([worker.stop(), bare.stop()]);
    }
  });
}
