import { Worker as Thread } from 'node:worker_threads';
import { memoryClosing } from './memory-closing.ts';
import type { ReaderOperations } from './reader-operations.ts';
import type { ReaderThreadData } from './thread-messages.ts';

export type OperationName = keyof ReaderOperations;

export interface ReaderRequest {
  id: number;
  name: OperationName;
  argument: unknown;
}

export interface ErrorData {
  name: string;
  code: string | null;
  message: string;
}

export type ReaderReply = { id: number; ok: true; value: unknown } | { id: number; ok: false; error: ErrorData };

/** An error of a thread, with the code that it had there. */
export class ReaderError extends Error {
  readonly code: string | null;
  constructor(data: ErrorData) {
    super(data.message);
    this.name = data.name;
    this.code = data.code;
  }
}

/** What of an error crosses a thread: no stack, and only a code that it brought itself. */
export function errorToData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', code: null, message: String(error) };
  return { name: error.name, code: 'code' in error ? String(error.code) : null, message: error.message };
}

type Answer<Name extends OperationName> = Awaited<ReturnType<ReaderOperations[Name]>>;

export interface Reader {
  /** Runs one operation in the thread. Rejects with `ReaderError`. */
  call<Name extends OperationName>(name: Name, ...argument: Parameters<ReaderOperations[Name]>): Promise<Answer<Name>>;
  /** The same, with memory that moves into the thread and is gone here. */
  move<Name extends OperationName>(
    memory: ArrayBuffer[],
    name: Name,
    ...argument: Parameters<ReaderOperations[Name]>
  ): Promise<Answer<Name>>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * V8 lets each thread's nursery grow to tens of megabytes before it collects; a search leaves little behind, so a small
 * one costs no time and keeps two threads within the worker's memory (bench: memory).
 */
const youngGenerationMb = 8;
/** Text that would need more than this to be parsed ends the thread, and the worker lives on. */
const oldGenerationMb = 1_536;

/**
 * One reader thread, started at its first call; a thread that dies fails its calls and is started anew for the next. With
 * `restAfterMs`, one that was asked nothing for so long ends, and the next call starts it again.
 */
export function createReader(script: string, data: ReaderThreadData, restAfterMs: number | null = null): Reader {
  const waiting = new Map<number, Waiting>();
  let thread: Thread | null = null;
  let nextId = 0;
  let closed = false;
  /** Threads that were told to end. */
  const leaving = new Set<Promise<unknown>>();
  const resting = restAfterMs === null ? null : setTimeout(rest, restAfterMs).unref();
  let outbox: ReaderRequest[] = [];

  function post(requests: ReaderRequest[], memory: ArrayBuffer[]): void {
    try {
      thread ??= start();
      thread.postMessage(requests, memory);
    } catch (error) {
      // An argument that cannot cross.
      for (const { id } of requests) {
        waiting.get(id)?.reject(error instanceof Error ? error : new Error(String(error)));
        waiting.delete(id);
      }
    }
  }

  /** One message for all that is asked in this turn of the loop: passing messages costs more than most answers. */
  function flushOutbox(): void {
    const requests = outbox;
    outbox = [];
    if (requests.length > 0) post(requests, []);
  }

  function fail(error: Error): void {
    thread = null;
    const unsent = new Set(outbox.map(({ id }) => id));
    for (const [id, call] of waiting) {
      if (unsent.has(id)) continue;
      waiting.delete(id);
      call.reject(error);
    }
  }

  function rest(): void {
    if (closed) return;
    if (waiting.size > 0) resting?.refresh();
    else if (thread !== null) {
      leave(thread);
      thread = null;
    }
  }

  /** It answers before what was asked by then. */
  function leave(last: Thread): void {
    const ended = new Promise((resolve) => last.once('exit', resolve)).finally(() => leaving.delete(ended));
    leaving.add(ended);
    last.postMessage('close');
  }

  function start(): Thread {
    const started = new Thread(script, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb, maxOldGenerationSizeMb: oldGenerationMb },
    });
    started.on('message', (replies: ReaderReply[]) => {
      for (const reply of replies) {
        const call = waiting.get(reply.id);
        waiting.delete(reply.id);
        if (reply.ok) call?.resolve(reply.value);
        else call?.reject(new ReaderError(reply.error));
      }
    });
    started.on('error', (thrown: unknown) => {
      if (thread === started) fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
    started.on('exit', () => {
      if (thread === started) fail(new Error('The reader thread has ended.'));
    });
    return started;
  }

  function ask<Value>(name: OperationName, argument: unknown, send: (request: ReaderRequest) => void): Promise<Value> {
    if (closed) return Promise.reject(memoryClosing());
    const id = ++nextId;
    resting?.refresh();
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ id, name, argument });
    });
  }

  return {
    call: (name, ...argument) =>
      ask(name, argument[0], (request) => {
        if (outbox.length === 0) setImmediate(flushOutbox);
        outbox.push(request);
      }),
    move: (memory, name, ...argument) => ask(name, argument[0], (request) => post([request], memory)),
    async close() {
      flushOutbox();
      closed = true;
      if (resting !== null) clearTimeout(resting);
      if (thread !== null) leave(thread);
      await Promise.all(leaving);
    },
  };
}
