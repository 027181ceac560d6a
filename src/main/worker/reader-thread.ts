import { parentPort, workerData } from 'node:worker_threads';
import { type Checkpointer, openCheckpointer, openReadable } from '../store/database.ts';
import { readThroughChanges } from '../store/schema-change.ts';
import { giveWay } from './give-way.ts';
import { createReaderOperations, type ReaderOperations } from './reader-operations.ts';
import { errorToData, type ReaderReply, type ReaderRequest } from './reader-pool.ts';
import type { ReaderThreadData } from './thread-messages.ts';

/** A thread with a read-only connection: searches, lists, statistics, and what is too heavy for the loop that answers hooks. */
const port = parentPort;
if (port === null) throw new Error('A reader runs in a thread of the worker, not on its own.');
const { databaseFile, model, isBackground } = workerData as ReaderThreadData;
if (isBackground) giveWay();
const { db, close } = openReadable(databaseFile);
let checkpointer: Checkpointer | null = null;
const operations: ReaderOperations = {
  ...readThroughChanges(() => createReaderOperations(db, model)),
  checkpoint() {
    checkpointer ??= openCheckpointer(databaseFile);
    checkpointer.checkpoint();
  },
};

/** Answers that come quickly one after the other share a message; none waits longer than this for the next. */
const shareForMs = 1;
let replies: ReaderReply[] = [];
let postedAt = 0;

function post(): void {
  if (replies.length > 0) port?.postMessage(replies);
  replies = [];
  postedAt = performance.now();
}

function reply(message: ReaderReply): void {
  replies.push(message);
  if (performance.now() - postedAt >= shareForMs) post();
}

/** Promises are for what asks an endpoint; all else is there when the call returns. */
function answer({ id, name, argument }: ReaderRequest): void {
  const failed = (error: unknown) => reply({ id, ok: false, error: errorToData(error) });
  try {
    const operation = operations[name] as (argument: unknown) => ReturnType<ReaderOperations[typeof name]>;
    const value: unknown = readThroughChanges<unknown>(() => operation(argument));
    if (!(value instanceof Promise)) return reply({ id, ok: true, value });
    value.then((found: unknown) => reply({ id, ok: true, value: found }), failed).finally(post);
  } catch (error) {
    failed(error);
  }
}

port.on('message', (message: ReaderRequest[] | 'close') => {
  if (message === 'close') {
    checkpointer?.close();
    close();
    port.close();
    return;
  }
  postedAt = performance.now();
  for (const request of message) answer(request);
  post();
});
