export interface Throttle {
  (): void;
  /** Nothing is done any more. */
  close(): void;
}

/** Does it at once, and of all further calls within `everyMs` the last one at their end. */
export function createThrottle(everyMs: number, work: () => void): Throttle {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;
  let closed = false;

  function call(): void {
    if (closed) return;
    isWanted = timer !== null;
    if (isWanted) return;
    work();
    timer = setTimeout(() => {
      timer = null;
      if (isWanted) call();
    }, everyMs).unref();
  }

  return Object.assign(call, {
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
    },
  });
}
