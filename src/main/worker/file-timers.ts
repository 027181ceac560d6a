import type { WriterTask } from './thread-messages.ts';
import type { Writer } from './writer.ts';

/** So long without a task is a pause between two tool calls. */
const restAfterMs = 100;
/** And so long is one in which the person does something else, so that a tenth of a second for the log is nobody's. */
const idleAfterMs = 30_000;
const maintenanceEveryMs = 60 * 60 * 1000;
/** Somebody is at work, and more of them will come. What others ask for now and then (a monitor its health) is no work. */
const workKinds: ReadonlySet<WriterTask['kind']> = new Set(['hook', 'parsed-hook', 'transcript'] as const);

export interface FileTimers {
  /** Tasks have come. */
  heard(tasks: readonly WriterTask[]): void;
  stop(): void;
}

/** Has the writer care for its file in the pauses between tasks. What fails is handed to `onFault` and tried again later. */
export function startFileTimers(
  writer: Pick<Writer, 'rest' | 'shortenLog' | 'maintain'>,
  onFault: (fault: unknown) => void,
): FileTimers {
  let isWaiting = true;
  const resting = setTimeout(() => {
    const more = attempt(writer.rest);
    if (more === true) resting.refresh();
    // Not at once: a full disk is full for a while.
    if (more === null) wait();
  }, restAfterMs).unref();
  const idling = setTimeout(() => {
    isWaiting = false;
    if (attempt(writer.shortenLog) !== false) wait();
  }, idleAfterMs).unref();
  const maintaining = setInterval(() => attempt(writer.maintain), maintenanceEveryMs).unref();

  function wait(): void {
    isWaiting = true;
    idling.refresh();
  }

  /** Null when it failed. Nothing of it may end the thread, which would take along what waits to be stored. */
  function attempt<T>(care: () => T): T | null {
    try {
      return care();
    } catch (fault) {
      onFault(fault);
      return null;
    }
  }

  return {
    heard(tasks) {
      resting.refresh();
      if (!isWaiting || tasks.some(({ kind }) => workKinds.has(kind))) wait();
    },
    stop() {
      clearTimeout(resting);
      clearTimeout(idling);
      clearInterval(maintaining);
    },
  };
}
