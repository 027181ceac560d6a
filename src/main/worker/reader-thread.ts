import { parentPort, workerData } from 'node:worker_threads';
import { openReadable } from '../store/database.ts';
import { createReaderOperations, type ReaderOperations } from './reader-operations.ts';
import { errorToData, type ReaderReply, type ReaderRequest } from './reader-pool.ts';
import type { ReaderThreadData } from './thread-messages.ts';

/** A thread with a read-only connection: searches, lists, statistics, and what is too heavy for the loop that answers hooks. */
const port = parentPort;
if (port === null) throw new Error('A reader runs in a thread of the worker, not on its own.');
const { databaseFile, model } = workerData as ReaderThreadData;
const { db, close } = openReadable(databaseFile);
const operations = createReaderOperations(db, model);

async function answer(request: ReaderRequest): Promise<ReaderReply> {
  try {
    const operation = operations[request.name] as (
      argument: unknown,
    ) => ReturnType<ReaderOperations[typeof request.name]>;
    return { id: request.id, ok: true, value: await operation(request.argument) };
  } catch (error) {
    return { id: request.id, ok: false, error: errorToData(error) };
  }
}

port.on('message', (message: ReaderRequest | 'close') => {
  if (message === 'close') {
    close();
    port.close();
    return;
  }
  void answer(message).then((reply) => port.postMessage(reply));
});
