import { parentPort, workerData } from 'node:worker_threads';
import { startFileTimers } from './file-timers.ts';
import type { FromWriter, ThreadData, ToWriter } from './thread-messages.ts';
import { faultReport } from './writer-report.ts';
import { createWriter } from './writer.ts';

/** The thread that holds the only writable connection. It gathers what has arrived and commits it together. */
const port = parentPort;
if (port === null) throw new Error('The writer runs in a thread of the worker, not on its own.');
const post = (message: FromWriter) => port.postMessage(message);

try {
  const writer = createWriter((workerData as ThreadData).databaseFile);
  post({ ready: writer.ready });
  const timers = startFileTimers(writer, (fault) => post(faultReport(fault)));
  port.on('message', (message: ToWriter) => {
    if ('close' in message) {
      timers.stop();
      writer.drain(post);
      writer.close();
      post({ closed: true });
      port.close();
      return;
    }
    writer.enqueue(message.tasks);
    // Everything that is already waiting on the port joins the same commit.
    setImmediate(() => writer.drain(post));
    timers.heard(message.tasks);
  });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'WRITER_FAILED';
  post({ failed: { code, message: error instanceof Error ? error.message : String(error) } });
  port.close();
}
