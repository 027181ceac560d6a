import { Worker as Thread } from 'node:worker_threads';
import { StoreError, type StoreErrorCode } from '../store/store-error.ts';
import type {
  AckError,
  FromWriter,
  HookAck,
  ThreadData,
  ToWriter,
  WriterReady,
  WriterReport,
  WriterTask,
} from './thread-messages.ts';

/** The event could not be made durable; nothing of it was kept. */
export class NotStoredError extends Error {
  readonly code: AckError['code'];
  constructor(error: AckError) {
    super(error.message);
    this.name = 'NotStoredError';
    this.code = error.code;
  }
}

type WithoutTicket<Task> = Task extends unknown ? Omit<Task, 'ticket'> : never;

export interface WriterClient {
  ready: WriterReady['ready'];
  /** Resolves when the task is committed. Rejects with `NotStoredError`. */
  submit(task: WithoutTicket<WriterTask>): Promise<HookAck | null>;
  close(): Promise<void>;
}

export interface WriterListeners {
  /** Entries of the event log as JSON, in order, after their commit. */
  onEntries(entries: string): void;
  onFault(fault: string): void;
}

interface Waiting {
  resolve(ack: HookAck | null): void;
  reject(error: Error): void;
}

/** Starts the writer thread. Rejects with `StoreError` when the file cannot be opened. */
export async function startWriter(
  script: string,
  databaseFile: string,
  listeners: WriterListeners,
): Promise<WriterClient> {
  const data: ThreadData = { databaseFile };
  const thread = new Thread(script, { workerData: data });
  const waiting = new Map<number, Waiting>();
  let outbox: WriterTask[] = [];
  let nextTicket = 0;
  let closed: (() => void) | null = null;

  function failAll(error: Error): void {
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
    closed?.();
  }

  const ready = await new Promise<WriterReady['ready']>((resolve, reject) => {
    thread.on('message', (message: FromWriter) => {
      if ('ready' in message) resolve(message.ready);
      else if ('failed' in message) reject(toStoreError(message.failed));
      else if ('closed' in message) closed?.();
      else receive(message);
    });
    thread.on('error', (thrown: unknown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      reject(error);
      listeners.onFault(`The writer thread failed: ${error.message}`);
      failAll(error);
    });
    thread.on('exit', () => failAll(new Error('The writer thread has ended.')));
  });

  function take(ticket: number): Waiting | undefined {
    const call = waiting.get(ticket);
    waiting.delete(ticket);
    return call;
  }

  function receive(report: WriterReport): void {
    for (const ticket of report.done) take(ticket)?.resolve(null);
    for (const { ticket, hook } of report.answers) take(ticket)?.resolve(hook);
    for (const { ticket, error } of report.failures) take(ticket)?.reject(new NotStoredError(error));
    if (report.entries !== '') listeners.onEntries(report.entries);
    for (const fault of report.faults) listeners.onFault(fault);
  }

  function send(message: ToWriter): void {
    thread.postMessage(message);
  }

  function flushOutbox(): void {
    const tasks = outbox;
    outbox = [];
    if (tasks.length > 0) send({ tasks });
  }

  return {
    ready,
    submit(task) {
      if (closed !== null) return Promise.reject(new Error('The memory is closing.'));
      const ticket = ++nextTicket;
      // One message for all that arrives in this turn of the loop: passing messages costs more than writing rows.
      if (outbox.length === 0) setImmediate(flushOutbox);
      outbox.push({ ...task, ticket });
      return new Promise((resolve, reject) => waiting.set(ticket, { resolve, reject }));
    },
    async close() {
      const done = new Promise<void>((resolve) => (closed = resolve));
      flushOutbox();
      send({ close: true });
      await done;
      await thread.terminate();
    },
  };
}

const storeCodes: readonly StoreErrorCode[] = [
  'DATA_FOLDER_IN_USE',
  'DATA_FOLDER_UNUSABLE',
  'NEWER_DATABASE',
  'NOT_A_DATABASE',
];

function toStoreError(failed: { code: string; message: string }): Error {
  const code = storeCodes.find((known) => known === failed.code);
  return code ? new StoreError(code, failed.message) : Object.assign(new Error(failed.message), { code: failed.code });
}
