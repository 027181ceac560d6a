export interface Bell {
  /** Something may be there to do; heard after a moment of quiet. */
  ring(): void;
  /** Heard at once, also by who only waits for this. */
  strike(): void;
  /** Resolves at the next ring or stroke, or the one that nobody heard; rejects with the signal's reason. */
  heard(signal: AbortSignal): Promise<void>;
  /** The same for strokes only. */
  struck(signal: AbortSignal): Promise<void>;
  /** Whether nothing was rung that was not heard. */
  isQuiet(): boolean;
  close(): void;
}

/** Gathers many rings into one: heard when none came for `quietMs`, or when the first has waited for `longestDelayMs`. */
export function createBell({ quietMs, longestDelayMs }: { quietMs: number; longestDelayMs: number }): Bell {
  let unheard: 'nothing' | 'ring' | 'stroke' = 'nothing';
  let listener: (() => void) | null = null;
  let timer: NodeJS.Timeout | null = null;
  let firstAt = 0;
  let lastAt = 0;

  function tell(what: 'ring' | 'stroke'): void {
    if (unheard !== 'stroke') unheard = what;
    listener?.();
  }

  // One timer that looks again, because a new one for each ring would cost every hook.
  function check(): void {
    const dueAt = Math.min(lastAt + quietMs, firstAt + longestDelayMs);
    const left = dueAt - performance.now();
    timer = left <= 0 ? null : setTimeout(check, left).unref();
    if (left <= 0) tell('ring');
  }

  function wait(isEnough: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!signal.aborted && !isEnough()) return;
        listener = null;
        signal.removeEventListener('abort', look);
        if (signal.aborted) return reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted.'));
        unheard = 'nothing';
        resolve();
      };
      listener = look;
      signal.addEventListener('abort', look);
      look();
    });
  }

  return {
    ring() {
      lastAt = performance.now();
      if (timer !== null) return;
      firstAt = lastAt;
      timer = setTimeout(check, quietMs).unref();
    },
    strike: () => tell('stroke'),
    heard: (signal) => wait(() => unheard !== 'nothing', signal),
    struck: (signal) => wait(() => unheard === 'stroke', signal),
    isQuiet: () => unheard === 'nothing' && timer === null,
    close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
