/**
 * Runs work one at a time: calls that come while it runs make it run once more afterwards, however many they are.
 * A failure is left to the next run; `stop` lets the running one finish and starts no other.
 */
export function createSerial(work: () => Promise<void>): { run(): void; stop(): void } {
  let running = false;
  let again = false;
  let stopped = false;

  async function loop(): Promise<void> {
    running = true;
    do {
      again = false;
      try {
        await work();
      } catch {
        // The banner of the shell already says that the worker does not answer.
      }
    } while (again && !stopped);
    running = false;
  }

  return {
    run() {
      if (stopped) return;
      if (running) again = true;
      else void loop();
    },
    stop() {
      stopped = true;
    },
  };
}
