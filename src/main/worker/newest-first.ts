export interface NewestFirst {
  /** Runs it when its turn comes; null when it did not come within `longestWaitMs`, or newer ones took its place. */
  run<T>(task: () => Promise<T>): Promise<T | null>;
}

interface Limits {
  atOnce: number;
  mostWaiting: number;
  longestWaitMs: number;
}

/** So many tasks at once; of those that wait the newest is next, because what is typed now is what somebody looks at. */
export function createNewestFirst({ atOnce, mostWaiting, longestWaitMs }: Limits): NewestFirst {
  const waiting: ((isItsTurn: boolean) => void)[] = [];
  let running = 0;

  function turn(): Promise<boolean> {
    if (running < atOnce) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (isItsTurn: boolean) => {
        clearTimeout(timer);
        resolve(isItsTurn);
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(end), 1);
        end(false);
      }, longestWaitMs).unref();
      waiting.push(end);
      if (waiting.length > mostWaiting) waiting.shift()?.(false);
    });
  }

  return {
    async run(task) {
      const comes = turn();
      // Counted before anything is awaited: whoever hands its place on has counted for the next.
      if (running < atOnce) running++;
      if (!(await comes)) return null;
      try {
        return await task();
      } finally {
        const next = waiting.pop();
        if (next === undefined) running--;
        else next(true);
      }
    },
  };
}
