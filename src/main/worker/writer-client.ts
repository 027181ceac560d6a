import { Worker as Thread } from 'node:worker_threads';
import type { FileCare, FileTask } from './admin/file-care.ts';
import { memoryClosing } from './memory-closing.ts';
import { asError, threadFailed, toStoreError } from './writer-errors.ts';
import type { WriterAnswer, WriterArguments, WriterOperationName } from './writer-operations.ts';
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

/** A task as it is handed in. */
export type WriterRequest = WithoutTicket<Exclude<WriterTask, { kind: 'operation' | 'care' }>>;
type Handed = WithoutTicket<WriterTask>;
type WithoutTicket<Task> = Task extends unknown ? Omit<Task, 'ticket'> : never;

export interface WriterClient {
  ready: WriterReady['ready'];
  /** Resolves when the task is committed. Rejects with `NotStoredError`. */
  submit(task: WriterRequest): Promise<HookAck | null>;
  /** Runs one operation of the writer; its answer comes after the commit. Rejects with `Refusal`, or `NotStoredError`. */
  call<Name extends WriterOperationName>(name: Name, ...given: WriterArguments<Name>): Promise<WriterAnswer<Name>>;
  /** Cares for the file between two commits; what is handed in meanwhile waits. */
  care(task: FileTask): Promise<FileCare>;
  /** Whether what agents reported last could not be stored, and nothing was stored since. */
  isFailing(): boolean;
  close(): Promise<void>;
}

export interface WriterListeners {
  /** Entries of the event log as JSON, in order, after their commit. */
  onEntries(entries: string): void;
  onFault(fault: string): void;
  /** After each commit that may have made or changed observations. */
  onRows?(): void;
  /** After each commit, with the number of its tasks. */
  onCommitted?(tasks: number): void;
  /** What agents report is stored again, after some of it was not. */
  onStoredAgain?(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  bringsRows: boolean;
  /** Shows whether events can be stored. */
  isTelling: boolean;
}

/** Tasks that make or change observations; whoever adds another one names it here. */
const rowKinds: ReadonlySet<WriterTask['kind']> = new Set(['hook', 'parsed-hook', 'transcript', 'mark'] as const);
const rowOperations: ReadonlySet<WriterOperationName> = new Set([
  'recordsAddObservation',
  'recordsCorrect',
  'recordsRestoreSession',
  'recordsRestoreObservation',
] as const);
/** What agents report. */
const eventKinds: ReadonlySet<WriterTask['kind']> = new Set(['hook', 'parsed-hook', 'transcript'] as const);
/** A thread that ends more often than this within `restartWindowMs` is left alone for `pauseMs` before each further start. */
const mostRestarts = 5;
const restartWindowMs = 60_000;
const pauseMs = 30_000;

/**
 * Starts the writer thread, and starts it again when it dies: what it had not acknowledged is refused, what comes
 * meanwhile waits. Rejects with `StoreError` when the file cannot be opened.
 */
export async function startWriter(
  script: string,
  databaseFile: string,
  listeners: WriterListeners,
): Promise<WriterClient> {
  const waiting = new Map<number, Waiting>();
  let restarts: number[] = [];
  let outbox: WriterTask[] = [];
  let nextTicket = 0;
  let thread: Thread | null = null;
  /** Runs while a thread that failed again and again is left alone. */
  let pause: NodeJS.Timeout | null = null;
  let isFailing = false;
  let closing: (() => void) | null = null;
  /** What a thread that is started anew has to be told first. */
  let listening = false;

  function open(): Promise<WriterReady['ready']> {
    const data: ThreadData = { databaseFile };
    const started = new Thread(script, { workerData: data });
    return new Promise((resolve, reject) => {
      started.on('message', (message: FromWriter) => {
        if ('ready' in message) {
          thread = started;
          resolve(message.ready);
          if (listening) outbox.unshift({ kind: 'listen', ticket: 0, listening });
          if (closing === null) flushOutbox();
          else void started.terminate();
        } else if ('failed' in message) reject(toStoreError(message.failed));
        else if ('closed' in message) closing?.();
        else receive(message);
      });
      started.on('error', (thrown: unknown) => {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        reject(error);
        ended(started, error.message);
      });
      started.on('exit', (code) => {
        reject(new Error(`The writer thread ended with code ${code}.`));
        ended(started, `it ended with code ${code}`);
      });
    });
  }

  function ended(which: Thread, reason: string): void {
    if (thread !== which) return;
    thread = null;
    refuseWaiting();
    if (closing !== null) return closing();
    listeners.onFault(`The writer thread failed and is started again: ${reason}`);
    restart();
  }

  function restart(): void {
    if (closing !== null) return closing();
    const now = Date.now();
    restarts = [...restarts.filter((at) => at > now - restartWindowMs), now];
    if (restarts.length <= mostRestarts) return openAgain();
    listeners.onFault(
      `The writer thread fails again and again, and nothing is stored; it is tried again every ${pauseMs / 1000} seconds.`,
    );
    pause = setTimeout(() => {
      pause = null;
      openAgain();
    }, pauseMs).unref();
    refuseOutbox();
  }

  function openAgain(): void {
    open().catch((error: unknown) => {
      listeners.onFault(
        `The writer thread could not be started: ${error instanceof Error ? error.message : String(error)}`,
      );
      restart();
    });
  }

  function refuseWaiting(): void {
    const kept = new Set(outbox.map((task) => task.ticket));
    for (const [ticket, call] of waiting) {
      if (kept.has(ticket)) continue;
      waiting.delete(ticket);
      refuse(call, threadFailed);
    }
  }

  function refuse(call: Waiting, error: AckError): void {
    if (call.isTelling && error.code === 'NOT_STORED') isFailing = true;
    call.reject(asError(error));
  }

  function answer(call: Waiting | undefined, value: unknown): void {
    call?.resolve(value);
    if (call?.isTelling !== true || !isFailing) return;
    isFailing = false;
    listeners.onStoredAgain?.();
  }

  function refuseOutbox(): void {
    outbox = [];
    refuseWaiting();
  }

  function take(ticket: number): Waiting | undefined {
    const call = waiting.get(ticket);
    waiting.delete(ticket);
    return call;
  }

  function receive(report: WriterReport): void {
    let bringsRows = report.answers.length > 0;
    for (const ticket of report.done) {
      const call = take(ticket);
      answer(call, null);
      bringsRows ||= call?.bringsRows ?? false;
    }
    for (const { ticket, hook } of report.answers) answer(take(ticket), hook);
    for (const { ticket, value } of report.results) {
      const call = take(ticket);
      answer(call, value);
      bringsRows ||= call?.bringsRows ?? false;
    }
    if (bringsRows) listeners.onRows?.();
    for (const { ticket, error } of report.failures) {
      const call = take(ticket);
      if (call !== undefined) refuse(call, error);
    }
    if (report.entries !== '') listeners.onEntries(report.entries);
    for (const fault of report.faults) listeners.onFault(fault);
    listeners.onCommitted?.(report.done.length + report.answers.length + report.results.length);
  }

  function flushOutbox(): void {
    if (thread === null || outbox.length === 0) return;
    const tasks = outbox;
    outbox = [];
    try {
      thread.postMessage({ tasks } satisfies ToWriter);
    } catch {
      postOneByOne(thread, tasks);
    }
  }

  /** One of them cannot be passed on: whoever handed it in hears so, and nobody else. */
  function postOneByOne(to: Thread, tasks: readonly WriterTask[]): void {
    for (const task of tasks) {
      try {
        to.postMessage({ tasks: [task] } satisfies ToWriter);
      } catch (error) {
        const what = task.kind === 'operation' ? task.name : task.kind;
        take(task.ticket)?.reject(
          new Error(`What the writer was given for ${what} cannot be passed on.`, { cause: error }),
        );
      }
    }
  }

  function hand<Answer>(task: Handed): Promise<Answer> {
    if (closing !== null) return Promise.reject(memoryClosing());
    const isEvent = eventKinds.has(task.kind);
    if (pause !== null) {
      isFailing ||= isEvent;
      return Promise.reject(asError(threadFailed));
    }
    const ticket = ++nextTicket;
    // One message for all that arrives in this turn of the loop: passing messages costs more than writing rows.
    if (outbox.length === 0) setImmediate(flushOutbox);
    outbox.push({ ...task, ticket });
    const bringsRows = task.kind === 'operation' ? rowOperations.has(task.name) : rowKinds.has(task.kind);
    const isTelling = isEvent || (task.kind === 'operation' && task.name === 'healthCommit' && isFailing);
    return new Promise((resolve, reject) => waiting.set(ticket, { resolve, reject, bringsRows, isTelling }));
  }

  return {
    ready: await open(),
    submit(task) {
      if (task.kind === 'listen') listening = task.listening;
      return hand(task);
    },
    care: (task) => hand({ kind: 'care', task }),
    call: (name, ...given) => hand({ kind: 'operation', name, argument: given[0] }),
    isFailing: () => isFailing,
    async close() {
      const last = thread;
      flushOutbox();
      const done = new Promise<void>((resolve) => (closing = resolve));
      if (last === null) {
        refuseOutbox();
        // One that is being started ends as soon as it is there.
        if (pause === null) return done;
        return clearTimeout(pause);
      }
      last.postMessage({ close: true } satisfies ToWriter);
      await done;
      await last.terminate();
    },
  };
}
