/** What so many tasks have written is folded into the file in some milliseconds of another thread (bench/fan-out.ts). */
const tasksForCheckpoint = 250;

/**
 * Has the write-ahead log folded into the file beside the commits, one checkpoint at a time, so that the writer finds next to
 * nothing left when its turn comes. One that fails is made up for by the next, or by the writer.
 */
export function createCheckpoints(checkpoint: () => Promise<void>) {
  let since = 0;
  let isRunning = false;

  function begin(): void {
    since = 0;
    isRunning = true;
    const ended = () => (isRunning = false);
    checkpoint().then(ended, ended);
  }

  return {
    /** After each commit, with the number of its tasks. */
    committed(tasks: number): void {
      since += tasks;
      if (since >= tasksForCheckpoint && !isRunning) begin();
    },
  };
}
