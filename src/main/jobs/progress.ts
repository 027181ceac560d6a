/** Written down at most this often, for a job may report a thousand steps a second. */
const everyMs = 1_000;

/** Passes on the first report and then the latest one of each second. */
export function createProgress(write: (done: number, total: number) => Promise<void>) {
  let latest: [number, number] | null = null;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    timer = null;
    if (latest === null) return;
    const [done, total] = latest;
    latest = null;
    timer = setTimeout(flush, everyMs).unref();
    // Nobody needs the last figure of a job that has ended.
    write(done, total).catch(() => undefined);
  }

  return {
    report(done: number, total: number): void {
      latest = [done, total];
      if (timer === null) flush();
    },
    close(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      latest = null;
    },
  };
}
