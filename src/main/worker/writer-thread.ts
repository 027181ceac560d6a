import { parentPort, workerData } from 'node:worker_threads';
import { createWriter } from './writer.ts';
import type { FromWriter, ThreadData, ToWriter } from './thread-messages.ts';

/** The thread that holds the only writable connection. It gathers what has arrived and commits it together. */
const port = parentPort;
if (port === null) throw new Error('The writer runs in a thread of the worker, not on its own.');
const post = (message: FromWriter) => port.postMessage(message);

/** So long without a task is a pause between two tool calls. */
const restAfterMs = 100;
/** And so long is one in which the person does something else, so that a tenth of a second for the log is nobody's. */
const idleAfterMs = 30_000;
const maintenanceEveryMs = 60 * 60 * 1000;

try {
  const writer = createWriter((workerData as ThreadData).databaseFile);
  post({ ready: writer.ready });
  const resting = setTimeout(() => {
    if (writer.rest()) resting.refresh();
  }, restAfterMs).unref();
  const idling = setTimeout(() => {
    if (writer.shortenLog()) idling.refresh();
  }, idleAfterMs).unref();
  setInterval(() => writer.maintain(), maintenanceEveryMs).unref();
  port.on('message', (message: ToWriter) => {
    if ('close' in message) {
      clearTimeout(resting);
      clearTimeout(idling);
      writer.drain(post);
      writer.close();
      post({ closed: true });
      port.close();
      return;
    }
    writer.enqueue(message.tasks);
    // Everything that is already waiting on the port joins the same commit.
    setImmediate(() => writer.drain(post));
    resting.refresh();
    idling.refresh();
  });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'WRITER_FAILED';
  post({ failed: { code, message: error instanceof Error ? error.message : String(error) } });
  port.close();
}
