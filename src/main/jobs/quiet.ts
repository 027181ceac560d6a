/** Rows that come in go before background work; but not for ever. */
export interface Quiet {
  /** A row came. Cheap: it is called at every commit. */
  disturb(now: number): void;
  /** calm: nothing came for a moment; strained: it has not been calm for long, so a little may be done all the same. */
  look(now: number): 'calm' | 'busy' | 'strained';
  /** A little was done although it was busy. */
  relieve(now: number): void;
  /** When it will be calm, if nothing comes. */
  calmAt(): number;
}

/** Calm is `quietMs` without a row; after `longestMs` without calm it is strained. Times are milliseconds of any clock that only grows. */
export function createQuiet({ quietMs, longestMs }: { quietMs: number; longestMs: number }): Quiet {
  let lastAt = -Infinity;
  let busySince: number | null = null;
  return {
    disturb(now) {
      if (now - lastAt >= quietMs) busySince = now;
      lastAt = now;
    },
    look(now) {
      if (now - lastAt >= quietMs) return 'calm';
      return busySince !== null && now - busySince >= longestMs ? 'strained' : 'busy';
    },
    relieve: (now) => void (busySince = now),
    calmAt: () => lastAt + quietMs,
  };
}
