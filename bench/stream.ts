import { startWorkerProcess, type WorkerServer } from './lib/child-server.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { hookPath } from './lib/load.ts';
import { openRawConnection, postRequest } from './lib/raw-connection.ts';
import { mintEvents } from './lib/recorded-events.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const warmUp = 100;
const samples = 1_000;

export interface EventStream {
  /** Resolves with the time (performance.now) at which the first event with the text arrived; rejects when the stream ends. */
  arrival(text: string): Promise<number>;
  close(): void;
}

/** Opens the worker's event stream with the owner's token. */
export async function openEventStream(worker: WorkerServer): Promise<EventStream> {
  const stop = new AbortController();
  const response = await fetch(`${worker.url}/api/v1/stream/events`, {
    headers: { authorization: `Bearer ${worker.ownerToken}`, accept: 'text/event-stream' },
    signal: stop.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`The event stream answered ${response.status}.`);
  let wanted: { text: string; promise: PromiseWithResolvers<number> } | null = null;
  const decoder = new TextDecoder();
  const read = async (body: ReadableStream<Uint8Array>) => {
    let unseen = '';
    for await (const chunk of body) {
      const now = performance.now();
      unseen += decoder.decode(chunk, { stream: true });
      if (wanted !== null && unseen.includes(wanted.text)) {
        wanted.promise.resolve(now);
        wanted = null;
      }
      unseen = unseen.slice(unseen.lastIndexOf('\n\n') + 2);
    }
    throw new Error('The event stream ended.');
  };
  read(response.body).catch((error: unknown) => wanted?.promise.reject(error));
  return {
    arrival: (text) => {
      const promise = Promise.withResolvers<number>();
      wanted = { text, promise };
      return promise.promise;
    },
    close: () => stop.abort(),
  };
}

/** From the first byte of a hook's POST to its event at a client of the event stream. */
export async function benchStream(): Promise<Figure[]> {
  return withTemporaryFolder(async (folder) => {
    const worker = await startWorkerProcess(folder);
    const stream = await openEventStream(worker);
    const connection = await openRawConnection(worker.port);
    try {
      const delays: number[] = [];
      const posts: number[] = [];
      const prompts = mintEvents((warmUp + samples) * 40).filter((event) => event.name === 'UserPromptSubmit');
      for (const [index, event] of prompts.slice(0, warmUp + samples).entries()) {
        const request = postRequest(worker.port, hookPath, worker.captureToken, event.body);
        const arrived = stream.arrival(event.sessionId);
        const started = performance.now();
        await connection.send(request);
        const answered = performance.now();
        const at = await arrived;
        if (index < warmUp) continue;
        posts.push(answered - started);
        delays.push(at - started);
      }
      return (
        [
          [0.5, 'p50'],
          [0.99, 'p99'],
        ] as const
      ).map(([share, label]) => ({
        name: `hook to event stream, ${label}`,
        unit: 'ms',
        value: percentile(delays, share),
        baseline: { name: 'answer to the same POST', value: percentile(posts, share) },
        ...(label === 'p99' ? { target: { kind: 'at most' as const, value: 5 } } : {}),
      }));
    } finally {
      stream.close();
      connection.close();
      await worker.stop();
    }
  });
}
