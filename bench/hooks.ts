import { join } from 'node:path';
import { startBareServer, startWorkerProcess } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { liveEvents, makeRepository } from './lib/live-session.ts';
import { hookPath, type LoadTarget } from './lib/load.ts';
import { openRawConnection, postRequest } from './lib/raw-connection.ts';
import { mintedEvents, type MintedEvent } from './lib/recorded-events.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';
import { openWorkerFile } from './lib/worker-file.ts';

const warmUp = 300;
const samples = 2_000;

/** Milliseconds of each POST, one at a time, as the agent waits for them; the events are made while the clock stands. */
async function latencies(
  target: LoadTarget,
  source: Iterator<MintedEvent, never>,
  isFresh: boolean,
): Promise<number[]> {
  const times: number[] = [];
  let connection = await openRawConnection(target.port);
  for (let index = 0; index < warmUp + samples; index += 1) {
    const request = postRequest(target.port, hookPath, target.captureToken, source.next().value.body);
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

function toFigures(name: string, ours: readonly number[], least: readonly number[]): Figure[] {
  return (
    [
      [0.5, 'p50', 2],
      [0.95, 'p95', null],
      [0.99, 'p99', 20],
    ] as const
  ).map(([share, label, target]) => ({
    name: `${name}, ${label}`,
    unit: 'ms',
    value: percentile(ours, share),
    baseline: { name: 'bare node:http', value: percentile(least, share) },
    ...(target === null ? {} : { target: { kind: 'at most' as const, value: target } }),
  }));
}

/** What a hook costs the agent on an empty folder, over a kept connection and over a new one for each event. */
export async function benchHooks(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    const bare = await startBareServer();
    try {
      const figures: Figure[] = [];
      for (const isFresh of [false, true]) {
        const ours = await latencies(worker, mintedEvents(), isFresh);
        const least = await latencies({ port: bare.port, captureToken: '' }, mintedEvents(), isFresh);
        const kind = isFresh ? 'new connection' : 'kept connection';
        figures.push(...toFigures(`hook, empty folder, no files, ${kind}`, ours, least));
      }
      return figures;
    } finally {
      await Promise.all([worker.stop(), bare.stop()]);
    }
  });
}

/**
 * The same on a filled folder, with all that a real session adds: a git repository to identify, a transcript that grows and is read
 * at every Stop. Throws when the worker read no transcript, since then it would have measured nothing of that.
 */
export async function benchHooksFilled(folder: string, observations: number): Promise<Figure[]> {
  return withTemporaryFolder(async (home) => {
    const repository = await makeRepository(home);
    const worker = await startWorkerProcess(folder);
    const bare = await startBareServer();
    const file = openWorkerFile(folder);
    try {
      const before = file.fromTranscripts();
      const live = () => liveEvents(repository, join(folder, 'claude'));
      const ours = await latencies(worker, live(), true);
      const read = file.fromTranscripts() - before;
      if (read === 0) throw new Error('The worker read no transcript.');
      const least = await latencies({ port: bare.port, captureToken: '' }, live(), true);
      return [
        ...toFigures(
          `hook, ${observations} observations, git repository, growing transcript, new connection`,
          ours,
          least,
        ),
        { name: 'events read from transcripts meanwhile', unit: 'events', value: read },
      ];
    } finally {
      file.close();
      await Promise.all([worker.stop(), bare.stop()]);
    }
  });
}
