import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startChild, startWorkerProcess, type WorkerServer } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { hookPath } from './lib/load.ts';
import { openRawConnection, postRequest, type RawConnection } from './lib/raw-connection.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const clientsOfEach = 100;
const eventsPerSecond = 1_000;
const seconds = 8;
const senders = 32;
const idleOfEach = 500;

interface Samples {
  sse: number[];
  websocket: number[];
}

/** Streams and sockets in a process of their own. */
export async function openClients(port: number, token: string, ofEach: number, mode: 'timed' | 'deaf') {
  const script = join(import.meta.dirname, 'lib/fan-out-clients.mjs');
  const child = spawn(process.execPath, [script, String(port), token, String(ofEach), String(ofEach), mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw new Error('The clients could not connect.');
  return {
    take: () => child.stdin.write('take\n'),
    async samples(): Promise<Samples> {
      child.stdin.write('quiet\n');
      const line = await lines.next();
      return JSON.parse(String(line.value)) as Samples;
    },
    close: () => child.kill('SIGTERM'),
  };
}

let used = 0;
/** A command of an agent; its title carries when it was sent. */
function hookBody(): string {
  const stamp = String(process.hrtime.bigint()).padStart(16, '0').slice(-16);
  return JSON.stringify({
    hook_event_name: 'PostToolUse',
    session_id: 'fan-out',
    cwd: '/nowhere/shop',
    tool_name: 'Bash',
    tool_use_id: `t${used++}`,
    tool_input: { command: `echo t=${stamp}` },
    tool_response: { stdout: '', stderr: '' },
  });
}

/** Sends at a steady pace, as far as answers come in time; gives how many a second that came to, and how long each took. */
export async function load(
  port: number,
  token: string,
  forSeconds: number,
): Promise<{ rate: number; answers: number[] }> {
  const idle: RawConnection[] = await Promise.all(Array.from({ length: senders }, () => openRawConnection(port)));
  const all = [...idle];
  const waiting = new Set<Promise<unknown>>();
  const started = performance.now();
  const answers: number[] = [];
  let sent = 0;
  while (performance.now() - started < forSeconds * 1_000) {
    const due = ((performance.now() - started) / 1_000) * eventsPerSecond;
    while (sent < due) {
      // The one that rested longest: a server closes those that nobody uses.
      const connection = idle.shift();
      if (connection === undefined) break;
      sent++;
      const sentAt = performance.now();
      const answer = connection.send(postRequest(port, hookPath, token, hookBody())).then((status) => {
        if (status !== 200 && status !== 204) throw new Error(`A hook was answered with ${status}.`);
        answers.push(performance.now() - sentAt);
        idle.push(connection);
        waiting.delete(answer);
      });
      waiting.add(answer);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(waiting);
  const rate = sent / ((performance.now() - started) / 1_000);
  for (const connection of all) connection.close();
  return { rate, answers };
}

interface Target {
  port: number;
  ownerToken: string;
  captureToken: string;
}

async function fanOut(target: Target): Promise<Samples & { rate: number; answers: number[] }> {
  const clients = await openClients(target.port, target.ownerToken, clientsOfEach, 'timed');
  try {
    await load(target.port, target.captureToken, 2);
    clients.take();
    const loaded = await load(target.port, target.captureToken, seconds);
    return { ...(await clients.samples()), ...loaded };
  } finally {
    clients.close();
  }
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024;
}

async function memoryOf(
  worker: WorkerServer,
  ofEach: number,
  mode: 'timed' | 'deaf',
  meanwhile: () => Promise<unknown>,
) {
  const before = await residentBytes(worker.pid);
  const clients = await openClients(worker.port, worker.ownerToken, ofEach, mode);
  await meanwhile();
  const after = await residentBytes(worker.pid);
  clients.close();
  return (after - before) / (2 * ofEach) / 1_000;
}

/**
 * From the first byte of a hook's POST to its event at 100 event streams and 100 sockets while 1,000 hooks a second arrive,
 * beside a bare server that does nothing but tell them, and one that has a thread work as long as a commit takes; and what clients cost that hear nothing, or do not read.
 */
export async function benchFanOut(): Promise<Figure[]> {
  const bare = await startChild('bench/lib/fan-out-server.mjs', []);
  const least = await fanOut({ port: bare.port, ownerToken: 'none', captureToken: 'none' });
  const rounds = (await (await fetch(`${bare.url}/rounds`)).json()) as { count: number; ms: number };
  await bare.stop();
  const threaded = await startChild('bench/lib/fan-out-server.mjs', ['--thread']);
  const leastDurable = await fanOut({ port: threaded.port, ownerToken: 'none', captureToken: 'none' });
  await threaded.stop();
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    try {
      const idleKb = await memoryOf(worker, idleOfEach, 'timed', () => Promise.resolve());
      const told = await fanOut(worker);
      // The heap has grown by then to what the load itself needs.
      await load(worker.port, worker.captureToken, 5);
      const deafKb = await memoryOf(worker, clientsOfEach / 2, 'deaf', () => load(worker.port, worker.captureToken, 5));
      const shares = [
        [0.5, 'p50'],
        [0.99, 'p99'],
      ] as const;
      return [
        ...(['sse', 'websocket'] as const).flatMap((kind) =>
          shares.map(([share, label]) => ({
            name: `hook to ${clientsOfEach} ${kind} clients of ${2 * clientsOfEach}, ${label}`,
            unit: 'ms',
            value: percentile(told[kind], share),
            baseline: { name: 'bare fan-out', value: percentile(least[kind], share) },
            ...(label === 'p99' ? { target: { kind: 'at most' as const, value: 5 } } : {}),
          })),
        ),
        ...(['sse', 'websocket'] as const).map((kind) => ({
          name: `hook to ${clientsOfEach} ${kind} clients, bare behind a thread that works 0.3 ms an event, p99`,
          unit: 'ms',
          value: percentile(leastDurable[kind], 0.99),
        })),
        ...shares.map(([share, label]) => ({
          name: `answer to such a hook, ${label}`,
          unit: 'ms',
          value: percentile(told.answers, share),
          baseline: { name: 'bare', value: percentile(least.answers, share) },
        })),
        {
          name: 'hooks a second meanwhile',
          unit: '/s',
          value: told.rate,
          baseline: { name: 'bare', value: least.rate },
        },
        // What no server can go below: an event that comes as one round begins waits for its end, and then for its own round.
        { name: `a write to each of ${2 * clientsOfEach} clients, bare`, unit: 'ms', value: rounds.ms / rounds.count },
        { name: `memory of one of ${2 * idleOfEach} idle clients`, unit: 'kB', value: idleKb },
        { name: 'memory of a client that does not read, after 5,000 events', unit: 'kB', value: deafKb },
      ];
    } finally {
      await worker.stop();
    }
  });
}
