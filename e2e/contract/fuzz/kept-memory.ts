import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** The port of a process's inspector, as Node announces it on its error output. */
const announced = /Debugger listening on (ws:\/\/\S+)/;
const answered = z.object({ id: z.number(), result: z.unknown().optional() });
const attached = z.object({
  method: z.literal('NodeWorker.attachedToWorker'),
  params: z.object({ sessionId: z.string() }),
});
const detached = z.object({
  method: z.literal('NodeWorker.detachedFromWorker'),
  params: z.object({ sessionId: z.string() }),
});
const relayed = z.object({
  method: z.literal('NodeWorker.receivedMessageFromWorker'),
  params: z.object({ sessionId: z.string(), message: z.string() }),
});
const heapUsage = z.object({ usedSize: z.number(), backingStorageSize: z.number() });

/** Megabytes of objects and buffers that a collection leaves, by thread. */
type KeptMemory = ReadonlyMap<string, number>;

export interface Inspected {
  kept(): Promise<KeptMemory>;
  close(): void;
}

/** Megabytes that the threads of both hold more in the second; a thread that came or went is not growth. */
export function growthMb(before: KeptMemory, after: KeptMemory): number {
  return [...before].reduce((sum, [thread, megabytes]) => sum + (after.get(thread) ?? megabytes) - megabytes, 0);
}

/** The address of the inspector in what a process said; null when it has none. */
export const inspectorUrl = (errors: string): string | null => announced.exec(errors)?.[1] ?? null;

/** A collection of a large heap takes a second; who is not there by then hangs. */
const answerMs = 60_000;

type Ask = (method: string, params?: object) => Promise<unknown>;

/** Talks to the inspector of a process and, through it, to those of its threads. */
export async function inspectProcess(url: string): Promise<Inspected> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  const waiting = new Map<string, (result: unknown) => void>();
  const threads = new Set<string>();
  let lastId = 0;

  function take(session: string, message: unknown): void {
    const answer = answered.safeParse(message);
    if (!answer.success) return;
    const key = `${session} ${answer.data.id}`;
    waiting.get(key)?.(answer.data.result);
    waiting.delete(key);
  }
  /** A thread that ended answers nothing more. */
  function forget(session: string): void {
    threads.delete(session);
    for (const [key, resolve] of waiting) if (key.startsWith(`${session} `)) resolve(null);
  }
  socket.addEventListener('message', ({ data }) => {
    const message: unknown = JSON.parse(typeof data === 'string' ? data : '');
    const thread = attached.safeParse(message);
    if (thread.success) threads.add(thread.data.params.sessionId);
    const gone = detached.safeParse(message);
    if (gone.success) forget(gone.data.params.sessionId);
    const fromThread = relayed.safeParse(message);
    if (fromThread.success) take(fromThread.data.params.sessionId, JSON.parse(fromThread.data.params.message));
    else take('', message);
  });

  const ask =
    (session: string, post: (message: object) => void): Ask =>
    (method, params = {}) => {
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const late = () => reject(new Error(`The thread "${session}" did not answer ${method} in ${answerMs} ms.`));
      const limit = setTimeout(late, answerMs);
      waiting.set(`${session} ${id}`, (result) => {
        clearTimeout(limit);
        resolve(result);
      });
      post({ id, method, params });
      return promise;
    };
  const main = ask('', (message) => socket.send(JSON.stringify(message)));
  /** Node takes messages for threads that have ended too, and nobody would answer. */
  function inThread(sessionId: string): Ask {
    const asked = ask(sessionId, (message) => {
      void main('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify(message) });
    });
    return (method, params) => (threads.has(sessionId) ? asked(method, params) : Promise.resolve(null));
  }
  await main('NodeWorker.enable', { waitForDebuggerOnStart: false });

  async function keptMb(of: Ask): Promise<number | null> {
    // Twice: what the first collection finalises is free after the second.
    await of('HeapProfiler.collectGarbage');
    await of('HeapProfiler.collectGarbage');
    const { data } = heapUsage.safeParse(await of('Runtime.getHeapUsage'));
    return data === undefined ? null : (data.usedSize + data.backingStorageSize) / 1024 / 1024;
  }

  return {
    async kept() {
      const found = new Map<string, number>();
      for (const [thread, of] of [['', main] as const, ...[...threads].map((id) => [id, inThread(id)] as const)]) {
        const megabytes = await keptMb(of);
        if (megabytes !== null) found.set(thread, megabytes);
      }
      if (!found.has('')) throw new Error('The inspector does not tell what the main thread holds.');
      return found;
    },
    close: () => socket.close(),
  };
}
